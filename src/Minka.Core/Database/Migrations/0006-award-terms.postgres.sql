-- An application's place in its promoter's own order, and what is told beside a run of the award.
ALTER TABLE "Applications" ADD COLUMN "OwnPriority" integer NULL;
CREATE TABLE "RunComparisons" (
    "RunId" uuid NOT NULL,
    "Content" text NOT NULL,
    "ContentDigest" text NOT NULL,
    "Certificate" text NULL,
    "ComputedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_RunComparisons" PRIMARY KEY ("RunId")
);
