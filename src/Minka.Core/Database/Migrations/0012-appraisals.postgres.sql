-- Ex-ante evaluation of projects, logical frameworks and pledges of partners.

CREATE TABLE "Appraisals" (
    "ProjectId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Rate" text NOT NULL,
    "SocialRate" text,
    "PrivateRate" integer,
    "PrivateSource" text,
    "Years" text NOT NULL,
    "Ranges" text NOT NULL,
    "Jobs" integer NOT NULL,
    "Executor" text,
    "Executed" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Appraisals" PRIMARY KEY ("ProjectId"),
    CONSTRAINT "FK_Appraisals_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Logframes" (
    "ProgrammeId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Rows" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Logframes" PRIMARY KEY ("ProgrammeId"),
    CONSTRAINT "FK_Logframes_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Pledges" (
    "Id" uuid NOT NULL,
    "ProgrammeId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Partner" text NOT NULL,
    "Source" text NOT NULL,
    "Year" integer NOT NULL,
    "Currency" text NOT NULL,
    "Amount" bigint NOT NULL,
    "Exchange" text,
    "Conditions" text,
    "State" text NOT NULL,
    "Document" text,
    "Value" text,
    "WithdrawnWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Pledges" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Pledges_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_Pledges_ProgrammeId" ON "Pledges" ("ProgrammeId");
