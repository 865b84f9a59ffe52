CREATE TABLE "Passkeys" (
    "Id" uuid NOT NULL,
    "LastUsedAt" timestamp with time zone,
    "UserId" uuid NOT NULL,
    "CredentialId" bytea NOT NULL,
    "Data" text NOT NULL,
    CONSTRAINT "PK_Passkeys" PRIMARY KEY ("Id")
);


CREATE UNIQUE INDEX "IX_Passkeys_CredentialId" ON "Passkeys" ("CredentialId");


CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
