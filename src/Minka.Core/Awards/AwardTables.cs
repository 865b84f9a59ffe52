using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Awards;

public static class AwardTables
{
    extension(AppDb db)
    {
        public DbSet<SelectionRun> SelectionRuns => db.Set<SelectionRun>();
        public DbSet<AwardLine> AwardLines => db.Set<AwardLine>();
        public DbSet<TieDraw> TieDraws => db.Set<TieDraw>();
        public DbSet<RunComparison> RunComparisons => db.Set<RunComparison>();
        public DbSet<ReserveRound> ReserveRounds => db.Set<ReserveRound>();
    }
}

sealed class SelectionRunMapping : IEntityTypeConfiguration<SelectionRun>
{
    public void Configure(EntityTypeBuilder<SelectionRun> b)
    {
        b.ToTable("SelectionRuns");
        b.HasIndex(r => new { r.CallId, r.Number }).IsUnique();
    }
}

sealed class RunComparisonMapping : IEntityTypeConfiguration<RunComparison>
{
    public void Configure(EntityTypeBuilder<RunComparison> b)
    {
        b.ToTable("RunComparisons");
        b.HasKey(c => c.RunId);
    }
}

sealed class AwardLineMapping : IEntityTypeConfiguration<AwardLine>
{
    public void Configure(EntityTypeBuilder<AwardLine> b)
    {
        b.ToTable("AwardLines");
        b.HasKey(l => new { l.RunId, l.ApplicationId });
        b.HasIndex(l => l.CallId);
        b.Property(l => l.Outcome).HasConversion<string>();
    }
}

sealed class TieDrawMapping : IEntityTypeConfiguration<TieDraw>
{
    public void Configure(EntityTypeBuilder<TieDraw> b)
    {
        b.ToTable("TieDraws");
        b.HasKey(d => new { d.CallId, d.Number });
        b.Property(d => d.Candidates).HasJson();
    }
}

sealed class ReserveRoundMapping : IEntityTypeConfiguration<ReserveRound>
{
    public void Configure(EntityTypeBuilder<ReserveRound> b)
    {
        b.ToTable("ReserveRounds");
        b.HasKey(r => new { r.RunId, r.Number });
        b.Property(r => r.Withdrawn).HasJson();
        b.Property(r => r.Promoted).HasJson();
    }
}
