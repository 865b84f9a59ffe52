using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Territories;

/// <summary>A district that the country pack lacks, typed by a person or imported from a file.</summary>
public sealed class TypedDistrict : IVersioned, IAppendOnly
{
    public const int LongestName = 120;
    public const long LargestPopulation = 100_000_000;

    /// <summary>INEI code of six digits; the first four are the province.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string ProvinceCode { get; init; }

    public long? Population { get; init; }

    public required DateTime AddedAt { get; init; }

    public int Version { get; private set; }

    public Territory AsTerritory() => new(Code, Level.District, Name, ProvinceCode, null, Population);
}

sealed class TypedDistrictMapping : IEntityTypeConfiguration<TypedDistrict>
{
    public void Configure(EntityTypeBuilder<TypedDistrict> b)
    {
        b.ToTable("TypedDistricts");
        b.HasKey(d => d.Code);
        b.Property(d => d.Code).HasMaxLength(6);
        b.Property(d => d.ProvinceCode).HasMaxLength(4);
        b.Property(d => d.Name).HasMaxLength(TypedDistrict.LongestName);
        b.HasIndex(d => d.ProvinceCode);
    }
}

public static class TerritoriesTables
{
    extension(AppDb db)
    {
        public DbSet<TypedDistrict> TypedDistricts => db.Set<TypedDistrict>();
    }
}

/// <summary>A district was typed or imported.</summary>
public sealed record DistrictAdded(string Code, string Name, long? Population) : IEvent;
