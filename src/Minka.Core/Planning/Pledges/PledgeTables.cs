using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Pledges;

public static class PledgeTables
{
    extension(AppDb db)
    {
        public DbSet<Pledge> Pledges => db.Set<Pledge>();
    }

    public static async Task<Pledge> PledgeAsync(this AppDb db, ProgrammeId programme, PledgeId id, CancellationToken cancel = default) =>
        await db.Pledges.SingleOrDefaultAsync(p => p.Id == id && p.ProgrammeId == programme, cancel) ?? throw new NotFound("pledge", id.Value);
}

sealed class PledgeMapping : IEntityTypeConfiguration<Pledge>
{
    public void Configure(EntityTypeBuilder<Pledge> b)
    {
        b.ToTable("Pledges");
        b.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        b.Property(p => p.Exchange).HasJson();
        b.Property(p => p.Document).HasJson();
        b.Property(p => p.Value).HasJson();
        b.HasIndex(p => p.ProgrammeId);
    }
}
