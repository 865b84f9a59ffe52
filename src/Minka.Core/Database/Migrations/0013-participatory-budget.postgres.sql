-- The participatory budget of a year: process, technical team, agents, workshops, proposals, follow-up, vigilance.

CREATE TABLE "BudgetProcesses" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Slug" text NOT NULL,
    "FiscalYear" integer NOT NULL,
    "PackId" text NOT NULL,
    "PackVersion" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "WrappedKey" bytea NOT NULL,
    "Title" text NOT NULL,
    "Level" text NOT NULL,
    "PlaceCode" text NOT NULL,
    "Ordinance" text,
    "Amount" bigint NOT NULL,
    "AmountSource" text NOT NULL,
    "ShareBp" integer,
    "Concerns" text NOT NULL,
    "Schedule" text NOT NULL,
    "Rule" text,
    "State" text NOT NULL,
    "RuleDigest" text,
    "ConvenedAt" timestamp with time zone,
    "Changes" text NOT NULL,
    "AgentCount" integer NOT NULL,
    "ProposalCount" integer NOT NULL,
    "SessionId" uuid,
    "Result" text,
    "ResultAt" timestamp with time zone,
    "Commitments" text NOT NULL,
    "Acta" text,
    "ActaDigest" text,
    "SignedAt" timestamp with time zone,
    "PublishedAt" timestamp with time zone,
    "Committee" text,
    "Pia" text,
    "Accounts" text,
    "AccountsDigest" text,
    "Earlier" text,
    "CancelledWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BudgetProcesses" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetProcesses_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetAgents" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Kind" text NOT NULL,
    "RequestedAt" timestamp with time zone NOT NULL,
    "MemberId" uuid,
    "PersonId" uuid,
    "Organisation" text NOT NULL,
    "Ruc" text,
    "Group" text,
    "DistrictCode" text,
    "Zone" text,
    "Representative" text NOT NULL,
    "IsWoman" boolean,
    "DocumentDigest" text,
    "DocumentEnd" text,
    "Alternate" text,
    "AlternateDigest" text,
    "Accreditation" text NOT NULL,
    "State" text NOT NULL,
    "CodeDigest" text,
    "Why" text,
    "CureBy" date,
    "AnsweredAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BudgetAgents" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetAgents_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetTeamMembers" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "Role" text NOT NULL,
    "Office" text NOT NULL,
    "Name" text NOT NULL,
    "From" date NOT NULL,
    "EndedOn" date,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BudgetTeamMembers" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetTeamMembers_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetWorkshops" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "ConvenedAt" timestamp with time zone NOT NULL,
    "Title" text NOT NULL,
    "Place" text NOT NULL,
    "StartsAt" timestamp with time zone NOT NULL,
    "Agenda" text NOT NULL,
    "State" text NOT NULL,
    "PaperSignatures" integer,
    "Problems" text NOT NULL,
    "Summary" text,
    "Why" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BudgetWorkshops" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetWorkshops_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VigilanceNotes" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "ProposalId" uuid,
    "Organisation" text,
    "Text" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "ReplyBy" date NOT NULL,
    "CodeDigest" text,
    "Reply" text,
    "RepliedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_VigilanceNotes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_VigilanceNotes_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetProposals" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "AgentId" uuid,
    "SubmittedAt" timestamp with time zone NOT NULL,
    "Title" text NOT NULL,
    "Problem" text NOT NULL,
    "Result" text NOT NULL,
    "AxisId" uuid,
    "Places" text NOT NULL,
    "BeneficiaryWomen" integer NOT NULL,
    "BeneficiaryMen" integer NOT NULL,
    "Cost" bigint NOT NULL,
    "CoFunding" text NOT NULL,
    "Stage" text NOT NULL,
    "Cui" text,
    "State" text NOT NULL,
    "Evaluations" text NOT NULL,
    "AnswerBy" date,
    "ProjectId" uuid,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_BudgetProposals" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetProposals_BudgetAgents_AgentId" FOREIGN KEY ("AgentId") REFERENCES "BudgetAgents" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BudgetProposals_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetAttendances" (
    "WorkshopId" uuid NOT NULL,
    "AgentId" uuid NOT NULL,
    "Way" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_BudgetAttendances" PRIMARY KEY ("WorkshopId", "AgentId"),
    CONSTRAINT "FK_BudgetAttendances_BudgetAgents_AgentId" FOREIGN KEY ("AgentId") REFERENCES "BudgetAgents" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BudgetAttendances_BudgetWorkshops_WorkshopId" FOREIGN KEY ("WorkshopId") REFERENCES "BudgetWorkshops" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetReports" (
    "Id" uuid NOT NULL,
    "ProcessId" uuid NOT NULL,
    "ProposalId" uuid NOT NULL,
    "Quarter" integer NOT NULL,
    "Pim" bigint NOT NULL,
    "Accrued" bigint NOT NULL,
    "State" text NOT NULL,
    "Why" text,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_BudgetReports" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_BudgetReports_BudgetProposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "BudgetProposals" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_BudgetAgents_CodeDigest" ON "BudgetAgents" ("CodeDigest");

CREATE UNIQUE INDEX "IX_BudgetAgents_ProcessId_Number" ON "BudgetAgents" ("ProcessId", "Number");

CREATE INDEX "IX_BudgetAgents_ProcessId_State_Organisation" ON "BudgetAgents" ("ProcessId", "State", "Organisation");

CREATE INDEX "IX_BudgetAttendances_AgentId" ON "BudgetAttendances" ("AgentId");

CREATE INDEX "IX_BudgetProcesses_EntityId_FiscalYear" ON "BudgetProcesses" ("EntityId", "FiscalYear");

CREATE INDEX "IX_BudgetProcesses_FiscalYear_Title" ON "BudgetProcesses" ("FiscalYear", "Title");

CREATE UNIQUE INDEX "IX_BudgetProcesses_Slug" ON "BudgetProcesses" ("Slug");

CREATE INDEX "IX_BudgetProposals_AgentId" ON "BudgetProposals" ("AgentId");

CREATE UNIQUE INDEX "IX_BudgetProposals_ProcessId_Number" ON "BudgetProposals" ("ProcessId", "Number");

CREATE INDEX "IX_BudgetProposals_ProjectId" ON "BudgetProposals" ("ProjectId");

CREATE INDEX "IX_BudgetReports_ProcessId_ProposalId_Quarter" ON "BudgetReports" ("ProcessId", "ProposalId", "Quarter");

CREATE INDEX "IX_BudgetReports_ProposalId" ON "BudgetReports" ("ProposalId");

CREATE INDEX "IX_BudgetTeamMembers_ProcessId" ON "BudgetTeamMembers" ("ProcessId");

CREATE INDEX "IX_BudgetWorkshops_ProcessId_StartsAt" ON "BudgetWorkshops" ("ProcessId", "StartsAt");

CREATE INDEX "IX_VigilanceNotes_CodeDigest" ON "VigilanceNotes" ("CodeDigest");

CREATE INDEX "IX_VigilanceNotes_ProcessId_At" ON "VigilanceNotes" ("ProcessId", "At");
