using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Agreements;

public static class AgreementTables
{
    extension(AppDb db)
    {
        public DbSet<Agreement> Agreements => db.Set<Agreement>();
        public DbSet<Tranche> Tranches => db.Set<Tranche>();
    }
}

sealed class AgreementMapping : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> b)
    {
        b.ToTable("Agreements");
        b.HasIndex(a => a.CallId);
        b.HasIndex(a => a.ApplicationId);
        b.HasIndex(a => new { a.FundId, a.Number }).IsUnique();
        b.HasIndex(a => a.State);
        b.HasIndex(a => new { a.FundId, a.State, a.DraftedAt, a.Id });
        b.HasIndex(a => new { a.DraftedAt, a.Number }).IsDescending(true, false);
    }
}

sealed class TrancheMapping : IEntityTypeConfiguration<Tranche>
{
    public void Configure(EntityTypeBuilder<Tranche> b)
    {
        b.ToTable("Tranches");
        b.HasKey(t => new { t.AgreementId, t.Number });
        b.Property(t => t.Gates).HasJson();
    }
}
