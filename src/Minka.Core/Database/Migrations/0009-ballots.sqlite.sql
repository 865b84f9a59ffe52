-- Secret ballots, elections, prioritisation sessions, codes of the room, minutes on their way.

CREATE TABLE "Urns" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Urns" PRIMARY KEY,
    "SlotSize" INTEGER NOT NULL,
    "Count" INTEGER NOT NULL,
    "WrappedKey" BLOB NULL,
    "Sealed" BLOB NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "PrioritisationSessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PrioritisationSessions" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Budget" INTEGER NOT NULL,
    "Form" TEXT NOT NULL,
    "Most" INTEGER NOT NULL,
    "Options" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "Workshops" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "RuleDigest" TEXT NULL,
    "OpenedAt" TEXT NULL,
    "ClosedAt" TEXT NULL,
    "Result" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_PrioritisationSessions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CountedBallots" (
    "UrnId" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    "Marking" TEXT NOT NULL,
    CONSTRAINT "PK_CountedBallots" PRIMARY KEY ("UrnId", "Id"),
    CONSTRAINT "FK_CountedBallots_Urns_UrnId" FOREIGN KEY ("UrnId") REFERENCES "Urns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CountedCodes" (
    "UrnId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    CONSTRAINT "PK_CountedCodes" PRIMARY KEY ("UrnId", "Code"),
    CONSTRAINT "FK_CountedCodes_Urns_UrnId" FOREIGN KEY ("UrnId") REFERENCES "Urns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BallotBoxes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BallotBoxes" PRIMARY KEY,
    "AssemblyId" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Paper" TEXT NOT NULL,
    "OpenedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "AnnulledWhy" TEXT NULL,
    "Count" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BallotBoxes_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MinutesPaths" (
    "AssemblyId" TEXT NOT NULL CONSTRAINT "PK_MinutesPaths" PRIMARY KEY,
    "State" TEXT NOT NULL,
    "Amendments" TEXT NOT NULL,
    "ApprovedBy" TEXT NULL,
    "ApprovedAt" TEXT NULL,
    "PublishedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_MinutesPaths_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "OrganElections" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OrganElections" PRIMARY KEY,
    "AssemblyId" TEXT NOT NULL,
    "Organ" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "Candidates" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "BoxId" TEXT NULL,
    "SaltHash" TEXT NULL,
    "WrappedSalt" BLOB NULL,
    "Salt" TEXT NULL,
    "Beacon" TEXT NULL,
    "Count" TEXT NULL,
    "Result" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_OrganElections_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RoomDoors" (
    "AssemblyId" TEXT NOT NULL CONSTRAINT "PK_RoomDoors" PRIMARY KEY,
    "Secret" BLOB NOT NULL,
    "AsksCode" INTEGER NOT NULL,
    "IsOpen" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_RoomDoors_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PaperBatches" (
    "SessionId" TEXT NOT NULL,
    "WorkshopId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Ballots" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_PaperBatches" PRIMARY KEY ("SessionId", "WorkshopId", "Round"),
    CONSTRAINT "FK_PaperBatches_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VotingSlips" (
    "SessionId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "WorkshopId" TEXT NOT NULL,
    "IsUsed" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_VotingSlips" PRIMARY KEY ("SessionId", "Code"),
    CONSTRAINT "FK_VotingSlips_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BallotParticipations" (
    "BoxId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Votes" INTEGER NOT NULL,
    "OnPaper" INTEGER NOT NULL,
    CONSTRAINT "PK_BallotParticipations" PRIMARY KEY ("BoxId", "MemberId"),
    CONSTRAINT "FK_BallotParticipations_BallotBoxes_BoxId" FOREIGN KEY ("BoxId") REFERENCES "BallotBoxes" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BallotParticipations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PaperCounts" (
    "BoxId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Tally" TEXT NOT NULL,
    "TypedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_PaperCounts" PRIMARY KEY ("BoxId", "Round"),
    CONSTRAINT "FK_PaperCounts_BallotBoxes_BoxId" FOREIGN KEY ("BoxId") REFERENCES "BallotBoxes" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_BallotBoxes_AssemblyId_OpenedAt" ON "BallotBoxes" ("AssemblyId", "OpenedAt");

CREATE INDEX "IX_BallotBoxes_SubjectId" ON "BallotBoxes" ("SubjectId");

CREATE INDEX "IX_BallotParticipations_MemberId" ON "BallotParticipations" ("MemberId");

CREATE INDEX "IX_OrganElections_AssemblyId" ON "OrganElections" ("AssemblyId");

CREATE INDEX "IX_PrioritisationSessions_EntityId_CreatedAt" ON "PrioritisationSessions" ("EntityId", "CreatedAt");
