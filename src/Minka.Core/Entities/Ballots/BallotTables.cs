using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Entities.Ballots;

public static class BallotTables
{
    extension(AppDb db)
    {
        public DbSet<BallotBox> BallotBoxes => db.Set<BallotBox>();
        public DbSet<BallotParticipation> BallotParticipations => db.Set<BallotParticipation>();
        public DbSet<PaperCount> PaperCounts => db.Set<PaperCount>();
        public DbSet<Urn> Urns => db.Set<Urn>();
        public DbSet<CountedBallot> CountedBallots => db.Set<CountedBallot>();
        public DbSet<CountedCode> CountedCodes => db.Set<CountedCode>();
    }
}

sealed class BallotBoxMapping : IEntityTypeConfiguration<BallotBox>
{
    public void Configure(EntityTypeBuilder<BallotBox> b)
    {
        b.ToTable("BallotBoxes");
        b.Property(x => x.Paper).HasJson();
        b.Property(x => x.Count).HasJson();
        b.HasOne<Assembly>().WithMany().HasForeignKey(x => x.AssemblyId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(x => new { x.AssemblyId, x.OpenedAt });
        b.HasIndex(x => x.SubjectId);
    }
}

sealed class BallotParticipationMapping : IEntityTypeConfiguration<BallotParticipation>
{
    public void Configure(EntityTypeBuilder<BallotParticipation> b)
    {
        b.ToTable("BallotParticipations");
        b.HasKey(p => new { p.BoxId, p.MemberId });
        b.HasOne<BallotBox>().WithMany().HasForeignKey(p => p.BoxId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Member>().WithMany().HasForeignKey(p => p.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class PaperCountMapping : IEntityTypeConfiguration<PaperCount>
{
    public void Configure(EntityTypeBuilder<PaperCount> b)
    {
        b.ToTable("PaperCounts");
        b.HasKey(p => new { p.BoxId, p.Round });
        b.Property(p => p.Tally).HasJson();
        b.HasOne<BallotBox>().WithMany().HasForeignKey(p => p.BoxId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class UrnMapping : IEntityTypeConfiguration<Urn>
{
    // The block is always replaced whole: compared and copied byte by byte, as any array is, it costs more than to seal it.
    static readonly ValueComparer<byte[]?> Whole = new((a, b) => ReferenceEquals(a, b), a => a == null ? 0 : a.Length, a => a);

    public void Configure(EntityTypeBuilder<Urn> b)
    {
        b.ToTable("Urns");
        b.Property(u => u.Sealed).Metadata.SetValueComparer(Whole);
    }
}

sealed class CountedBallotMapping : IEntityTypeConfiguration<CountedBallot>
{
    public void Configure(EntityTypeBuilder<CountedBallot> b)
    {
        b.ToTable("CountedBallots");
        b.HasKey(c => new { c.UrnId, c.Id });
        b.Property(c => c.Marking).HasJson();
        b.HasOne<Urn>().WithMany().HasForeignKey(c => c.UrnId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class CountedCodeMapping : IEntityTypeConfiguration<CountedCode>
{
    public void Configure(EntityTypeBuilder<CountedCode> b)
    {
        b.ToTable("CountedCodes");
        b.HasKey(c => new { c.UrnId, c.Code });
        b.HasOne<Urn>().WithMany().HasForeignKey(c => c.UrnId).OnDelete(DeleteBehavior.Restrict);
    }
}
