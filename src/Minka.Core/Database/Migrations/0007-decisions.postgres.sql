-- Tables beside those of assemblies, so that the digests of rows already written stay what they are.
CREATE TABLE "Proxies" (
    "AssemblyId" uuid NOT NULL,
    "GiverId" uuid NOT NULL,
    "GivenAt" timestamp with time zone NOT NULL,
    "HolderId" uuid NOT NULL,
    "Document" text NOT NULL,
    "RevokedAt" timestamp with time zone,
    CONSTRAINT "PK_Proxies" PRIMARY KEY ("AssemblyId", "GiverId", "GivenAt"),
    CONSTRAINT "FK_Proxies_RollSeats_AssemblyId_GiverId" FOREIGN KEY ("AssemblyId", "GiverId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT,
    CONSTRAINT "FK_Proxies_RollSeats_AssemblyId_HolderId" FOREIGN KEY ("AssemblyId", "HolderId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT
);
CREATE INDEX "IX_Proxies_AssemblyId_HolderId" ON "Proxies" ("AssemblyId", "HolderId");
CREATE TABLE "SessionBreaks" (
    "AssemblyId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "SuspendedAt" timestamp with time zone NOT NULL,
    "Why" text NOT NULL,
    "ResumesAt" timestamp with time zone,
    "ResumedAt" timestamp with time zone,
    CONSTRAINT "PK_SessionBreaks" PRIMARY KEY ("AssemblyId", "Number"),
    CONSTRAINT "FK_SessionBreaks_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Amendments" (
    "MotionId" uuid NOT NULL CONSTRAINT "PK_Amendments" PRIMARY KEY,
    "AmendsId" uuid NOT NULL,
    CONSTRAINT "FK_Amendments_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Amendments_Motions_AmendsId" FOREIGN KEY ("AmendsId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE INDEX "IX_Amendments_AmendsId" ON "Amendments" ("AmendsId");
CREATE TABLE "ShowsOfHands" (
    "MotionId" uuid NOT NULL CONSTRAINT "PK_ShowsOfHands" PRIMARY KEY,
    "Figures" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "FK_ShowsOfHands_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Objections" (
    "MotionId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Text" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Objections" PRIMARY KEY ("MotionId", "MemberId"),
    CONSTRAINT "FK_Objections_Votes_MotionId_MemberId" FOREIGN KEY ("MotionId", "MemberId") REFERENCES "Votes" ("MotionId", "MemberId") ON DELETE RESTRICT
);
CREATE TABLE "WrittenProcedures" (
    "AssemblyId" uuid NOT NULL CONSTRAINT "PK_WrittenProcedures" PRIMARY KEY,
    "Until" timestamp with time zone NOT NULL,
    CONSTRAINT "FK_WrittenProcedures_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);
