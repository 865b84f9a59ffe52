-- Tables beside those of assemblies, so that the digests of rows already written stay what they are.
CREATE TABLE "Proxies" (
    "AssemblyId" TEXT NOT NULL,
    "GiverId" TEXT NOT NULL,
    "GivenAt" TEXT NOT NULL,
    "HolderId" TEXT NOT NULL,
    "Document" TEXT NOT NULL,
    "RevokedAt" TEXT NULL,
    CONSTRAINT "PK_Proxies" PRIMARY KEY ("AssemblyId", "GiverId", "GivenAt"),
    CONSTRAINT "FK_Proxies_RollSeats_AssemblyId_GiverId" FOREIGN KEY ("AssemblyId", "GiverId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT,
    CONSTRAINT "FK_Proxies_RollSeats_AssemblyId_HolderId" FOREIGN KEY ("AssemblyId", "HolderId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT
);
CREATE INDEX "IX_Proxies_AssemblyId_HolderId" ON "Proxies" ("AssemblyId", "HolderId");
CREATE TABLE "SessionBreaks" (
    "AssemblyId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "SuspendedAt" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "ResumesAt" TEXT NULL,
    "ResumedAt" TEXT NULL,
    CONSTRAINT "PK_SessionBreaks" PRIMARY KEY ("AssemblyId", "Number"),
    CONSTRAINT "FK_SessionBreaks_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Amendments" (
    "MotionId" TEXT NOT NULL CONSTRAINT "PK_Amendments" PRIMARY KEY,
    "AmendsId" TEXT NOT NULL,
    CONSTRAINT "FK_Amendments_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Amendments_Motions_AmendsId" FOREIGN KEY ("AmendsId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE INDEX "IX_Amendments_AmendsId" ON "Amendments" ("AmendsId");
CREATE TABLE "ShowsOfHands" (
    "MotionId" TEXT NOT NULL CONSTRAINT "PK_ShowsOfHands" PRIMARY KEY,
    "Figures" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_ShowsOfHands_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Objections" (
    "MotionId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_Objections" PRIMARY KEY ("MotionId", "MemberId"),
    CONSTRAINT "FK_Objections_Votes_MotionId_MemberId" FOREIGN KEY ("MotionId", "MemberId") REFERENCES "Votes" ("MotionId", "MemberId") ON DELETE RESTRICT
);
CREATE TABLE "WrittenProcedures" (
    "AssemblyId" TEXT NOT NULL CONSTRAINT "PK_WrittenProcedures" PRIMARY KEY,
    "Until" TEXT NOT NULL,
    CONSTRAINT "FK_WrittenProcedures_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);
