-- Projects belong to the bank of their entity, in a programme or in none; the rest of their sheet.
ALTER TABLE "Projects" ALTER COLUMN "ProgrammeId" DROP NOT NULL;
ALTER TABLE "Projects" DROP CONSTRAINT "FK_Projects_Programmes_ProgrammeId";
ALTER TABLE "Projects" ADD CONSTRAINT "FK_Projects_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT;
ALTER TABLE "Projects" ADD COLUMN "EntityId" uuid, ADD COLUMN "RootId" uuid, ADD COLUMN "Stage" text;
UPDATE "Projects" SET "EntityId" = p."EntityId", "RootId" = "Projects"."Id", "Stage" = 'Profile' FROM "Programmes" p WHERE p."Id" = "Projects"."ProgrammeId";
ALTER TABLE "Projects" ALTER COLUMN "EntityId" SET NOT NULL, ALTER COLUMN "RootId" SET NOT NULL, ALTER COLUMN "Stage" SET NOT NULL;
ALTER TABLE "CostLines" ADD COLUMN "Valuation" text, ADD COLUMN "Evidence" text;

CREATE TABLE "ProjectSheets" (
    "ProjectId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Kind" text,
    "InvestmentCode" text,
    "Components" text NOT NULL,
    "StartMonth" date,
    "Months" integer,
    "Upkeep" text,
    "Risks" text NOT NULL,
    "Preconditions" text NOT NULL,
    "Groups" text NOT NULL,
    "Shape" text,
    "Documents" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_ProjectSheets" PRIMARY KEY ("ProjectId"),
    CONSTRAINT "FK_ProjectSheets_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_Projects_EntityId_Code" ON "Projects" ("EntityId", "Code") WHERE "ProgrammeId" IS NULL;
CREATE INDEX "IX_Projects_EntityId_ProgrammeId_Stage" ON "Projects" ("EntityId", "ProgrammeId", "Stage");
CREATE INDEX "IX_Projects_RootId" ON "Projects" ("RootId");
CREATE INDEX "IX_ProjectSheets_EntityId_InvestmentCode" ON "ProjectSheets" ("EntityId", "InvestmentCode");
