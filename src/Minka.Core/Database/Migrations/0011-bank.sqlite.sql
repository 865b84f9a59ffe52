-- Projects belong to the bank of their entity, in a programme or in none; the rest of their sheet.
CREATE TABLE "FormerProjects" AS SELECT * FROM "Projects";
CREATE TABLE "FormerCostLines" AS SELECT * FROM "CostLines";
-- The lines first: dropping the projects would take them along.
DROP TABLE "CostLines";
DROP TABLE "Projects";

CREATE TABLE "Projects" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Projects" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "ProgrammeId" TEXT NULL,
    "RootId" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Problem" TEXT NOT NULL,
    "Objective" TEXT NOT NULL,
    "AxisId" TEXT NULL,
    "Chain" TEXT NULL,
    "Conglomerate" TEXT NULL,
    "Places" TEXT NOT NULL,
    "BeneficiaryWomen" INTEGER NOT NULL,
    "BeneficiaryMen" INTEGER NOT NULL,
    "Organisations" TEXT NOT NULL,
    "After" TEXT NOT NULL,
    "PlannedCost" INTEGER NOT NULL,
    "LinesEdition" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Projects_Axes_AxisId" FOREIGN KEY ("AxisId") REFERENCES "Axes" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Projects_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CostLines" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CostLines" PRIMARY KEY,
    "ProjectId" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "Concept" TEXT NOT NULL,
    "Component" TEXT NULL,
    "Source" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Amount" INTEGER NOT NULL,
    "Valuation" TEXT NULL,
    "Evidence" TEXT NULL,
    CONSTRAINT "FK_CostLines_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ProjectSheets" (
    "ProjectId" TEXT NOT NULL CONSTRAINT "PK_ProjectSheets" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Kind" TEXT NULL,
    "InvestmentCode" TEXT NULL,
    "Components" TEXT NOT NULL,
    "StartMonth" TEXT NULL,
    "Months" INTEGER NULL,
    "Upkeep" TEXT NULL,
    "Risks" TEXT NOT NULL,
    "Preconditions" TEXT NOT NULL,
    "Groups" TEXT NOT NULL,
    "Shape" TEXT NULL,
    "Documents" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_ProjectSheets_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);

INSERT INTO "Projects" ("Id", "ProgrammeId", "Code", "Title", "Problem", "Objective", "AxisId", "Chain", "Conglomerate", "Places", "BeneficiaryWomen", "BeneficiaryMen", "Organisations", "After", "PlannedCost", "LinesEdition", "Version", "EntityId", "RootId", "Stage")
SELECT f."Id", f."ProgrammeId", f."Code", f."Title", f."Problem", f."Objective", f."AxisId", f."Chain", f."Conglomerate", f."Places", f."BeneficiaryWomen", f."BeneficiaryMen", f."Organisations", f."After", f."PlannedCost", f."LinesEdition", f."Version", p."EntityId", f."Id", 'Profile' FROM "FormerProjects" f JOIN "Programmes" p ON p."Id" = f."ProgrammeId";
INSERT INTO "CostLines" ("Id", "ProjectId", "Order", "Concept", "Component", "Source", "Year", "Amount") SELECT "Id", "ProjectId", "Order", "Concept", "Component", "Source", "Year", "Amount" FROM "FormerCostLines";
DROP TABLE "FormerCostLines";
DROP TABLE "FormerProjects";

CREATE INDEX "IX_Projects_AxisId" ON "Projects" ("AxisId");
CREATE UNIQUE INDEX "IX_Projects_ProgrammeId_Code" ON "Projects" ("ProgrammeId", "Code");
CREATE UNIQUE INDEX "IX_CostLines_ProjectId_Order" ON "CostLines" ("ProjectId", "Order");
CREATE UNIQUE INDEX "IX_Projects_EntityId_Code" ON "Projects" ("EntityId", "Code") WHERE "ProgrammeId" IS NULL;
CREATE INDEX "IX_Projects_EntityId_ProgrammeId_Stage" ON "Projects" ("EntityId", "ProgrammeId", "Stage");
CREATE INDEX "IX_Projects_RootId" ON "Projects" ("RootId");
CREATE INDEX "IX_ProjectSheets_EntityId_InvestmentCode" ON "ProjectSheets" ("EntityId", "InvestmentCode");
