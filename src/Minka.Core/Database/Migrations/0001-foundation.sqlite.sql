CREATE TABLE "Accreditations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Accreditations" PRIMARY KEY,
    "FundId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "ValidFrom" TEXT NOT NULL,
    "ValidTo" TEXT NOT NULL,
    "Composition" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "RevokedAt" TEXT NULL,
    "RevokedWhy" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Acts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Acts" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "Role" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Index" INTEGER NOT NULL,
    "SubjectKind" TEXT NULL,
    "SubjectId" TEXT NULL,
    "Why" TEXT NULL
);


CREATE TABLE "Agreements" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Agreements" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "FundId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "ApplicationId" TEXT NOT NULL,
    "RunId" TEXT NOT NULL,
    "Number" TEXT NOT NULL,
    "Holder" TEXT NOT NULL,
    "Amount" INTEGER NOT NULL,
    "Content" TEXT NOT NULL,
    "ContentDigest" TEXT NOT NULL,
    "SignUntil" TEXT NOT NULL,
    "DraftedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "FundApprovedAt" TEXT NULL,
    "EntityApprovedAt" TEXT NULL,
    "ConcludedAt" TEXT NULL,
    "LapseReason" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "AnnulmentCopies" (
    "AnnulmentId" TEXT NOT NULL,
    "SubjectKind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    CONSTRAINT "PK_AnnulmentCopies" PRIMARY KEY ("AnnulmentId", "SubjectKind", "SubjectId")
);


CREATE TABLE "Annulments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Annulments" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Snapshot" TEXT NOT NULL,
    "SnapshotDigest" TEXT NOT NULL
);


CREATE TABLE "ApplicationFiles" (
    "ApplicationId" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "StoredFileId" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    CONSTRAINT "PK_ApplicationFiles" PRIMARY KEY ("ApplicationId", "Order")
);


CREATE TABLE "Applications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Applications" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "FundId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "ProgrammeVersionId" TEXT NOT NULL,
    "Code" TEXT NULL,
    "State" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "SubmittedAt" TEXT NULL,
    "LastSubmissionId" TEXT NULL,
    "EndedAt" TEXT NULL,
    "WrappedKey" BLOB NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Assignments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Assignments" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "ApplicationId" TEXT NOT NULL,
    "EvaluatorId" TEXT NOT NULL,
    "Seat" INTEGER NOT NULL,
    "Pseudonym" TEXT NOT NULL,
    "AssignedAt" TEXT NOT NULL,
    "SaltHex" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "RecusalReason" TEXT NULL,
    "LockedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "AwardLines" (
    "RunId" TEXT NOT NULL,
    "ApplicationId" TEXT NOT NULL,
    "CallId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "League" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "Requested" INTEGER NOT NULL,
    "Awarded" INTEGER NOT NULL,
    "PointsHundredths" INTEGER NULL,
    "RankInLeague" INTEGER NULL,
    "OverallRank" INTEGER NULL,
    "ReservePosition" INTEGER NULL,
    CONSTRAINT "PK_AwardLines" PRIMARY KEY ("RunId", "ApplicationId")
);


CREATE TABLE "CalendarChanges" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CalendarChanges" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Before" TEXT NOT NULL,
    "BeforeDigest" TEXT NOT NULL,
    "After" TEXT NOT NULL,
    "AfterDigest" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "At" TEXT NOT NULL
);


CREATE TABLE "Calls" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Calls" PRIMARY KEY,
    "FundId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "PackId" TEXT NOT NULL,
    "PackVersion" TEXT NOT NULL,
    "Budget" INTEGER NOT NULL,
    "ProvinceCodes" TEXT NOT NULL,
    "Adjustments" TEXT NOT NULL,
    "Calendar" TEXT NOT NULL,
    "CalendarDigest" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "PublishedAt" TEXT NULL,
    "OpenedAt" TEXT NULL,
    "ClosedAt" TEXT NULL,
    "EndedAt" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Checkpoints" (
    "Size" INTEGER NOT NULL CONSTRAINT "PK_Checkpoints" PRIMARY KEY,
    "At" TEXT NOT NULL,
    "Note" TEXT NOT NULL
);


CREATE TABLE "Conflicts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Conflicts" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "EvaluatorId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "At" TEXT NOT NULL
);


CREATE TABLE "CoordinationEntities" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CoordinationEntities" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "SearchName" TEXT NOT NULL,
    "TemplateId" TEXT NOT NULL,
    "TemplateVersion" TEXT NOT NULL,
    "LegalBasis" TEXT NOT NULL,
    "HasLegalPersonality" INTEGER NOT NULL,
    "Ruc" TEXT NULL,
    "ProvinceCodes" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Assemblies" INTEGER NOT NULL,
    "ResolutionCount" INTEGER NOT NULL
);


CREATE TABLE "CureAnswers" (
    "ApplicationId" TEXT NOT NULL,
    "RequirementId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "FileDigest" TEXT NULL,
    "FileId" TEXT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_CureAnswers" PRIMARY KEY ("ApplicationId", "RequirementId", "Round")
);


CREATE TABLE "DraftAsides" (
    "ApplicationId" TEXT NOT NULL,
    "Section" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Box" BLOB NOT NULL,
    "SavedAt" TEXT NOT NULL,
    CONSTRAINT "PK_DraftAsides" PRIMARY KEY ("ApplicationId", "Section", "PersonId")
);


CREATE TABLE "Drafts" (
    "ApplicationId" TEXT NOT NULL,
    "Section" TEXT NOT NULL,
    "Box" BLOB NOT NULL,
    "SavedAt" TEXT NOT NULL,
    "SavedBy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("ApplicationId", "Section")
);


CREATE TABLE "Findings" (
    "ApplicationId" TEXT NOT NULL,
    "RequirementId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Met" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    CONSTRAINT "PK_Findings" PRIMARY KEY ("ApplicationId", "RequirementId", "Round")
);


CREATE TABLE "Freezes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Freezes" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    "Rules" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "At" TEXT NOT NULL
);


CREATE TABLE "Funds" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Funds" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Institution" TEXT NOT NULL,
    "LegalBasis" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL
);


CREATE TABLE "Installations" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Installations" PRIMARY KEY,
    "Mode" TEXT NOT NULL,
    "Institution" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "ClockAheadSeconds" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Leagues" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Leagues" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "Envelope" INTEGER NOT NULL,
    "ProvinceCodes" TEXT NOT NULL,
    "Applicants" INTEGER NOT NULL
);


CREATE TABLE "Leaves" (
    "Index" INTEGER NOT NULL CONSTRAINT "PK_Leaves" PRIMARY KEY,
    "Body" BLOB NOT NULL,
    "Hash" BLOB NOT NULL
);


CREATE TABLE "LedgerAccounts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_LedgerAccounts" PRIMARY KEY,
    "Book" TEXT NOT NULL,
    "BookId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL
);


CREATE TABLE "LedgerEntries" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_LedgerEntries" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Basis" TEXT NOT NULL
);


CREATE TABLE "OpenedApplications" (
    "ApplicationId" TEXT NOT NULL CONSTRAINT "PK_OpenedApplications" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "SubmissionId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "ContentDigest" TEXT NOT NULL,
    "PublicContent" TEXT NOT NULL,
    "PublicDigest" TEXT NOT NULL,
    "WithheldContent" TEXT NOT NULL,
    "WithheldDigest" TEXT NOT NULL,
    "Entity" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Holder" TEXT NOT NULL,
    "HolderRuc" TEXT NOT NULL,
    "Requested" INTEGER NOT NULL,
    "TotalCost" INTEGER NOT NULL,
    "LeagueCode" TEXT NULL,
    "ProvinceCode" TEXT NULL,
    "NeedPosition" INTEGER NOT NULL,
    "OpenedAt" TEXT NOT NULL
);


CREATE TABLE "Outbox" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Outbox" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Args" TEXT NOT NULL,
    "Path" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAttemptAt" TEXT NULL,
    "Proof" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "People" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_People" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "IsDemo" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);


CREATE TABLE "PersonClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_PersonClaims" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL
);


CREATE TABLE "PersonLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_PersonLogins" PRIMARY KEY ("LoginProvider", "ProviderKey")
);


CREATE TABLE "PersonTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_PersonTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name")
);


CREATE TABLE "Postings" (
    "EntryId" TEXT NOT NULL,
    "Line" INTEGER NOT NULL,
    "AccountId" TEXT NOT NULL,
    "Debit" INTEGER NOT NULL,
    "Credit" INTEGER NOT NULL,
    CONSTRAINT "PK_Postings" PRIMARY KEY ("EntryId", "Line")
);


CREATE TABLE "Questions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Questions" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "AskedAt" TEXT NOT NULL,
    "AskedBy" TEXT NOT NULL,
    "Answer" TEXT NULL,
    "Changes" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Receipts" (
    "SubmissionId" TEXT NOT NULL CONSTRAINT "PK_Receipts" PRIMARY KEY,
    "ApplicationId" TEXT NOT NULL,
    "ContentDigest" TEXT NOT NULL,
    "Token" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "RegisterIndex" INTEGER NOT NULL
);


CREATE TABLE "RegisterKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_RegisterKeys" PRIMARY KEY,
    "Spki" BLOB NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NULL
);


CREATE TABLE "ReserveRounds" (
    "RunId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Withdrawn" TEXT NOT NULL,
    "Promoted" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_ReserveRounds" PRIMARY KEY ("RunId", "Number")
);


CREATE TABLE "Reviews" (
    "ApplicationId" TEXT NOT NULL CONSTRAINT "PK_Reviews" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Round" INTEGER NOT NULL,
    "CureUntil" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "RoleGrants" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_RoleGrants" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "ScopeKind" TEXT NOT NULL,
    "ScopeId" TEXT NULL,
    "GrantedAt" TEXT NOT NULL,
    "RevokedAt" TEXT NULL
);


CREATE TABLE "Scores" (
    "AssignmentId" TEXT NOT NULL,
    "CriterionId" TEXT NOT NULL,
    "Points" INTEGER NULL,
    "Reason" TEXT NOT NULL,
    "SavedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_Scores" PRIMARY KEY ("AssignmentId", "CriterionId")
);


CREATE TABLE "SealedFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SealedFiles" PRIMARY KEY,
    "ApplicationId" TEXT NOT NULL,
    "BoxDigest" TEXT NOT NULL,
    "UploadedAt" TEXT NOT NULL,
    "UploadedBy" TEXT NULL
);


CREATE TABLE "Seals" (
    "Table" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Index" INTEGER NOT NULL,
    "Salt" BLOB NOT NULL,
    "Columns" BLOB NOT NULL,
    CONSTRAINT "PK_Seals" PRIMARY KEY ("Table", "Key")
);


CREATE TABLE "SelectionRuns" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SelectionRuns" PRIMARY KEY,
    "CallId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Input" TEXT NOT NULL,
    "InputDigest" TEXT NOT NULL,
    "Result" TEXT NOT NULL,
    "ResultDigest" TEXT NOT NULL,
    "RulesDigest" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DecidedAt" TEXT NULL,
    "ReturnReasons" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "StoredFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StoredFiles" PRIMARY KEY,
    "Sha256" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "MediaType" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "UploadedAt" TEXT NOT NULL
);


CREATE TABLE "StoredRulePacks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StoredRulePacks" PRIMARY KEY,
    "PackId" TEXT NOT NULL,
    "PackVersion" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Mechanism" TEXT NOT NULL,
    "Canonical" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "StoredAt" TEXT NOT NULL
);


CREATE TABLE "Strategies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Strategies" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "Vision" TEXT NOT NULL,
    "YearFrom" INTEGER NOT NULL,
    "YearTo" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "AdoptedContent" TEXT NULL,
    "AdoptedDigest" TEXT NULL,
    "AdoptedByResolutionId" TEXT NULL,
    "AdoptedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Submissions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Submissions" PRIMARY KEY,
    "ApplicationId" TEXT NOT NULL,
    "CallId" TEXT NOT NULL,
    "ProgrammeVersionId" TEXT NOT NULL,
    "ContentDigest" TEXT NOT NULL,
    "Box" BLOB NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "RegisterIndex" INTEGER NOT NULL
);


CREATE TABLE "TerritoryNeeds" (
    "CallId" TEXT NOT NULL,
    "ProvinceCode" TEXT NOT NULL,
    "ProvinceName" TEXT NOT NULL,
    "Population" INTEGER NULL,
    "NeedBp" INTEGER NULL,
    "OwnResourcesPerHead" INTEGER NULL,
    "NeedPosition" INTEGER NOT NULL,
    "ResourcesPosition" INTEGER NOT NULL,
    "Source" TEXT NOT NULL,
    CONSTRAINT "PK_TerritoryNeeds" PRIMARY KEY ("CallId", "ProvinceCode")
);


CREATE TABLE "TieDraws" (
    "CallId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Candidates" TEXT NOT NULL,
    "SaltHex" TEXT NOT NULL,
    "Commitment" TEXT NOT NULL,
    "CommittedAt" TEXT NOT NULL,
    "Beacon" TEXT NULL,
    "Witnesses" TEXT NULL,
    "DrawnAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_TieDraws" PRIMARY KEY ("CallId", "Number")
);


CREATE TABLE "Tranches" (
    "AgreementId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Share" INTEGER NOT NULL,
    "Amount" INTEGER NOT NULL,
    "Gates" TEXT NOT NULL,
    CONSTRAINT "PK_Tranches" PRIMARY KEY ("AgreementId", "Number")
);


CREATE TABLE "TypedDistricts" (
    "Code" TEXT NOT NULL CONSTRAINT "PK_TypedDistricts" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "ProvinceCode" TEXT NOT NULL,
    "Population" INTEGER NULL,
    "AddedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "Assemblies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Assemblies" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    "FirstCallAt" TEXT NOT NULL,
    "SecondCallAt" TEXT NULL,
    "ConvenedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Call" TEXT NULL,
    "OpenedAt" TEXT NULL,
    "ClosedAt" TEXT NULL,
    "CancelledWhy" TEXT NULL,
    "Minutes" TEXT NULL,
    "MinutesDigest" TEXT NULL,
    "SignedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Assemblies_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "EntityProvinces" (
    "EntityId" TEXT NOT NULL,
    "ProvinceCode" TEXT NOT NULL,
    CONSTRAINT "PK_EntityProvinces" PRIMARY KEY ("EntityId", "ProvinceCode"),
    CONSTRAINT "FK_EntityProvinces_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Members" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Members" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "Organisation" TEXT NOT NULL,
    "Ruc" TEXT NULL,
    "Sector" TEXT NOT NULL,
    "InterestGroup" TEXT NOT NULL,
    "Votes" INTEGER NOT NULL,
    "DistrictCode" TEXT NULL,
    "RepresentativeName" TEXT NOT NULL,
    "RepresentativePersonId" TEXT NULL,
    "MandateFrom" TEXT NOT NULL,
    "MandateTo" TEXT NOT NULL,
    "EndedWhy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Members_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Signatures" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Signatures" PRIMARY KEY,
    "SubjectKind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "SubjectDigest" TEXT NOT NULL,
    "StoredFileId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "CheckedAt" TEXT NOT NULL,
    "Verdict" TEXT NOT NULL,
    "Signer" TEXT NOT NULL,
    CONSTRAINT "FK_Signatures_StoredFiles_StoredFileId" FOREIGN KEY ("StoredFileId") REFERENCES "StoredFiles" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Axes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Axes" PRIMARY KEY,
    "StrategyId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Objective" TEXT NOT NULL,
    "Indicator" TEXT NOT NULL,
    "Baseline" TEXT NOT NULL,
    "Target" TEXT NOT NULL,
    "TargetYear" INTEGER NOT NULL,
    "Source" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Axes_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Programmes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Programmes" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "StrategyId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Objective" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "AdoptedVersionId" TEXT NULL,
    "AdoptedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Programmes_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Motions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Motions" PRIMARY KEY,
    "AssemblyId" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Majority" TEXT NOT NULL,
    "SubjectKind" TEXT NULL,
    "SubjectId" TEXT NULL,
    "SubjectDigest" TEXT NULL,
    "SubjectLabel" TEXT NULL,
    "State" TEXT NOT NULL,
    "VotingOpenedAt" TEXT NULL,
    "VotingClosedAt" TEXT NULL,
    "Outcome" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Motions_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "RollSeats" (
    "AssemblyId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Organisation" TEXT NOT NULL,
    "Sector" TEXT NOT NULL,
    "InterestGroup" TEXT NOT NULL,
    "Votes" INTEGER NOT NULL,
    CONSTRAINT "PK_RollSeats" PRIMARY KEY ("AssemblyId", "MemberId"),
    CONSTRAINT "FK_RollSeats_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RollSeats_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "ProgrammeVersions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ProgrammeVersions" PRIMARY KEY,
    "ProgrammeId" TEXT NOT NULL,
    "EntityId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Content" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "FrozenAt" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "ProjectCount" INTEGER NOT NULL,
    "Total" INTEGER NOT NULL,
    "FundAmount" INTEGER NOT NULL,
    "AdoptedByResolutionId" TEXT NULL,
    "AdoptedAt" TEXT NULL,
    CONSTRAINT "FK_ProgrammeVersions_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Projects" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Projects" PRIMARY KEY,
    "ProgrammeId" TEXT NOT NULL,
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
    CONSTRAINT "FK_Projects_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Resolutions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Resolutions" PRIMARY KEY,
    "EntityId" TEXT NOT NULL,
    "AssemblyId" TEXT NOT NULL,
    "MotionId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "SubjectKind" TEXT NULL,
    "SubjectId" TEXT NULL,
    "SubjectDigest" TEXT NULL,
    "SubjectLabel" TEXT NULL,
    "AdoptedAt" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "EndedWhy" TEXT NULL,
    "RevokedById" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Resolutions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Resolutions_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Votes" (
    "MotionId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Choice" TEXT NOT NULL,
    "CastAt" TEXT NOT NULL,
    "ByRepresentative" INTEGER NOT NULL,
    CONSTRAINT "PK_Votes" PRIMARY KEY ("MotionId", "MemberId"),
    CONSTRAINT "FK_Votes_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Votes_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Attendances" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Attendances" PRIMARY KEY,
    "AssemblyId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Attendee" TEXT NOT NULL,
    "IsProxy" INTEGER NOT NULL,
    "ArrivedAt" TEXT NOT NULL,
    "LeftAt" TEXT NULL,
    CONSTRAINT "FK_Attendances_RollSeats_AssemblyId_MemberId" FOREIGN KEY ("AssemblyId", "MemberId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT
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
    CONSTRAINT "FK_CostLines_Projects_ProjectId" FOREIGN KEY ("ProjectId") REFERENCES "Projects" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_Accreditations_EntityId" ON "Accreditations" ("EntityId");


CREATE INDEX "IX_Accreditations_FundId_EntityId" ON "Accreditations" ("FundId", "EntityId");


CREATE UNIQUE INDEX "IX_Acts_Index" ON "Acts" ("Index");


CREATE INDEX "IX_Acts_Kind_Index" ON "Acts" ("Kind", "Index");


CREATE INDEX "IX_Acts_SubjectKind_SubjectId" ON "Acts" ("SubjectKind", "SubjectId");


CREATE INDEX "IX_Agreements_ApplicationId" ON "Agreements" ("ApplicationId");


CREATE INDEX "IX_Agreements_CallId" ON "Agreements" ("CallId");


CREATE UNIQUE INDEX "IX_Agreements_FundId_Number" ON "Agreements" ("FundId", "Number");


CREATE UNIQUE INDEX "IX_Annulments_CallId_Number" ON "Annulments" ("CallId", "Number");


CREATE INDEX "IX_Applications_CallId_EntityId" ON "Applications" ("CallId", "EntityId");


CREATE INDEX "IX_Applications_CallId_State" ON "Applications" ("CallId", "State");


CREATE INDEX "IX_Applications_EntityId" ON "Applications" ("EntityId");


CREATE UNIQUE INDEX "IX_Assemblies_EntityId_Number" ON "Assemblies" ("EntityId", "Number");


CREATE INDEX "IX_Assignments_ApplicationId" ON "Assignments" ("ApplicationId");


CREATE INDEX "IX_Assignments_CallId" ON "Assignments" ("CallId");


CREATE INDEX "IX_Assignments_EvaluatorId" ON "Assignments" ("EvaluatorId");


CREATE INDEX "IX_Attendances_AssemblyId_MemberId" ON "Attendances" ("AssemblyId", "MemberId");


CREATE INDEX "IX_AwardLines_CallId" ON "AwardLines" ("CallId");


CREATE UNIQUE INDEX "IX_Axes_StrategyId_Code" ON "Axes" ("StrategyId", "Code");


CREATE UNIQUE INDEX "IX_CalendarChanges_CallId_Number" ON "CalendarChanges" ("CallId", "Number");


CREATE INDEX "IX_Calls_FundId" ON "Calls" ("FundId");


CREATE UNIQUE INDEX "IX_Calls_Slug" ON "Calls" ("Slug");


CREATE INDEX "IX_Calls_State" ON "Calls" ("State");


CREATE INDEX "IX_Conflicts_CallId_EvaluatorId" ON "Conflicts" ("CallId", "EvaluatorId");


CREATE UNIQUE INDEX "IX_CoordinationEntities_Ruc" ON "CoordinationEntities" ("Ruc");


CREATE INDEX "IX_CoordinationEntities_SearchName" ON "CoordinationEntities" ("SearchName");


CREATE UNIQUE INDEX "IX_CoordinationEntities_Slug" ON "CoordinationEntities" ("Slug");


CREATE UNIQUE INDEX "IX_CostLines_ProjectId_Order" ON "CostLines" ("ProjectId", "Order");


CREATE INDEX "IX_EntityProvinces_ProvinceCode" ON "EntityProvinces" ("ProvinceCode");


CREATE UNIQUE INDEX "IX_Freezes_CallId_Round_Number" ON "Freezes" ("CallId", "Round", "Number");


CREATE UNIQUE INDEX "IX_Funds_Slug" ON "Funds" ("Slug");


CREATE INDEX "IX_Leagues_CallId" ON "Leagues" ("CallId");


CREATE UNIQUE INDEX "IX_LedgerAccounts_Book_BookId_Kind" ON "LedgerAccounts" ("Book", "BookId", "Kind");


CREATE UNIQUE INDEX "IX_LedgerEntries_Key" ON "LedgerEntries" ("Key");


CREATE INDEX "IX_LedgerEntries_SubjectId" ON "LedgerEntries" ("SubjectId");


CREATE INDEX "IX_Members_EntityId_MandateTo" ON "Members" ("EntityId", "MandateTo");


CREATE INDEX "IX_Members_RepresentativePersonId" ON "Members" ("RepresentativePersonId");


CREATE UNIQUE INDEX "IX_Motions_AssemblyId_Order" ON "Motions" ("AssemblyId", "Order");


CREATE UNIQUE INDEX "IX_OpenedApplications_CallId_Code" ON "OpenedApplications" ("CallId", "Code");


CREATE INDEX "IX_Outbox_SentAt_NextAttemptAt" ON "Outbox" ("SentAt", "NextAttemptAt");


CREATE INDEX "IX_People_NormalizedEmail" ON "People" ("NormalizedEmail");


CREATE UNIQUE INDEX "IX_People_NormalizedUserName" ON "People" ("NormalizedUserName");


CREATE INDEX "IX_Postings_AccountId" ON "Postings" ("AccountId");


CREATE INDEX "IX_Programmes_EntityId" ON "Programmes" ("EntityId");


CREATE UNIQUE INDEX "IX_Programmes_Slug" ON "Programmes" ("Slug");


CREATE INDEX "IX_Programmes_State_Title" ON "Programmes" ("State", "Title");


CREATE INDEX "IX_Programmes_StrategyId" ON "Programmes" ("StrategyId");


CREATE INDEX "IX_ProgrammeVersions_EntityId" ON "ProgrammeVersions" ("EntityId");


CREATE UNIQUE INDEX "IX_ProgrammeVersions_ProgrammeId_Number" ON "ProgrammeVersions" ("ProgrammeId", "Number");


CREATE INDEX "IX_Projects_AxisId" ON "Projects" ("AxisId");


CREATE UNIQUE INDEX "IX_Projects_ProgrammeId_Code" ON "Projects" ("ProgrammeId", "Code");


CREATE UNIQUE INDEX "IX_Questions_CallId_Number" ON "Questions" ("CallId", "Number");


CREATE INDEX "IX_Receipts_ApplicationId" ON "Receipts" ("ApplicationId");


CREATE INDEX "IX_Receipts_Code" ON "Receipts" ("Code");


CREATE UNIQUE INDEX "IX_Resolutions_EntityId_Number" ON "Resolutions" ("EntityId", "Number");


CREATE INDEX "IX_Resolutions_MotionId" ON "Resolutions" ("MotionId");


CREATE INDEX "IX_Resolutions_SubjectKind_SubjectId" ON "Resolutions" ("SubjectKind", "SubjectId");


CREATE INDEX "IX_Reviews_CallId" ON "Reviews" ("CallId");


CREATE INDEX "IX_RoleGrants_PersonId" ON "RoleGrants" ("PersonId");


CREATE INDEX "IX_RoleGrants_ScopeKind_ScopeId" ON "RoleGrants" ("ScopeKind", "ScopeId");


CREATE INDEX "IX_RollSeats_MemberId" ON "RollSeats" ("MemberId");


CREATE INDEX "IX_SealedFiles_ApplicationId" ON "SealedFiles" ("ApplicationId");


CREATE INDEX "IX_Seals_Index" ON "Seals" ("Index");


CREATE UNIQUE INDEX "IX_SelectionRuns_CallId_Number" ON "SelectionRuns" ("CallId", "Number");


CREATE INDEX "IX_Signatures_StoredFileId" ON "Signatures" ("StoredFileId");


CREATE INDEX "IX_Signatures_SubjectKind_SubjectId" ON "Signatures" ("SubjectKind", "SubjectId");


CREATE INDEX "IX_StoredFiles_Sha256" ON "StoredFiles" ("Sha256");


CREATE UNIQUE INDEX "IX_StoredRulePacks_PackId_PackVersion" ON "StoredRulePacks" ("PackId", "PackVersion");


CREATE UNIQUE INDEX "IX_Strategies_EntityId_Number" ON "Strategies" ("EntityId", "Number");


CREATE INDEX "IX_Submissions_ApplicationId" ON "Submissions" ("ApplicationId");


CREATE INDEX "IX_TypedDistricts_ProvinceCode" ON "TypedDistricts" ("ProvinceCode");


CREATE INDEX "IX_Votes_MemberId" ON "Votes" ("MemberId");


