-- Parties of motions and who withdrew from them, alternates who speak, minima of women, other clocks, sounds of options.
CREATE TABLE "MotionParties" (
    "MotionId" TEXT NOT NULL,
    "Order" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Number" TEXT NULL,
    CONSTRAINT "PK_MotionParties" PRIMARY KEY ("MotionId", "Order"),
    CONSTRAINT "FK_MotionParties_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Withdrawals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Withdrawals" PRIMARY KEY,
    "MotionId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_Withdrawals_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Withdrawals_Motions_MotionId" FOREIGN KEY ("MotionId") REFERENCES "Motions" ("Id") ON DELETE RESTRICT
);
CREATE INDEX "IX_Withdrawals_MemberId" ON "Withdrawals" ("MemberId");
CREATE UNIQUE INDEX "IX_Withdrawals_MotionId_MemberId" ON "Withdrawals" ("MotionId", "MemberId");
CREATE TABLE "OptionSounds" (
    "SessionId" TEXT NOT NULL,
    "OptionId" TEXT NOT NULL,
    "FileId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_OptionSounds" PRIMARY KEY ("SessionId", "OptionId"),
    CONSTRAINT "FK_OptionSounds_PrioritisationSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "PrioritisationSessions" ("Id") ON DELETE RESTRICT
);
ALTER TABLE "Attendances" ADD COLUMN "AlternateId" TEXT NULL;
ALTER TABLE "Votes" ADD COLUMN "AlternateId" TEXT NULL;
ALTER TABLE "EntityStatutes" ADD COLUMN "LeastWomen" INTEGER NULL;
ALTER TABLE "EntityStatutes" ADD COLUMN "Zone" TEXT NULL;
