CREATE TABLE "Accreditations" (
    "Id" uuid NOT NULL,
    "FundId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "ValidFrom" date NOT NULL,
    "ValidTo" date NOT NULL,
    "Composition" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "RevokedAt" timestamp with time zone,
    "RevokedWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Accreditations" PRIMARY KEY ("Id")
);


CREATE TABLE "Acts" (
    "Id" uuid NOT NULL,
    "Kind" text NOT NULL,
    "PersonId" uuid,
    "Role" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Index" bigint NOT NULL,
    "SubjectKind" text,
    "SubjectId" uuid,
    "Why" text,
    CONSTRAINT "PK_Acts" PRIMARY KEY ("Id")
);


CREATE TABLE "Agreements" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "FundId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "RunId" uuid NOT NULL,
    "Number" text NOT NULL,
    "Holder" text NOT NULL,
    "Amount" bigint NOT NULL,
    "Content" text NOT NULL,
    "ContentDigest" text NOT NULL,
    "SignUntil" timestamp with time zone NOT NULL,
    "DraftedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "FundApprovedAt" timestamp with time zone,
    "EntityApprovedAt" timestamp with time zone,
    "ConcludedAt" timestamp with time zone,
    "LapseReason" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Agreements" PRIMARY KEY ("Id")
);


CREATE TABLE "AnnulmentCopies" (
    "AnnulmentId" uuid NOT NULL,
    "SubjectKind" text NOT NULL,
    "SubjectId" uuid NOT NULL,
    "Content" text NOT NULL,
    CONSTRAINT "PK_AnnulmentCopies" PRIMARY KEY ("AnnulmentId", "SubjectKind", "SubjectId")
);


CREATE TABLE "Annulments" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "From" text NOT NULL,
    "To" text NOT NULL,
    "Why" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Snapshot" text NOT NULL,
    "SnapshotDigest" text NOT NULL,
    CONSTRAINT "PK_Annulments" PRIMARY KEY ("Id")
);


CREATE TABLE "ApplicationFiles" (
    "ApplicationId" uuid NOT NULL,
    "Order" integer NOT NULL,
    "StoredFileId" uuid NOT NULL,
    "Purpose" text NOT NULL,
    "Subject" text NOT NULL,
    CONSTRAINT "PK_ApplicationFiles" PRIMARY KEY ("ApplicationId", "Order")
);


CREATE TABLE "Applications" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "FundId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "ProgrammeVersionId" uuid NOT NULL,
    "Code" text,
    "State" text NOT NULL,
    "StartedAt" timestamp with time zone NOT NULL,
    "SubmittedAt" timestamp with time zone,
    "LastSubmissionId" uuid,
    "EndedAt" timestamp with time zone,
    "WrappedKey" bytea NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Applications" PRIMARY KEY ("Id")
);


CREATE TABLE "Assignments" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "EvaluatorId" uuid NOT NULL,
    "Seat" integer NOT NULL,
    "Pseudonym" text NOT NULL,
    "AssignedAt" timestamp with time zone NOT NULL,
    "SaltHex" text NOT NULL,
    "State" text NOT NULL,
    "RecusalReason" text,
    "LockedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Assignments" PRIMARY KEY ("Id")
);


CREATE TABLE "AwardLines" (
    "RunId" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Code" text NOT NULL,
    "League" text NOT NULL,
    "Outcome" text NOT NULL,
    "Requested" bigint NOT NULL,
    "Awarded" bigint NOT NULL,
    "PointsHundredths" bigint,
    "RankInLeague" integer,
    "OverallRank" integer,
    "ReservePosition" integer,
    CONSTRAINT "PK_AwardLines" PRIMARY KEY ("RunId", "ApplicationId")
);


CREATE TABLE "CalendarChanges" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Before" text NOT NULL,
    "BeforeDigest" text NOT NULL,
    "After" text NOT NULL,
    "AfterDigest" text NOT NULL,
    "Why" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_CalendarChanges" PRIMARY KEY ("Id")
);


CREATE TABLE "Calls" (
    "Id" uuid NOT NULL,
    "FundId" uuid NOT NULL,
    "Slug" text NOT NULL,
    "Title" text NOT NULL,
    "Purpose" text NOT NULL,
    "PackId" text NOT NULL,
    "PackVersion" text NOT NULL,
    "Budget" bigint NOT NULL,
    "ProvinceCodes" text NOT NULL,
    "Adjustments" text NOT NULL,
    "Calendar" text NOT NULL,
    "CalendarDigest" text NOT NULL,
    "State" text NOT NULL,
    "Round" integer NOT NULL,
    "PublishedAt" timestamp with time zone,
    "OpenedAt" timestamp with time zone,
    "ClosedAt" timestamp with time zone,
    "EndedAt" timestamp with time zone,
    "CreatedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Calls" PRIMARY KEY ("Id")
);


CREATE TABLE "Checkpoints" (
    "Size" bigint NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Note" text NOT NULL,
    CONSTRAINT "PK_Checkpoints" PRIMARY KEY ("Size")
);


CREATE TABLE "Conflicts" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "EvaluatorId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Reason" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Conflicts" PRIMARY KEY ("Id")
);


CREATE TABLE "CoordinationEntities" (
    "Id" uuid NOT NULL,
    "Slug" text NOT NULL,
    "Name" text NOT NULL,
    "SearchName" text NOT NULL,
    "TemplateId" text NOT NULL,
    "TemplateVersion" text NOT NULL,
    "LegalBasis" text NOT NULL,
    "HasLegalPersonality" boolean NOT NULL,
    "Ruc" text,
    "ProvinceCodes" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "Version" integer NOT NULL,
    "Assemblies" integer NOT NULL,
    "ResolutionCount" integer NOT NULL,
    CONSTRAINT "PK_CoordinationEntities" PRIMARY KEY ("Id")
);


CREATE TABLE "CureAnswers" (
    "ApplicationId" uuid NOT NULL,
    "RequirementId" text NOT NULL,
    "Round" integer NOT NULL,
    "Text" text NOT NULL,
    "FileDigest" text,
    "FileId" uuid,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_CureAnswers" PRIMARY KEY ("ApplicationId", "RequirementId", "Round")
);


CREATE TABLE "DraftAsides" (
    "ApplicationId" uuid NOT NULL,
    "Section" text NOT NULL,
    "PersonId" uuid NOT NULL,
    "Box" bytea NOT NULL,
    "SavedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_DraftAsides" PRIMARY KEY ("ApplicationId", "Section", "PersonId")
);


CREATE TABLE "Drafts" (
    "ApplicationId" uuid NOT NULL,
    "Section" text NOT NULL,
    "Box" bytea NOT NULL,
    "SavedAt" timestamp with time zone NOT NULL,
    "SavedBy" uuid,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("ApplicationId", "Section")
);


CREATE TABLE "Findings" (
    "ApplicationId" uuid NOT NULL,
    "RequirementId" text NOT NULL,
    "Round" integer NOT NULL,
    "Met" boolean NOT NULL,
    "Reason" text NOT NULL,
    CONSTRAINT "PK_Findings" PRIMARY KEY ("ApplicationId", "RequirementId", "Round")
);


CREATE TABLE "Freezes" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Round" integer NOT NULL,
    "Number" integer NOT NULL,
    "Rules" text NOT NULL,
    "Digest" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Freezes" PRIMARY KEY ("Id")
);


CREATE TABLE "Funds" (
    "Id" uuid NOT NULL,
    "Slug" text NOT NULL,
    "Name" text NOT NULL,
    "Institution" text NOT NULL,
    "LegalBasis" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Funds" PRIMARY KEY ("Id")
);


CREATE TABLE "Installations" (
    "Id" integer NOT NULL,
    "Mode" text NOT NULL,
    "Institution" text NOT NULL,
    "StartedAt" timestamp with time zone NOT NULL,
    "ClockAheadSeconds" bigint NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Installations" PRIMARY KEY ("Id")
);


CREATE TABLE "Leagues" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Name" text NOT NULL,
    "Order" integer NOT NULL,
    "Envelope" bigint NOT NULL,
    "ProvinceCodes" text NOT NULL,
    "Applicants" integer NOT NULL,
    CONSTRAINT "PK_Leagues" PRIMARY KEY ("Id")
);


CREATE TABLE "Leaves" (
    "Index" bigint NOT NULL,
    "Body" bytea NOT NULL,
    "Hash" bytea NOT NULL,
    CONSTRAINT "PK_Leaves" PRIMARY KEY ("Index")
);


CREATE TABLE "LedgerAccounts" (
    "Id" uuid NOT NULL,
    "Book" text NOT NULL,
    "BookId" uuid NOT NULL,
    "Kind" text NOT NULL,
    CONSTRAINT "PK_LedgerAccounts" PRIMARY KEY ("Id")
);


CREATE TABLE "LedgerEntries" (
    "Id" uuid NOT NULL,
    "Kind" text NOT NULL,
    "Key" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "SubjectId" uuid NOT NULL,
    "Basis" text NOT NULL,
    CONSTRAINT "PK_LedgerEntries" PRIMARY KEY ("Id")
);


CREATE TABLE "OpenedApplications" (
    "ApplicationId" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "SubmissionId" uuid NOT NULL,
    "Code" text NOT NULL,
    "ContentDigest" text NOT NULL,
    "PublicContent" text NOT NULL,
    "PublicDigest" text NOT NULL,
    "WithheldContent" text NOT NULL,
    "WithheldDigest" text NOT NULL,
    "Entity" text NOT NULL,
    "Title" text NOT NULL,
    "Holder" text NOT NULL,
    "HolderRuc" text NOT NULL,
    "Requested" bigint NOT NULL,
    "TotalCost" bigint NOT NULL,
    "LeagueCode" text,
    "ProvinceCode" text,
    "NeedPosition" integer NOT NULL,
    "OpenedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_OpenedApplications" PRIMARY KEY ("ApplicationId")
);


CREATE TABLE "Outbox" (
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "Args" text NOT NULL,
    "Path" text NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "SentAt" timestamp with time zone,
    "Attempts" integer NOT NULL,
    "NextAttemptAt" timestamp with time zone,
    "Proof" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Outbox" PRIMARY KEY ("Id")
);


CREATE TABLE "People" (
    "Id" uuid NOT NULL,
    "DisplayName" text NOT NULL,
    "IsDemo" boolean NOT NULL,
    "Version" integer NOT NULL,
    "UserName" character varying(256),
    "NormalizedUserName" character varying(256),
    "Email" character varying(256),
    "NormalizedEmail" character varying(256),
    "EmailConfirmed" boolean NOT NULL,
    "PasswordHash" text,
    "SecurityStamp" text,
    "ConcurrencyStamp" text,
    "PhoneNumber" text,
    "PhoneNumberConfirmed" boolean NOT NULL,
    "TwoFactorEnabled" boolean NOT NULL,
    "LockoutEnd" timestamp with time zone,
    "LockoutEnabled" boolean NOT NULL,
    "AccessFailedCount" integer NOT NULL,
    CONSTRAINT "PK_People" PRIMARY KEY ("Id")
);


CREATE TABLE "PersonClaims" (
    "Id" integer NOT NULL,
    "UserId" uuid NOT NULL,
    "ClaimType" text,
    "ClaimValue" text,
    CONSTRAINT "PK_PersonClaims" PRIMARY KEY ("Id")
);


CREATE TABLE "PersonLogins" (
    "LoginProvider" text NOT NULL,
    "ProviderKey" text NOT NULL,
    "ProviderDisplayName" text,
    "UserId" uuid NOT NULL,
    CONSTRAINT "PK_PersonLogins" PRIMARY KEY ("LoginProvider", "ProviderKey")
);


CREATE TABLE "PersonTokens" (
    "UserId" uuid NOT NULL,
    "LoginProvider" text NOT NULL,
    "Name" text NOT NULL,
    "Value" text,
    CONSTRAINT "PK_PersonTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name")
);


CREATE TABLE "Postings" (
    "EntryId" uuid NOT NULL,
    "Line" integer NOT NULL,
    "AccountId" uuid NOT NULL,
    "Debit" bigint NOT NULL,
    "Credit" bigint NOT NULL,
    CONSTRAINT "PK_Postings" PRIMARY KEY ("EntryId", "Line")
);


CREATE TABLE "Questions" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Round" integer NOT NULL,
    "Number" integer NOT NULL,
    "Text" text NOT NULL,
    "AskedAt" timestamp with time zone NOT NULL,
    "AskedBy" uuid NOT NULL,
    "Answer" text,
    "Changes" text,
    "AnsweredAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Questions" PRIMARY KEY ("Id")
);


CREATE TABLE "Receipts" (
    "SubmissionId" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "ContentDigest" text NOT NULL,
    "Token" text NOT NULL,
    "Code" text NOT NULL,
    "ReceivedAt" timestamp with time zone NOT NULL,
    "RegisterIndex" bigint NOT NULL,
    CONSTRAINT "PK_Receipts" PRIMARY KEY ("SubmissionId")
);


CREATE TABLE "RegisterKeys" (
    "Id" text NOT NULL,
    "Spki" bytea NOT NULL,
    "Fingerprint" text NOT NULL,
    "From" bigint NOT NULL,
    "To" bigint,
    CONSTRAINT "PK_RegisterKeys" PRIMARY KEY ("Id")
);


CREATE TABLE "ReserveRounds" (
    "RunId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Withdrawn" text NOT NULL,
    "Promoted" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ReserveRounds" PRIMARY KEY ("RunId", "Number")
);


CREATE TABLE "Reviews" (
    "ApplicationId" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "State" text NOT NULL,
    "Round" integer NOT NULL,
    "CureUntil" timestamp with time zone,
    "DecidedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Reviews" PRIMARY KEY ("ApplicationId")
);


CREATE TABLE "RoleGrants" (
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text NOT NULL,
    "ScopeKind" text NOT NULL,
    "ScopeId" uuid,
    "GrantedAt" timestamp with time zone NOT NULL,
    "RevokedAt" timestamp with time zone,
    CONSTRAINT "PK_RoleGrants" PRIMARY KEY ("Id")
);


CREATE TABLE "Scores" (
    "AssignmentId" uuid NOT NULL,
    "CriterionId" text NOT NULL,
    "Points" integer,
    "Reason" text NOT NULL,
    "SavedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Scores" PRIMARY KEY ("AssignmentId", "CriterionId")
);


CREATE TABLE "SealedFiles" (
    "Id" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "BoxDigest" text NOT NULL,
    "UploadedAt" timestamp with time zone NOT NULL,
    "UploadedBy" uuid,
    CONSTRAINT "PK_SealedFiles" PRIMARY KEY ("Id")
);


CREATE TABLE "Seals" (
    "Table" text NOT NULL,
    "Key" text NOT NULL,
    "Index" bigint NOT NULL,
    "Salt" bytea NOT NULL,
    "Columns" bytea NOT NULL,
    CONSTRAINT "PK_Seals" PRIMARY KEY ("Table", "Key")
);


CREATE TABLE "SelectionRuns" (
    "Id" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Input" text NOT NULL,
    "InputDigest" text NOT NULL,
    "Result" text NOT NULL,
    "ResultDigest" text NOT NULL,
    "RulesDigest" text NOT NULL,
    "ProposedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "DecidedAt" timestamp with time zone,
    "ReturnReasons" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_SelectionRuns" PRIMARY KEY ("Id")
);


CREATE TABLE "StoredFiles" (
    "Id" uuid NOT NULL,
    "Sha256" text NOT NULL,
    "Name" text NOT NULL,
    "MediaType" text NOT NULL,
    "Size" bigint NOT NULL,
    "UploadedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_StoredFiles" PRIMARY KEY ("Id")
);


CREATE TABLE "StoredRulePacks" (
    "Id" uuid NOT NULL,
    "PackId" text NOT NULL,
    "PackVersion" text NOT NULL,
    "Name" text NOT NULL,
    "Mechanism" text NOT NULL,
    "Canonical" text NOT NULL,
    "Digest" text NOT NULL,
    "StoredAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_StoredRulePacks" PRIMARY KEY ("Id")
);


CREATE TABLE "Strategies" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Title" text NOT NULL,
    "Vision" text NOT NULL,
    "YearFrom" integer NOT NULL,
    "YearTo" integer NOT NULL,
    "State" text NOT NULL,
    "AdoptedContent" text,
    "AdoptedDigest" text,
    "AdoptedByResolutionId" uuid,
    "AdoptedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Strategies" PRIMARY KEY ("Id")
);


CREATE TABLE "Submissions" (
    "Id" uuid NOT NULL,
    "ApplicationId" uuid NOT NULL,
    "CallId" uuid NOT NULL,
    "ProgrammeVersionId" uuid NOT NULL,
    "ContentDigest" text NOT NULL,
    "Box" bytea NOT NULL,
    "ReceivedAt" timestamp with time zone NOT NULL,
    "RegisterIndex" bigint NOT NULL,
    CONSTRAINT "PK_Submissions" PRIMARY KEY ("Id")
);


CREATE TABLE "TerritoryNeeds" (
    "CallId" uuid NOT NULL,
    "ProvinceCode" text NOT NULL,
    "ProvinceName" text NOT NULL,
    "Population" bigint,
    "NeedBp" integer,
    "OwnResourcesPerHead" bigint,
    "NeedPosition" integer NOT NULL,
    "ResourcesPosition" integer NOT NULL,
    "Source" text NOT NULL,
    CONSTRAINT "PK_TerritoryNeeds" PRIMARY KEY ("CallId", "ProvinceCode")
);


CREATE TABLE "TieDraws" (
    "CallId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Candidates" text NOT NULL,
    "SaltHex" text NOT NULL,
    "Commitment" text NOT NULL,
    "CommittedAt" timestamp with time zone NOT NULL,
    "Beacon" text,
    "Witnesses" text,
    "DrawnAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_TieDraws" PRIMARY KEY ("CallId", "Number")
);


CREATE TABLE "Tranches" (
    "AgreementId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Share" integer NOT NULL,
    "Amount" bigint NOT NULL,
    "Gates" text NOT NULL,
    CONSTRAINT "PK_Tranches" PRIMARY KEY ("AgreementId", "Number")
);


CREATE TABLE "TypedDistricts" (
    "Code" character varying(6) NOT NULL,
    "Name" character varying(120) NOT NULL,
    "ProvinceCode" character varying(4) NOT NULL,
    "Population" bigint,
    "AddedAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_TypedDistricts" PRIMARY KEY ("Code")
);


CREATE TABLE "Assemblies" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Title" text NOT NULL,
    "Place" text NOT NULL,
    "FirstCallAt" timestamp with time zone NOT NULL,
    "SecondCallAt" timestamp with time zone,
    "ConvenedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "Call" text,
    "OpenedAt" timestamp with time zone,
    "ClosedAt" timestamp with time zone,
    "CancelledWhy" text,
    "Minutes" text,
    "MinutesDigest" text,
    "SignedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Assemblies" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Assemblies_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "EntityProvinces" (
    "EntityId" uuid NOT NULL,
    "ProvinceCode" text NOT NULL,
    CONSTRAINT "PK_EntityProvinces" PRIMARY KEY ("EntityId", "ProvinceCode"),
    CONSTRAINT "FK_EntityProvinces_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Members" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Organisation" text NOT NULL,
    "Ruc" text,
    "Sector" text NOT NULL,
    "InterestGroup" text NOT NULL,
    "Votes" integer NOT NULL,
    "DistrictCode" text,
    "RepresentativeName" text NOT NULL,
    "RepresentativePersonId" uuid,
    "MandateFrom" date NOT NULL,
    "MandateTo" date NOT NULL,
    "EndedWhy" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Members" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Members_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Signatures" (
    "Id" uuid NOT NULL,
    "SubjectKind" text NOT NULL,
    "SubjectId" uuid NOT NULL,
    "SubjectDigest" text NOT NULL,
    "StoredFileId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "CheckedAt" timestamp with time zone NOT NULL,
    "Verdict" text NOT NULL,
    "Signer" text NOT NULL,
    CONSTRAINT "PK_Signatures" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Signatures_StoredFiles_StoredFileId" FOREIGN KEY ("StoredFileId") REFERENCES "StoredFiles" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Axes" (
    "Id" uuid NOT NULL,
    "StrategyId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Name" text NOT NULL,
    "Objective" text NOT NULL,
    "Indicator" text NOT NULL,
    "Baseline" text NOT NULL,
    "Target" text NOT NULL,
    "TargetYear" integer NOT NULL,
    "Source" text NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Axes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Axes_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Programmes" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "StrategyId" uuid NOT NULL,
    "Slug" text NOT NULL,
    "Title" text NOT NULL,
    "Objective" text NOT NULL,
    "State" text NOT NULL,
    "AdoptedVersionId" uuid,
    "AdoptedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Programmes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Programmes_Strategies_StrategyId" FOREIGN KEY ("StrategyId") REFERENCES "Strategies" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Motions" (
    "Id" uuid NOT NULL,
    "AssemblyId" uuid NOT NULL,
    "Order" integer NOT NULL,
    "Title" text NOT NULL,
    "Text" text NOT NULL,
    "Majority" text NOT NULL,
    "SubjectKind" text,
    "SubjectId" uuid,
    "SubjectDigest" text,
    "SubjectLabel" text,
    "State" text NOT NULL,
    "VotingOpenedAt" timestamp with time zone,
    "VotingClosedAt" timestamp with time zone,
    "Outcome" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Motions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Motions_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "RollSeats" (
    "AssemblyId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Organisation" text NOT NULL,
    "Sector" text NOT NULL,
    "InterestGroup" text NOT NULL,
    "Votes" integer NOT NULL,
    CONSTRAINT "PK_RollSeats" PRIMARY KEY ("AssemblyId", "MemberId"),
    CONSTRAINT "FK_RollSeats_Assemblies_AssemblyId" FOREIGN KEY ("AssemblyId") REFERENCES "Assemblies" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RollSeats_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "ProgrammeVersions" (
    "Id" uuid NOT NULL,
    "ProgrammeId" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Content" text NOT NULL,
    "Digest" text NOT NULL,
    "FrozenAt" timestamp with time zone NOT NULL,
    "Title" text NOT NULL,
    "ProjectCount" integer NOT NULL,
    "Total" bigint NOT NULL,
    "FundAmount" bigint NOT NULL,
    "AdoptedByResolutionId" uuid,
    "AdoptedAt" timestamp with time zone,
    CONSTRAINT "PK_ProgrammeVersions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_ProgrammeVersions_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Projects" (
    "Id" uuid NOT NULL,
    "ProgrammeId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Title" text NOT NULL,
    "Problem" text NOT NULL,
    "Objective" text NOT NULL,
    "AxisId" uuid,
    "Chain" text,
    "Conglomerate" text,
    "Places" text NOT NULL,
    "BeneficiaryWomen" integer NOT NULL,
    "BeneficiaryMen" integer NOT NULL,
    "Organisations" text NOT NULL,
    "After" text NOT NULL,
    "PlannedCost" bigint NOT NULL,
    "LinesEdition" integer NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Projects" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Projects_Axes_AxisId" FOREIGN KEY ("AxisId") REFERENCES "Axes" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Projects_Programmes_ProgrammeId" FOREIGN KEY ("ProgrammeId") REFERENCES "Programmes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "Resolutions" (
    "Id" uuid NOT NULL,
    "EntityId" uuid NOT NULL,
    "AssemblyId" uuid NOT NULL,
    "MotionId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Title" text NOT NULL,
    "Text" text NOT NULL,
    "SubjectKind" text,
    "SubjectId" uuid,
    "SubjectDigest" text,
    "SubjectLabel" text,
    "AdoptedAt" timestamp with time zone NOT NULL,
    "Outcome" text NOT NULL,
    "State" text NOT NULL,
    "EndedAt" timestamp with time zone,
    "EndedWhy" text,
    "RevokedById" uuid,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_Resolutions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Resolutions_CoordinationEntities_EntityId" FOREIGN KEY ("EntityId") REFERENCES "CoordinationEntities" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Resolutions_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Votes" (
    "MotionId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Choice" text NOT NULL,
    "CastAt" timestamp with time zone NOT NULL,
    "ByRepresentative" boolean NOT NULL,
    CONSTRAINT "PK_Votes" PRIMARY KEY ("MotionId", "MemberId"),
    CONSTRAINT "FK_Votes_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Votes_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "Attendances" (
    "Id" uuid NOT NULL,
    "AssemblyId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Attendee" text NOT NULL,
    "IsProxy" boolean NOT NULL,
    "ArrivedAt" timestamp with time zone NOT NULL,
    "LeftAt" timestamp with time zone,
    CONSTRAINT "PK_Attendances" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Attendances_RollSeats_AssemblyId_MemberId" FOREIGN KEY ("AssemblyId", "MemberId") REFERENCES "RollSeats" ("AssemblyId", "MemberId") ON DELETE RESTRICT
);


CREATE TABLE "CostLines" (
    "Id" uuid NOT NULL,
    "ProjectId" uuid NOT NULL,
    "Order" integer NOT NULL,
    "Concept" text NOT NULL,
    "Component" text,
    "Source" text NOT NULL,
    "Year" integer NOT NULL,
    "Amount" bigint NOT NULL,
    CONSTRAINT "PK_CostLines" PRIMARY KEY ("Id"),
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


