-- Indexes in the order of the lists that are shown page by page.
CREATE INDEX "IX_Accreditations_FundId_ValidTo_ValidFrom_RevokedAt_EntityId" ON "Accreditations" ("FundId", "ValidTo", "ValidFrom", "RevokedAt", "EntityId");
CREATE INDEX "IX_Agreements_DraftedAt_Number" ON "Agreements" ("DraftedAt" DESC, "Number");
CREATE INDEX "IX_Agreements_State" ON "Agreements" ("State");
CREATE INDEX "IX_Calls_EndedAt_PublishedAt_Id" ON "Calls" ("EndedAt" DESC, "PublishedAt" DESC, "Id");
DROP INDEX "IX_Calls_FundId";
CREATE INDEX "IX_Calls_FundId_CreatedAt_Id" ON "Calls" ("FundId", "CreatedAt" DESC, "Id");
CREATE INDEX "IX_Calls_PublishedAt_Id" ON "Calls" ("PublishedAt" DESC, "Id");
CREATE INDEX "IX_Members_EntityId_Sector_Organisation_Id" ON "Members" ("EntityId", "Sector", "Organisation", "Id");
CREATE INDEX "IX_Outbox_CreatedAt_Id" ON "Outbox" ("CreatedAt", "Id");
CREATE INDEX "IX_People_DisplayName_Id" ON "People" ("DisplayName", "Id");
