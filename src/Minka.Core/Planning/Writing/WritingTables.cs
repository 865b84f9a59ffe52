using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Planning.Chains;

namespace Minka.Core.Planning.Writing;

sealed class StrategyPartMapping : IEntityTypeConfiguration<StrategyPart>
{
    public void Configure(EntityTypeBuilder<StrategyPart> b)
    {
        b.ToTable("StrategyParts");
        b.HasKey(p => new { p.StrategyId, p.Key });
        b.HasOne<Strategy>().WithMany().HasForeignKey(p => p.StrategyId);
    }
}

sealed class StrategyAsideMapping : IEntityTypeConfiguration<StrategyAside>
{
    public void Configure(EntityTypeBuilder<StrategyAside> b)
    {
        b.ToTable("StrategyAsides").Uncovered("waits for its writer to choose; what counts is the part");
        b.HasKey(a => new { a.StrategyId, a.Key, a.PersonId });
    }
}

sealed class StrategyVersionMapping : IEntityTypeConfiguration<StrategyVersion>
{
    public void Configure(EntityTypeBuilder<StrategyVersion> b)
    {
        b.ToTable("StrategyVersions");
        b.HasOne<Strategy>().WithMany().HasForeignKey(v => v.StrategyId);
        b.HasIndex(v => new { v.StrategyId, v.Number }).IsUnique();
    }
}

sealed class ValueChainMapping : IEntityTypeConfiguration<ValueChain>
{
    public void Configure(EntityTypeBuilder<ValueChain> b)
    {
        b.ToTable("ValueChains");
        b.Property(c => c.Seasons).HasJson();
        b.Property(c => c.Actors).HasJson();
        b.Property(c => c.Standards).HasJson();
        b.Property(c => c.Demands).HasJson();
        b.Property(c => c.Bottlenecks).HasJson();
        b.Property(c => c.Effects).HasJson();
        b.HasIndex(c => new { c.EntityId, c.Name }).IsUnique();
    }
}

sealed class AllyMapping : IEntityTypeConfiguration<Ally>
{
    public void Configure(EntityTypeBuilder<Ally> b)
    {
        b.ToTable("Allies");
        b.HasKey(a => new { a.EntityId, a.Code });
        b.Property(a => a.Chains).HasJson();
    }
}
