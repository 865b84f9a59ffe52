using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Rules;

public static class RulesTables
{
    extension(AppDb db)
    {
        public DbSet<StoredRulePack> StoredRulePacks => db.Set<StoredRulePack>();
    }
}

sealed class StoredRulePackMapping : IEntityTypeConfiguration<StoredRulePack>
{
    public void Configure(EntityTypeBuilder<StoredRulePack> b)
    {
        b.ToTable("StoredRulePacks");
        b.Property(p => p.Name).HasJson();
        b.Property(p => p.Mechanism).HasJson();
        b.HasIndex(p => new { p.PackId, p.PackVersion }).IsUnique();
    }
}
