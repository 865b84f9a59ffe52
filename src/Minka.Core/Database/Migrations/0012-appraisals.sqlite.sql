-- Ex-ante evaluation of projects, logical frameworks and pledges of partners.

CREATE TABLE "Appraisals" (
    "ProjectId" TEXT NOT NULL CONSTRAINT "PK_Appraisals" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Rate" TEXT NOT NULL,
    "SocialRate" TEXT NULL,
    "PrivateRate" INTEGER NULL,
    "PrivateSource" TEXT NULL,
    "Years" TEXT NOT NULL,
    "Ranges" TEXT NOT NULL,
    "Jobs" INTEGER NOT NULL,
    "Executor" TEXT NULL,
    "Executed" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Appraisals_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Logframes" (
    "ProgrammeId" TEXT NOT NULL CONSTRAINT "PK_Logframes" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Rows" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Logframes_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Pledges" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Pledges" PRIMARY KEY,
    "ProgrammeId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "Partner" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Currency" TEXT NOT NULL,
    "Amount" INTEGER NOT NULL,
    "Exchange" TEXT NULL,
    "Conditions" TEXT NULL,
    "State" TEXT NOT NULL,
    "Document" TEXT NULL,
    "Value" TEXT NULL,
    "WithdrawnWhy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Pledges_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_Pledges_ProgrammeId" ON "Pledges" ("ProgrammeId");
