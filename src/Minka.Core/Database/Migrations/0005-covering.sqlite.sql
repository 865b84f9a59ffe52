-- Indexes that hold all that a list or a count asks of a row, so that no row is read to be left out.
DROP INDEX "IX_Accreditations_FundId_EntityId";
DROP INDEX "IX_Accreditations_FundId_ValidTo_ValidFrom_RevokedAt_EntityId";
CREATE INDEX "IX_Accreditations_FundId_EntityId" ON "Accreditations" ("FundId", "EntityId", "ValidFrom", "ValidTo", "RevokedAt", "Id");
CREATE INDEX "IX_Agreements_FundId_State_DraftedAt_Id" ON "Agreements" ("FundId", "State", "DraftedAt", "Id");
DROP INDEX "IX_Calls_FundId_CreatedAt_Id";
CREATE INDEX "IX_Calls_FundId_CreatedAt_Id_State" ON "Calls" ("FundId", "CreatedAt" DESC, "Id", "State");
CREATE INDEX "IX_Calls_FundId_EndedAt_CreatedAt" ON "Calls" ("FundId", "EndedAt", "CreatedAt");
DROP INDEX "IX_Calls_PublishedAt_Id";
CREATE INDEX "IX_Calls_PublishedAt_Id_State" ON "Calls" ("PublishedAt" DESC, "Id", "State");
DROP INDEX "IX_Calls_State";
CREATE INDEX "IX_Calls_State_PublishedAt_Id" ON "Calls" ("State", "PublishedAt" DESC, "Id");
DROP INDEX "IX_CoordinationEntities_SearchName";
CREATE INDEX "IX_CoordinationEntities_SearchName_Slug_Id_State" ON "CoordinationEntities" ("SearchName", "Slug", "Id", "State");
DROP INDEX "IX_Reviews_CallId";
CREATE INDEX "IX_Reviews_CallId_State" ON "Reviews" ("CallId", "State");
