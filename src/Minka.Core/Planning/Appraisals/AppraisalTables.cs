using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Planning.Appraisals;

public static class AppraisalTables
{
    extension(AppDb db)
    {
        public DbSet<Appraisal> Appraisals => db.Set<Appraisal>();
    }

    /// <summary>What is written of the projects of a programme, by project.</summary>
    public static async Task<IReadOnlyDictionary<ProjectId, AppraisalInput>> AppraisalsAsync(this AppDb db, ProgrammeId programme, CancellationToken cancel = default) =>
        (await db.Appraisals.Join(db.Projects.Where(p => p.ProgrammeId == programme), a => a.ProjectId, p => p.Id, (a, _) => a).ToListAsync(cancel)).ToDictionary(a => a.ProjectId, a => a.ToInput());
}

sealed class AppraisalMapping : IEntityTypeConfiguration<Appraisal>
{
    public void Configure(EntityTypeBuilder<Appraisal> b)
    {
        b.ToTable("Appraisals");
        b.HasKey(a => a.ProjectId);
        b.HasOne<Project>().WithOne().HasForeignKey<Appraisal>(a => a.ProjectId).OnDelete(DeleteBehavior.Cascade);
        b.Property(a => a.Years).HasJson();
        b.Property(a => a.Ranges).HasJson();
        b.Property(a => a.Executed).HasJson();
    }
}
