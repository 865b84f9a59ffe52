using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Planning.Bank;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;

namespace Minka.Core.Planning;

public static class PlanningTables
{
    extension(AppDb db)
    {
        public DbSet<Strategy> Strategies => db.Set<Strategy>();
        public DbSet<Axis> Axes => db.Set<Axis>();
        public DbSet<StrategyPart> StrategyParts => db.Set<StrategyPart>();
        public DbSet<StrategyAside> StrategyAsides => db.Set<StrategyAside>();
        public DbSet<StrategyVersion> StrategyVersions => db.Set<StrategyVersion>();
        public DbSet<ValueChain> ValueChains => db.Set<ValueChain>();
        public DbSet<Ally> Allies => db.Set<Ally>();
        public DbSet<Programme> Programmes => db.Set<Programme>();
        public DbSet<Project> Projects => db.Set<Project>();
        public DbSet<ProjectSheet> ProjectSheets => db.Set<ProjectSheet>();
        public DbSet<DuplicateDecision> DuplicateDecisions => db.Set<DuplicateDecision>();
        public DbSet<BankDraft> BankDrafts => db.Set<BankDraft>();
        public DbSet<CostLine> CostLines => db.Set<CostLine>();
        public DbSet<ProgrammeVersion> ProgrammeVersions => db.Set<ProgrammeVersion>();
    }
}

sealed class StrategyMapping : IEntityTypeConfiguration<Strategy>
{
    public void Configure(EntityTypeBuilder<Strategy> b)
    {
        b.ToTable("Strategies");
        b.HasIndex(s => new { s.EntityId, s.Number }).IsUnique();
    }
}

sealed class AxisMapping : IEntityTypeConfiguration<Axis>
{
    public void Configure(EntityTypeBuilder<Axis> b)
    {
        b.ToTable("Axes");
        b.HasOne<Strategy>().WithMany().HasForeignKey(a => a.StrategyId);
        b.HasIndex(a => new { a.StrategyId, a.Code }).IsUnique();
    }
}

sealed class ProgrammeMapping : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> b)
    {
        b.ToTable("Programmes");
        b.HasOne<Strategy>().WithMany().HasForeignKey(p => p.StrategyId);
        b.HasIndex(p => p.Slug).IsUnique();
        b.HasIndex(p => p.EntityId);
        b.HasIndex(p => new { p.State, p.Title });
    }
}

sealed class ProjectMapping : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> b)
    {
        b.ToTable("Projects");
        b.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Axis>().WithMany().HasForeignKey(p => p.AxisId).OnDelete(DeleteBehavior.Restrict);
        b.Property(p => p.Places).HasJson();
        b.Property(p => p.Organisations).HasJson();
        b.Property(p => p.After).HasJson();
        b.Property(p => p.EntityId).Since(11, """SELECT p."EntityId" FROM "Programmes" p WHERE p."Id" = "Projects"."ProgrammeId" """);
        b.Property(p => p.RootId).Since(11, "\"Projects\".\"Id\"");
        b.Property(p => p.Stage).Since(11, "'Profile'");
        b.HasIndex(p => new { p.ProgrammeId, p.Code }).IsUnique();
        b.HasIndex(p => new { p.EntityId, p.Code }).IsUnique().HasFilter("\"ProgrammeId\" IS NULL");
        b.HasIndex(p => new { p.EntityId, p.ProgrammeId, p.Stage });
        b.HasIndex(p => p.RootId);
    }
}

sealed class ProjectSheetMapping : IEntityTypeConfiguration<ProjectSheet>
{
    public void Configure(EntityTypeBuilder<ProjectSheet> b)
    {
        b.ToTable("ProjectSheets");
        b.HasKey(s => s.ProjectId);
        b.HasOne<Project>().WithOne().HasForeignKey<ProjectSheet>(s => s.ProjectId).OnDelete(DeleteBehavior.Cascade);
        b.Property(s => s.Components).HasJson();
        b.Property(s => s.Upkeep).HasJson();
        b.Property(s => s.Risks).HasJson();
        b.Property(s => s.Preconditions).HasJson();
        b.Property(s => s.Groups).HasJson();
        b.Property(s => s.Shape).HasJson();
        b.Property(s => s.Documents).HasJson();
        b.HasIndex(s => new { s.EntityId, s.InvestmentCode });
    }
}

sealed class DuplicateDecisionMapping : IEntityTypeConfiguration<DuplicateDecision>
{
    public void Configure(EntityTypeBuilder<DuplicateDecision> b)
    {
        b.ToTable("DuplicateDecisions");
        b.HasKey(d => new { d.FirstId, d.SecondId });
        b.HasIndex(d => d.EntityId);
        b.HasIndex(d => d.SecondId);
    }
}

sealed class BankDraftMapping : IEntityTypeConfiguration<BankDraft>
{
    public void Configure(EntityTypeBuilder<BankDraft> b)
    {
        b.ToTable("BankDrafts");
        b.HasKey(d => d.EntityId);
    }
}

sealed class CostLineMapping : IEntityTypeConfiguration<CostLine>
{
    public void Configure(EntityTypeBuilder<CostLine> b)
    {
        b.ToTable("CostLines");
        b.HasOne<Project>().WithMany().HasForeignKey(l => l.ProjectId);
        b.Property(l => l.Valuation).Since(11);
        b.Property(l => l.Evidence).Since(11);
        b.HasIndex(l => new { l.ProjectId, l.Order }).IsUnique();
    }
}

sealed class ProgrammeVersionMapping : IEntityTypeConfiguration<ProgrammeVersion>
{
    public void Configure(EntityTypeBuilder<ProgrammeVersion> b)
    {
        b.ToTable("ProgrammeVersions");
        b.HasOne<Programme>().WithMany().HasForeignKey(v => v.ProgrammeId);
        b.HasIndex(v => new { v.ProgrammeId, v.Number }).IsUnique();
        b.HasIndex(v => v.EntityId);
    }
}
