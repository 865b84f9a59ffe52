CREATE TABLE "OpeningConsents" (
    "CallId" uuid NOT NULL,
    "Round" integer NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_OpeningConsents" PRIMARY KEY ("CallId", "Round", "PersonId")
);
