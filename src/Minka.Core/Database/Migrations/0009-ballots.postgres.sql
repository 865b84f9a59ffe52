-- Secret ballots, elections, prioritisation sessions, codes of the room, minutes on their way.

CREATE TABLE "Urns" (
    "Id" uuid NOT NULL,
    "SlotSize" integer NOT NULL,
    "Count" integer NOT NULL,
    "WrappedKey" bytea,
    "Sealed" bytea,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Urns" PRIMARY KEY ("Id")
);

CREATE TABLE "PrioritisationSessions" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Title" text NOT NULL,
    "Budget" bigint NOT NULL,
    "Form" text NOT NULL,
    "Most" integer NOT NULL,
    "Options" text NOT NULL,
    "Rule" text NOT NULL,
    "Workshops" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "RuleDigest" text,
    "OpenedAt" timestamp with time zone,
    "ClosedAt" timestamp with time zone,
    "Result" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_PrioritisationSessions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_PrioritisationSessions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CountedBallots" (
    "UrnId" uuid NOT NULL,
    "Id" uuid NOT NULL,
    "Marking" text NOT NULL,
    CONSTRAINT "PK_CountedBallots" PRIMARY KEY ("UrnId", "Id"),
    CONSTRAINT "FK_CountedBallots_Urns_UrnId" FOREIGN KEY ("UrnId") REFERENCES "Urns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CountedCodes" (
    "UrnId" uuid NOT NULL,
    "Code" text NOT NULL,
    CONSTRAINT "PK_CountedCodes" PRIMARY KEY ("UrnId", "Code"),
    CONSTRAINT "FK_CountedCodes_Urns_UrnId" FOREIGN KEY ("UrnId") REFERENCES "Urns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BallotBoxes" (
    "Id" uuid NOT NULL,
    "AssemblyId" uuid NOT NULL,
    "Subject" text NOT NULL,
    "SubjectId" uuid NOT NULL,
    "Title" text NOT NULL,
    "Paper" text NOT NULL,
    "OpenedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "EndedAt" timestamp with time zone,
    "AnnulledWhy" text,
    "Count" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BallotBoxes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BallotBoxes_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MinutesPaths" (
    "AssemblyId" uuid NOT NULL,
    "State" text NOT NULL,
    "Amendments" text NOT NULL,
    "ApprovedBy" text,
    "ApprovedAt" timestamp with time zone,
    "PublishedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_MinutesPaths" PRIMARY KEY ("AssemblyId"),
    CONSTRAINT "FK_MinutesPaths_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "OrganElections" (
    "Id" uuid NOT NULL,
    "AssemblyId" uuid NOT NULL,
    "Organ" text NOT NULL,
    "Rule" text NOT NULL,
    "Candidates" text NOT NULL,
    "State" text NOT NULL,
    "Round" integer NOT NULL,
    "BoxId" uuid,
    "SaltHash" text,
    "WrappedSalt" bytea,
    "Salt" text,
    "Beacon" text,
    "Count" text,
    "Result" text,
    "DecidedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_OrganElections" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_OrganElections_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RoomDoors" (
    "AssemblyId" uuid NOT NULL,
    "Secret" bytea NOT NULL,
    "AsksCode" boolean NOT NULL,
    "IsOpen" boolean NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_RoomDoors" PRIMARY KEY ("AssemblyId"),
    CONSTRAINT "FK_RoomDoors_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PaperBatches" (
    "SessionId" uuid NOT NULL,
    "WorkshopId" text NOT NULL,
    "Round" integer NOT NULL,
    "Ballots" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_PaperBatches" PRIMARY KEY ("SessionId", "WorkshopId", "Round"),
    CONSTRAINT "FK_PaperBatches_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VotingSlips" (
    "SessionId" uuid NOT NULL,
    "Code" text NOT NULL,
    "WorkshopId" text NOT NULL,
    "IsUsed" boolean NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_VotingSlips" PRIMARY KEY ("SessionId", "Code"),
    CONSTRAINT "FK_VotingSlips_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BallotParticipations" (
    "BoxId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Votes" integer NOT NULL,
    "OnPaper" boolean NOT NULL,
    CONSTRAINT "PK_BallotParticipations" PRIMARY KEY ("BoxId", "MemberId"),
    CONSTRAINT "FK_BallotParticipations_BallotBoxes_BoxId" FOREIGN KEY ("BoxId") REFERENCES "BallotBoxes" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BallotParticipations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PaperCounts" (
    "BoxId" uuid NOT NULL,
    "Round" integer NOT NULL,
    "Tally" text NOT NULL,
    "TypedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_PaperCounts" PRIMARY KEY ("BoxId", "Round"),
    CONSTRAINT "FK_PaperCounts_BallotBoxes_BoxId" FOREIGN KEY ("BoxId") REFERENCES "BallotBoxes" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_BallotBoxes_AssemblyId_OpenedAt" ON "BallotBoxes" ("AssemblyId", "OpenedAt");

CREATE INDEX "IX_BallotBoxes_SubjectId" ON "BallotBoxes" ("SubjectId");

CREATE INDEX "IX_BallotParticipations_MemberId" ON "BallotParticipations" ("MemberId");

CREATE INDEX "IX_OrganElections_AssemblyId" ON "OrganElections" ("AssemblyId");

CREATE INDEX "IX_PrioritisationSessions_EntityId_CreatedAt" ON "PrioritisationSessions" ("EntityId", "CreatedAt");
