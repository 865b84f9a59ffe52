CREATE TABLE "Passkeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Passkeys" PRIMARY KEY,
    "LastUsedAt" TEXT NULL,
    "UserId" TEXT NOT NULL,
    "CredentialId" BLOB NOT NULL,
    "Data" TEXT NOT NULL
);


CREATE UNIQUE INDEX "IX_Passkeys_CredentialId" ON "Passkeys" ("CredentialId");


CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
