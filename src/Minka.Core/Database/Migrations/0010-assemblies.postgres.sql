-- Parties of motions and who withdrew from them, alternates who speak, minima of women, other clocks, sounds of options.
CREATE TABLE "MotionParties" (
    "MotionId" uuid NOT NULL,
    "Order" integer NOT NULL,
    "Name" text NOT NULL,
    "Number" text NULL,
    CONSTRAINT "PK_MotionParties" PRIMARY KEY ("MotionId", "Order"),
    CONSTRAINT "FK_MotionParties_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Withdrawals" (
    "Id" uuid NOT NULL CONSTRAINT "PK_Withdrawals" PRIMARY KEY,
    "MotionId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "FK_Withdrawals_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Withdrawals_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE INDEX "IX_Withdrawals_MemberId" ON "Withdrawals" ("MemberId");
CREATE UNIQUE INDEX "IX_Withdrawals_MotionId_MemberId" ON "Withdrawals" ("MotionId", "MemberId");
CREATE TABLE "OptionSounds" (
    "SessionId" uuid NOT NULL,
    "OptionId" text NOT NULL,
    "FileId" uuid NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_OptionSounds" PRIMARY KEY ("SessionId", "OptionId"),
    CONSTRAINT "FK_OptionSounds_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);
ALTER TABLE "Attendances" ADD COLUMN "AlternateId" uuid NULL;
ALTER TABLE "Votes" ADD COLUMN "AlternateId" uuid NULL;
ALTER TABLE "EntityStatutes" ADD COLUMN "LeastWomen" integer NULL;
ALTER TABLE "EntityStatutes" ADD COLUMN "Zone" text NULL;
