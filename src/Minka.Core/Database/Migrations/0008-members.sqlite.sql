CREATE TABLE "EntityStatutes" (
    "EntityId" TEXT NOT NULL CONSTRAINT "PK_EntityStatutes" PRIMARY KEY,
    "Purpose" TEXT NOT NULL,
    "Domicile" TEXT NOT NULL,
    "MostMembers" INTEGER NULL,
    "SessionsPerYear" INTEGER NULL,
    "BoardYears" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_EntityStatutes_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MemberDrafts" (
    "EntityId" TEXT NOT NULL CONSTRAINT "PK_MemberDrafts" PRIMARY KEY,
    "FileName" TEXT NOT NULL,
    "Sheet" TEXT NULL,
    "Encoding" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "Packed" BLOB NOT NULL,
    "Admitted" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_MemberDrafts_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MemberProfiles" (
    "MemberId" TEXT NOT NULL CONSTRAINT "PK_MemberProfiles" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Kind" TEXT NULL,
    "RegistryKind" TEXT NULL,
    "RegistryNumber" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_MemberProfiles_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Representations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Representations" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "IsAlternate" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "IsWoman" INTEGER NULL,
    "Power" TEXT NULL,
    "PowerFileId" TEXT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "EndedWhy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Representations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BoardSeats" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BoardSeats" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Office" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Organisation" TEXT NOT NULL,
    "Person" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BoardSeats_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ResolutionFollowUps" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ResolutionFollowUps" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "ResolutionId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_ResolutionFollowUps_Resolutions_ResolutionId" FOREIGN KEY ("ResolutionId") REFERENCES "Resolutions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ResolutionTasks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ResolutionTasks" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "ResolutionId" TEXT NOT NULL,
    "What" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Organisation" TEXT NOT NULL,
    "Person" TEXT NULL,
    "DueOn" TEXT NOT NULL,
    "DoneAt" TEXT NULL,
    "DoneHow" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_ResolutionTasks_Resolutions_ResolutionId" FOREIGN KEY ("ResolutionId") REFERENCES "Resolutions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AccreditationStops" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AccreditationStops" PRIMARY KEY,
    "AccreditationId" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "LiftedAt" TEXT NULL,
    "LiftedWhy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_AccreditationStops_Accreditations_AccreditationId" FOREIGN KEY ("AccreditationId") REFERENCES "Accreditations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "EntityDissolutions" (
    "EntityId" TEXT NOT NULL CONSTRAINT "PK_EntityDissolutions" PRIMARY KEY,
    "Why" TEXT NOT NULL,
    "ResolutionId" TEXT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_EntityDissolutions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AgendaItems" (
    "AssemblyId" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "FileId" TEXT NULL,
    CONSTRAINT "PK_AgendaItems" PRIMARY KEY ("AssemblyId", "Order"),
    CONSTRAINT "FK_AgendaItems_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PlannedSessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PlannedSessions" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "AssemblyId" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_PlannedSessions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "InterestKeys" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_InterestKeys" PRIMARY KEY,
    "Wrapped" BLOB NOT NULL
);

CREATE TABLE "Interests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Interests" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "NumberDigest" TEXT NULL,
    "NameDigest" TEXT NOT NULL,
    "Box" BLOB NOT NULL,
    "From" TEXT NOT NULL,
    "BlocksUntil" TEXT NULL,
    "DeclaredAt" TEXT NOT NULL,
    "WithdrawnAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "FunctionalTerritories" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FunctionalTerritories" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "Codes" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "EntityTerritories" (
    "EntityId" TEXT NOT NULL,
    "TerritoryId" TEXT NOT NULL,
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
