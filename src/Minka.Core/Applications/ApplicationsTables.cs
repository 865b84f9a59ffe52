using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Applications;

public static class ApplicationsTables
{
    extension(AppDb db)
    {
        public DbSet<Application> Applications => db.Set<Application>();
        public DbSet<Draft> Drafts => db.Set<Draft>();
        public DbSet<DraftAside> DraftAsides => db.Set<DraftAside>();
        public DbSet<SealedFile> SealedFiles => db.Set<SealedFile>();
        public DbSet<Submission> Submissions => db.Set<Submission>();
        public DbSet<SubmissionReceipt> Receipts => db.Set<SubmissionReceipt>();
        public DbSet<OpenedApplication> OpenedApplications => db.Set<OpenedApplication>();
        public DbSet<ApplicationFile> ApplicationFiles => db.Set<ApplicationFile>();
    }
}

sealed class ApplicationMapping : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> b)
    {
        b.ToTable("Applications");
        b.HasIndex(a => new { a.CallId, a.EntityId });
        b.HasIndex(a => a.EntityId);
        b.HasIndex(a => new { a.CallId, a.State });
        b.Ignore(a => a.IsSealed);
        b.Ignore(a => a.MayBeEdited);
        b.Property(a => a.OwnPriority).Since(6);
    }
}

sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> b)
    {
        b.ToTable("Drafts");
        b.HasKey(d => new { d.ApplicationId, d.Section });
    }
}

sealed class DraftAsideMapping : IEntityTypeConfiguration<DraftAside>
{
    public void Configure(EntityTypeBuilder<DraftAside> b)
    {
        b.ToTable("DraftAsides").Uncovered("waits for its writer to choose; what counts is the draft");
        b.HasKey(d => new { d.ApplicationId, d.Section, d.PersonId });
    }
}

sealed class SealedFileMapping : IEntityTypeConfiguration<SealedFile>
{
    public void Configure(EntityTypeBuilder<SealedFile> b)
    {
        b.ToTable("SealedFiles");
        b.HasIndex(f => f.ApplicationId);
    }
}

sealed class SubmissionMapping : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> b)
    {
        b.ToTable("Submissions");
        b.HasIndex(s => s.ApplicationId);
    }
}

sealed class SubmissionReceiptMapping : IEntityTypeConfiguration<SubmissionReceipt>
{
    public void Configure(EntityTypeBuilder<SubmissionReceipt> b)
    {
        b.ToTable("Receipts").Uncovered("signed; says the same as its submission and its leaf");
        b.HasKey(r => r.SubmissionId);
        b.HasIndex(r => r.ApplicationId);
        b.HasIndex(r => r.Code);
    }
}

sealed class OpenedApplicationMapping : IEntityTypeConfiguration<OpenedApplication>
{
    public void Configure(EntityTypeBuilder<OpenedApplication> b)
    {
        b.ToTable("OpenedApplications");
        b.HasKey(o => o.ApplicationId);
        b.HasIndex(o => new { o.CallId, o.Code }).IsUnique();
    }
}

sealed class ApplicationFileMapping : IEntityTypeConfiguration<ApplicationFile>
{
    public void Configure(EntityTypeBuilder<ApplicationFile> b)
    {
        b.ToTable("ApplicationFiles");
        b.HasKey(f => new { f.ApplicationId, f.Order });
    }
}
