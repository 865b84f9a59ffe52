CREATE TABLE "OpeningConsents" (
    "CallId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_OpeningConsents" PRIMARY KEY ("CallId", "Round", "PersonId")
);
