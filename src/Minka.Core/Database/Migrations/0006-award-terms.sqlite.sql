-- An application's place in its promoter's own order, and what is told beside a run of the award.
ALTER TABLE "Applications" ADD COLUMN "OwnPriority" INTEGER NULL;
CREATE TABLE "RunComparisons" (
    "RunId" TEXT NOT NULL CONSTRAINT "PK_RunComparisons" PRIMARY KEY,
    "Content" TEXT NOT NULL,
    "ContentDigest" TEXT NOT NULL,
    "Certificate" TEXT NULL,
    "ComputedAt" TEXT NOT NULL
);
