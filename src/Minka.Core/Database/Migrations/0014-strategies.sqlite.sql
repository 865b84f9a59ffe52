-- Strategies in depth: their parts, versions, value chains, the register of providers and buyers.

CREATE TABLE "StrategyParts" (
    "StrategyId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "SavedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_StrategyParts" PRIMARY KEY ("StrategyId", "Key"),
    CONSTRAINT "FK_StrategyParts_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "StrategyAsides" (
    "StrategyId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "SavedAt" TEXT NOT NULL,
    CONSTRAINT "PK_StrategyAsides" PRIMARY KEY ("StrategyId", "Key", "PersonId")
);

CREATE TABLE "StrategyVersions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StrategyVersions" PRIMARY KEY,
    "StrategyId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Note" TEXT NULL,
    "Content" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "FrozenAt" TEXT NOT NULL,
    CONSTRAINT "FK_StrategyVersions_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ValueChains" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ValueChains" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Product" TEXT NOT NULL,
    "Unit" TEXT NOT NULL,
    "Seasons" TEXT NOT NULL,
    "Counted" TEXT NOT NULL,
    "Note" TEXT NULL,
    "Actors" TEXT NOT NULL,
    "Standards" TEXT NOT NULL,
    "Demands" TEXT NOT NULL,
    "Bottlenecks" TEXT NOT NULL,
    "Effects" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Allies" (
    "EntityId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Offers" TEXT NOT NULL,
    "Where" TEXT NOT NULL,
    "Chains" TEXT NOT NULL,
    "Contact" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_Allies" PRIMARY KEY ("EntityId", "Code")
);

CREATE UNIQUE INDEX "IX_StrategyVersions_StrategyId_Number" ON "StrategyVersions" ("StrategyId", "Number");

CREATE UNIQUE INDEX "IX_ValueChains_EntityId_Name" ON "ValueChains" ("EntityId", "Name");
