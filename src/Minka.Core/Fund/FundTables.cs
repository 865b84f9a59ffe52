using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Fund;

public static class FundTables
{
    extension(AppDb db)
    {
        public DbSet<CoFinancingFund> Funds => db.Set<CoFinancingFund>();
        public DbSet<Accreditation> Accreditations => db.Set<Accreditation>();
        public DbSet<AccreditationStop> AccreditationStops => db.Set<AccreditationStop>();
        public DbSet<Call> Calls => db.Set<Call>();
        public DbSet<TerritoryNeed> TerritoryNeeds => db.Set<TerritoryNeed>();
        public DbSet<League> Leagues => db.Set<League>();
        public DbSet<Question> Questions => db.Set<Question>();
        public DbSet<Freeze> Freezes => db.Set<Freeze>();
        public DbSet<CalendarChange> CalendarChanges => db.Set<CalendarChange>();
        public DbSet<OpeningConsent> OpeningConsents => db.Set<OpeningConsent>();
        public DbSet<Annulment> Annulments => db.Set<Annulment>();
        public DbSet<AnnulmentCopy> AnnulmentCopies => db.Set<AnnulmentCopy>();
    }
}

sealed class CoFinancingFundMapping : IEntityTypeConfiguration<CoFinancingFund>
{
    public void Configure(EntityTypeBuilder<CoFinancingFund> b)
    {
        b.ToTable("Funds");
        b.HasIndex(f => f.Slug).IsUnique();
    }
}

sealed class AccreditationMapping : IEntityTypeConfiguration<Accreditation>
{
    public void Configure(EntityTypeBuilder<Accreditation> b)
    {
        b.ToTable("Accreditations");
        b.HasIndex(a => new { a.FundId, a.EntityId, a.ValidFrom, a.ValidTo, a.RevokedAt, a.Id }).HasDatabaseName("IX_Accreditations_FundId_EntityId");
        b.HasIndex(a => a.EntityId);
        b.Property(a => a.Composition).HasJson();
    }
}

sealed class AccreditationStopMapping : IEntityTypeConfiguration<AccreditationStop>
{
    public void Configure(EntityTypeBuilder<AccreditationStop> b)
    {
        b.ToTable("AccreditationStops");
        b.HasOne<Accreditation>().WithMany().HasForeignKey(s => s.AccreditationId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(s => new { s.AccreditationId, s.LiftedAt });
    }
}

sealed class CallMapping : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> b)
    {
        b.ToTable("Calls");
        b.HasIndex(c => c.Slug).IsUnique();
        b.HasIndex(c => new { c.FundId, c.CreatedAt, c.Id, c.State }).IsDescending(false, true, false, false);
        b.HasIndex(c => new { c.FundId, c.EndedAt, c.CreatedAt });
        // In the order of the public lists.
        b.HasIndex(c => new { c.PublishedAt, c.Id, c.State }).IsDescending(true, false, false);
        b.HasIndex(c => new { c.State, c.PublishedAt, c.Id }).IsDescending(false, true, false);
        b.HasIndex(c => new { c.EndedAt, c.PublishedAt, c.Id }).IsDescending(true, true, false);
        b.Property(c => c.ProvinceCodes).HasJson();
        b.Property(c => c.Adjustments).HasJson();
        b.Property(c => c.Calendar).HasJson();
        b.Ignore(c => c.Dates);
        b.Ignore(c => c.IsPublic);
        b.Ignore(c => c.RulesMayChange);
    }
}

sealed class TerritoryNeedMapping : IEntityTypeConfiguration<TerritoryNeed>
{
    public void Configure(EntityTypeBuilder<TerritoryNeed> b)
    {
        b.ToTable("TerritoryNeeds");
        b.HasKey(n => new { n.CallId, n.ProvinceCode });
    }
}

sealed class LeagueMapping : IEntityTypeConfiguration<League>
{
    public void Configure(EntityTypeBuilder<League> b)
    {
        b.ToTable("Leagues");
        b.HasIndex(l => l.CallId);
        b.Property(l => l.Name).HasJson();
        b.Property(l => l.ProvinceCodes).HasJson();
    }
}

sealed class QuestionMapping : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> b)
    {
        b.ToTable("Questions");
        b.HasIndex(q => new { q.CallId, q.Number }).IsUnique();
    }
}

sealed class FreezeMapping : IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Freeze> b)
    {
        b.ToTable("Freezes");
        b.HasIndex(f => new { f.CallId, f.Round, f.Number }).IsUnique();
    }
}

sealed class CalendarChangeMapping : IEntityTypeConfiguration<CalendarChange>
{
    public void Configure(EntityTypeBuilder<CalendarChange> b)
    {
        b.ToTable("CalendarChanges");
        b.HasIndex(c => new { c.CallId, c.Number }).IsUnique();
        b.Property(c => c.Before).HasJson();
        b.Property(c => c.After).HasJson();
    }
}

sealed class AnnulmentMapping : IEntityTypeConfiguration<Annulment>
{
    public void Configure(EntityTypeBuilder<Annulment> b)
    {
        b.ToTable("Annulments");
        b.HasIndex(a => new { a.CallId, a.Number }).IsUnique();
    }
}

sealed class AnnulmentCopyMapping : IEntityTypeConfiguration<AnnulmentCopy>
{
    public void Configure(EntityTypeBuilder<AnnulmentCopy> b)
    {
        b.ToTable("AnnulmentCopies");
        b.HasKey(c => new { c.AnnulmentId, c.SubjectKind, c.SubjectId });
    }
}

sealed class OpeningConsentMapping : IEntityTypeConfiguration<OpeningConsent>
{
    public void Configure(EntityTypeBuilder<OpeningConsent> b)
    {
        b.ToTable("OpeningConsents");
        b.HasKey(c => new { c.CallId, c.Round, c.PersonId });
    }
}
