-- Strategies in depth: their parts, versions, value chains, the register of providers and buyers.

CREATE TABLE "StrategyParts" (
    "StrategyId" uuid NOT NULL,
    "Key" text NOT NULL,
    "Content" text NOT NULL,
    "SavedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_StrategyParts" PRIMARY KEY ("StrategyId", "Key"),
    CONSTRAINT "FK_StrategyParts_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "StrategyAsides" (
    "StrategyId" uuid NOT NULL,
    "Key" text NOT NULL,
    "PersonId" uuid NOT NULL,
    "Content" text NOT NULL,
    "SavedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_StrategyAsides" PRIMARY KEY ("StrategyId", "Key", "PersonId")
);

CREATE TABLE "StrategyVersions" (
    "Id" uuid NOT NULL,
    "StrategyId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Note" text,
    "Content" text NOT NULL,
    "Digest" text NOT NULL,
    "FrozenAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_StrategyVersions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_StrategyVersions_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ValueChains" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Name" text NOT NULL,
    "Product" text NOT NULL,
    "Unit" text NOT NULL,
    "Seasons" text NOT NULL,
    "Counted" text NOT NULL,
    "Note" text,
    "Actors" text NOT NULL,
    "Standards" text NOT NULL,
    "Demands" text NOT NULL,
    "Bottlenecks" text NOT NULL,
    "Effects" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_ValueChains" PRIMARY KEY ("Id")
);

CREATE TABLE "Allies" (
    "EntityId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Kind" text NOT NULL,
    "Name" text NOT NULL,
    "Offers" text NOT NULL,
    "Where" text NOT NULL,
    "Chains" text NOT NULL,
    "Contact" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Allies" PRIMARY KEY ("EntityId", "Code")
);

CREATE UNIQUE INDEX "IX_StrategyVersions_StrategyId_Number" ON "StrategyVersions" ("StrategyId", "Number");

CREATE UNIQUE INDEX "IX_ValueChains_EntityId_Name" ON "ValueChains" ("EntityId", "Name");
