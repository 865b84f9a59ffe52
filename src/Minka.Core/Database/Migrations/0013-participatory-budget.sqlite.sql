-- The participatory budget of a year: process, technical team, agents, workshops, proposals, follow-up, vigilance.

CREATE TABLE "BudgetProcesses" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetProcesses" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "FiscalYear" INTEGER NOT NULL,
    "PackId" TEXT NOT NULL,
    "PackVersion" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "WrappedKey" BLOB NOT NULL,
    "Title" TEXT NOT NULL,
    "Level" TEXT NOT NULL,
    "PlaceCode" TEXT NOT NULL,
    "Ordinance" TEXT NULL,
    "Amount" INTEGER NOT NULL,
    "AmountSource" TEXT NOT NULL,
    "ShareBp" INTEGER NULL,
    "Concerns" TEXT NOT NULL,
    "Schedule" TEXT NOT NULL,
    "Rule" TEXT NULL,
    "State" TEXT NOT NULL,
    "RuleDigest" TEXT NULL,
    "ConvenedAt" TEXT NULL,
    "Changes" TEXT NOT NULL,
    "AgentCount" INTEGER NOT NULL,
    "ProposalCount" INTEGER NOT NULL,
    "SessionId" TEXT NULL,
    "Result" TEXT NULL,
    "ResultAt" TEXT NULL,
    "Commitments" TEXT NOT NULL,
    "Acta" TEXT NULL,
    "ActaDigest" TEXT NULL,
    "SignedAt" TEXT NULL,
    "PublishedAt" TEXT NULL,
    "Committee" TEXT NULL,
    "Pia" TEXT NULL,
    "Accounts" TEXT NULL,
    "AccountsDigest" TEXT NULL,
    "Earlier" TEXT NULL,
    "CancelledWhy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BudgetProcesses_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetAgents" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetAgents" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "RequestedAt" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    "PersonId" TEXT NULL,
    "Organisation" TEXT NOT NULL,
    "Ruc" TEXT NULL,
    "Group" TEXT NULL,
    "DistrictCode" TEXT NULL,
    "Zone" TEXT NULL,
    "Representative" TEXT NOT NULL,
    "IsWoman" INTEGER NULL,
    "DocumentDigest" TEXT NULL,
    "DocumentEnd" TEXT NULL,
    "Alternate" TEXT NULL,
    "AlternateDigest" TEXT NULL,
    "Accreditation" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "CodeDigest" TEXT NULL,
    "Why" TEXT NULL,
    "CureBy" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BudgetAgents_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetTeamMembers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetTeamMembers" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "Office" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "EndedOn" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BudgetTeamMembers_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetWorkshops" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetWorkshops" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "ConvenedAt" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    "StartsAt" TEXT NOT NULL,
    "Agenda" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "PaperSignatures" INTEGER NULL,
    "Problems" TEXT NOT NULL,
    "Summary" TEXT NULL,
    "Why" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BudgetWorkshops_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VigilanceNotes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VigilanceNotes" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "ProposalId" TEXT NULL,
    "Organisation" TEXT NULL,
    "Text" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "ReplyBy" TEXT NOT NULL,
    "CodeDigest" TEXT NULL,
    "Reply" TEXT NULL,
    "RepliedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_VigilanceNotes_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetProposals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetProposals" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "AgentId" TEXT NULL,
    "SubmittedAt" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Problem" TEXT NOT NULL,
    "Result" TEXT NOT NULL,
    "AxisId" TEXT NULL,
    "Places" TEXT NOT NULL,
    "BeneficiaryWomen" INTEGER NOT NULL,
    "BeneficiaryMen" INTEGER NOT NULL,
    "Cost" INTEGER NOT NULL,
    "CoFunding" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "Cui" TEXT NULL,
    "State" TEXT NOT NULL,
    "Evaluations" TEXT NOT NULL,
    "AnswerBy" TEXT NULL,
    "ProjectId" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BudgetProposals_BudgetAgents_AgentId" FOREIGN KEY ("AgentId") REFERENCES "BudgetAgents" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BudgetProposals_BudgetProcesses_ProcessId" FOREIGN KEY ("ProcessId") REFERENCES "BudgetProcesses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetAttendances" (
    "WorkshopId" TEXT NOT NULL,
    "AgentId" TEXT NOT NULL,
    "Way" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_BudgetAttendances" PRIMARY KEY ("WorkshopId", "AgentId"),
    CONSTRAINT "FK_BudgetAttendances_BudgetAgents_AgentId" FOREIGN KEY ("AgentId") REFERENCES "BudgetAgents" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_BudgetAttendances_BudgetWorkshops_WorkshopId" FOREIGN KEY ("WorkshopId") REFERENCES "BudgetWorkshops" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "BudgetReports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BudgetReports" PRIMARY KEY,
    "ProcessId" TEXT NOT NULL,
    "ProposalId" TEXT NOT NULL,
    "Quarter" INTEGER NOT NULL,
    "Pim" INTEGER NOT NULL,
    "Accrued" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Why" TEXT NULL,
    "At" TEXT NOT NULL,
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
