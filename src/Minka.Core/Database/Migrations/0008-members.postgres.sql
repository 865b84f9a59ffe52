CREATE TABLE "EntityStatutes" (
    "EntityId" uuid NOT NULL,
    "Purpose" text NOT NULL,
    "Domicile" text NOT NULL,
    "MostMembers" integer,
    "SessionsPerYear" integer,
    "BoardYears" integer,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_EntityStatutes" PRIMARY KEY ("EntityId"),
    CONSTRAINT "FK_EntityStatutes_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MemberDrafts" (
    "EntityId" uuid NOT NULL,
    "FileName" text NOT NULL,
    "Sheet" text,
    "Encoding" text,
    "CreatedAt" timestamp with time zone NOT NULL,
    "Packed" bytea NOT NULL,
    "Admitted" integer NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_MemberDrafts" PRIMARY KEY ("EntityId"),
    CONSTRAINT "FK_MemberDrafts_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MemberProfiles" (
    "MemberId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Kind" text,
    "RegistryKind" text,
    "RegistryNumber" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_MemberProfiles" PRIMARY KEY ("MemberId"),
    CONSTRAINT "FK_MemberProfiles_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Representations" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "IsAlternate" boolean NOT NULL,
    "Name" text NOT NULL,
    "PersonId" uuid,
    "IsWoman" boolean,
    "Power" text,
    "PowerFileId" uuid,
    "From" date NOT NULL,
    "To" date NOT NULL,
    "EndedAt" timestamp with time zone,
    "EndedWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Representations" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Representations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BoardSeats" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Office" text NOT NULL,
    "Order" integer NOT NULL,
    "MemberId" uuid NOT NULL,
    "Organisation" text NOT NULL,
    "Person" text NOT NULL,
    "From" date NOT NULL,
    "To" date NOT NULL,
    "EndedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BoardSeats" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BoardSeats_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ResolutionFollowUps" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "ResolutionId" uuid NOT NULL,
    "Text" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ResolutionFollowUps" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_ResolutionFollowUps_Resolutions_ResolutionId" FOREIGN KEY ("ResolutionId") REFERENCES "Resolutions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ResolutionTasks" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "ResolutionId" uuid NOT NULL,
    "What" text NOT NULL,
    "MemberId" uuid NOT NULL,
    "Organisation" text NOT NULL,
    "Person" text,
    "DueOn" date NOT NULL,
    "DoneAt" timestamp with time zone,
    "DoneHow" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_ResolutionTasks" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_ResolutionTasks_Resolutions_ResolutionId" FOREIGN KEY ("ResolutionId") REFERENCES "Resolutions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AccreditationStops" (
    "Id" uuid NOT NULL,
    "AccreditationId" uuid NOT NULL,
    "Why" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "LiftedAt" timestamp with time zone,
    "LiftedWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_AccreditationStops" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_AccreditationStops_Accreditations_AccreditationId" FOREIGN KEY ("AccreditationId") REFERENCES "Accreditations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "EntityDissolutions" (
    "EntityId" uuid NOT NULL,
    "Why" text NOT NULL,
    "ResolutionId" uuid,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_EntityDissolutions" PRIMARY KEY ("EntityId"),
    CONSTRAINT "FK_EntityDissolutions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AgendaItems" (
    "AssemblyId" uuid NOT NULL,
    "Order" integer NOT NULL,
    "Title" text NOT NULL,
    "FileId" uuid,
    CONSTRAINT "PK_AgendaItems" PRIMARY KEY ("AssemblyId", "Order"),
    CONSTRAINT "FK_AgendaItems_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PlannedSessions" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "On" date NOT NULL,
    "Title" text NOT NULL,
    "AssemblyId" uuid,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_PlannedSessions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_PlannedSessions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "InterestKeys" (
    "Number" integer NOT NULL,
    "Wrapped" bytea NOT NULL,
    CONSTRAINT "PK_InterestKeys" PRIMARY KEY ("Number")
);

CREATE TABLE "Interests" (
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "NumberDigest" text,
    "NameDigest" text NOT NULL,
    "Box" bytea NOT NULL,
    "From" date NOT NULL,
    "BlocksUntil" date,
    "DeclaredAt" timestamp with time zone NOT NULL,
    "WithdrawnAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Interests" PRIMARY KEY ("Id")
);

CREATE TABLE "FunctionalTerritories" (
    "Id" uuid NOT NULL,
    "Slug" text NOT NULL,
    "Name" text NOT NULL,
    "Kind" text NOT NULL,
    "Source" text NOT NULL,
    "Codes" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_FunctionalTerritories" PRIMARY KEY ("Id")
);

CREATE TABLE "EntityTerritories" (
    "EntityId" uuid NOT NULL,
    "TerritoryId" uuid NOT NULL,
    CONSTRAINT "PK_EntityTerritories" PRIMARY KEY ("EntityId", "TerritoryId"),
    CONSTRAINT "FK_EntityTerritories_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_EntityTerritories_FunctionalTerritories_TerritoryId" FOREIGN KEY ("TerritoryId") REFERENCES "FunctionalTerritories" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_MemberProfiles_EntityId" ON "MemberProfiles" ("EntityId");

CREATE INDEX "IX_Representations_MemberId_From" ON "Representations" ("MemberId", "From");

CREATE INDEX "IX_Representations_EntityId_IsAlternate_EndedAt" ON "Representations" ("EntityId", "IsAlternate", "EndedAt");

CREATE INDEX "IX_BoardSeats_EntityId_EndedAt" ON "BoardSeats" ("EntityId", "EndedAt");

CREATE INDEX "IX_ResolutionFollowUps_ResolutionId_At" ON "ResolutionFollowUps" ("ResolutionId", "At");

CREATE INDEX "IX_ResolutionTasks_ResolutionId_DueOn" ON "ResolutionTasks" ("ResolutionId", "DueOn");

CREATE INDEX "IX_ResolutionTasks_EntityId_DoneAt_DueOn" ON "ResolutionTasks" ("EntityId", "DoneAt", "DueOn");

CREATE INDEX "IX_AccreditationStops_AccreditationId_LiftedAt" ON "AccreditationStops" ("AccreditationId", "LiftedAt");

CREATE INDEX "IX_PlannedSessions_EntityId_On" ON "PlannedSessions" ("EntityId", "On");

CREATE INDEX "IX_Interests_PersonId_WithdrawnAt" ON "Interests" ("PersonId", "WithdrawnAt");

CREATE UNIQUE INDEX "IX_FunctionalTerritories_Slug" ON "FunctionalTerritories" ("Slug");

CREATE INDEX "IX_FunctionalTerritories_Name_Id" ON "FunctionalTerritories" ("Name", "Id");

CREATE INDEX "IX_EntityTerritories_TerritoryId" ON "EntityTerritories" ("TerritoryId");
