using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Entities;

namespace Minka.Core.Planning.ParticipatoryBudget;

public static class BudgetTables
{
    extension(AppDb db)
    {
        public DbSet<BudgetProcess> BudgetProcesses => db.Set<BudgetProcess>();
        public DbSet<BudgetTeamMember> BudgetTeamMembers => db.Set<BudgetTeamMember>();
        public DbSet<BudgetAgent> BudgetAgents => db.Set<BudgetAgent>();
        public DbSet<BudgetWorkshop> BudgetWorkshops => db.Set<BudgetWorkshop>();
        public DbSet<BudgetAttendance> BudgetAttendances => db.Set<BudgetAttendance>();
        public DbSet<BudgetProposal> BudgetProposals => db.Set<BudgetProposal>();
        public DbSet<BudgetReport> BudgetReports => db.Set<BudgetReport>();
        public DbSet<VigilanceNote> VigilanceNotes => db.Set<VigilanceNote>();
    }
}

sealed class BudgetProcessMapping : IEntityTypeConfiguration<BudgetProcess>
{
    public void Configure(EntityTypeBuilder<BudgetProcess> b)
    {
        b.ToTable("BudgetProcesses");
        b.Ignore(p => p.Pack);
        b.Property(p => p.Ordinance).HasJson();
        b.Property(p => p.Schedule).HasJson();
        b.Property(p => p.Rule).HasJson();
        b.Property(p => p.Changes).HasJson();
        b.Property(p => p.Result).HasJson();
        b.Property(p => p.Commitments).HasJson();
        b.Property(p => p.Acta).HasJson();
        b.Property(p => p.Committee).HasJson();
        b.Property(p => p.Pia).HasJson();
        b.Property(p => p.Accounts).HasJson();
        b.Property(p => p.Earlier).HasJson();
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(p => p.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(p => p.Slug).IsUnique();
        b.HasIndex(p => new { p.EntityId, p.FiscalYear });
        b.HasIndex(p => new { p.FiscalYear, p.Title });
    }
}

sealed class BudgetTeamMemberMapping : IEntityTypeConfiguration<BudgetTeamMember>
{
    public void Configure(EntityTypeBuilder<BudgetTeamMember> b)
    {
        b.ToTable("BudgetTeamMembers");
        b.HasOne<BudgetProcess>().WithMany().HasForeignKey(m => m.ProcessId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(m => m.ProcessId);
    }
}

sealed class BudgetAgentMapping : IEntityTypeConfiguration<BudgetAgent>
{
    public void Configure(EntityTypeBuilder<BudgetAgent> b)
    {
        b.ToTable("BudgetAgents");
        b.HasOne<BudgetProcess>().WithMany().HasForeignKey(a => a.ProcessId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(a => new { a.ProcessId, a.Number }).IsUnique();
        b.HasIndex(a => new { a.ProcessId, a.State, a.Organisation });
        b.HasIndex(a => a.CodeDigest);
    }
}

sealed class BudgetWorkshopMapping : IEntityTypeConfiguration<BudgetWorkshop>
{
    public void Configure(EntityTypeBuilder<BudgetWorkshop> b)
    {
        b.ToTable("BudgetWorkshops");
        b.Property(w => w.Problems).HasJson();
        b.HasOne<BudgetProcess>().WithMany().HasForeignKey(w => w.ProcessId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(w => new { w.ProcessId, w.StartsAt });
    }
}

sealed class BudgetAttendanceMapping : IEntityTypeConfiguration<BudgetAttendance>
{
    public void Configure(EntityTypeBuilder<BudgetAttendance> b)
    {
        b.ToTable("BudgetAttendances");
        b.HasKey(a => new { a.WorkshopId, a.AgentId });
        b.HasOne<BudgetWorkshop>().WithMany().HasForeignKey(a => a.WorkshopId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<BudgetAgent>().WithMany().HasForeignKey(a => a.AgentId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class BudgetProposalMapping : IEntityTypeConfiguration<BudgetProposal>
{
    public void Configure(EntityTypeBuilder<BudgetProposal> b)
    {
        b.ToTable("BudgetProposals");
        b.Ignore(p => p.Code);
        b.Ignore(p => p.FromOthers);
        b.Ignore(p => p.Asked);
        b.Ignore(p => p.Beneficiaries);
        b.Ignore(p => p.Evaluation);
        b.Property(p => p.Places).HasJson();
        b.Property(p => p.CoFunding).HasJson();
        b.Property(p => p.Evaluations).HasJson();
        b.HasOne<BudgetProcess>().WithMany().HasForeignKey(p => p.ProcessId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<BudgetAgent>().WithMany().HasForeignKey(p => p.AgentId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(p => new { p.ProcessId, p.Number }).IsUnique();
        b.HasIndex(p => p.ProjectId);
    }
}

sealed class BudgetReportMapping : IEntityTypeConfiguration<BudgetReport>
{
    public void Configure(EntityTypeBuilder<BudgetReport> b)
    {
        b.ToTable("BudgetReports");
        b.HasOne<BudgetProposal>().WithMany().HasForeignKey(r => r.ProposalId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(r => new { r.ProcessId, r.ProposalId, r.Quarter });
    }
}

sealed class VigilanceNoteMapping : IEntityTypeConfiguration<VigilanceNote>
{
    public void Configure(EntityTypeBuilder<VigilanceNote> b)
    {
        b.ToTable("VigilanceNotes");
        b.HasOne<BudgetProcess>().WithMany().HasForeignKey(n => n.ProcessId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(n => new { n.ProcessId, n.At });
        b.HasIndex(n => n.CodeDigest);
    }
}
