using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Minka.Core.Kernel;

namespace Minka.Core.Database;

/// <summary>
/// The one database. Outside an act it only reads: pages and queries get it without tracking, and a save throws.
/// Each context adds its tables in its own folder (<c>IEntityTypeConfiguration</c> and extension properties).
/// </summary>
public sealed class AppDb(DbContextOptions<AppDb> options) : DbContext(options)
{
    /// <summary>The act under way, or null when reading.</summary>
    internal Work? Work { get; set; }

    /// <summary>The writer's own: one for all acts of a batch, so the scope of one act does not dispose of it.</summary>
    internal bool IsOfLane { get; init; }

    /// <summary>Forgets the last act, kept or not.</summary>
    internal void Forget()
    {
        Work = null;
        ChangeTracker.Clear();
        ChangeTracker.AutoDetectChangesEnabled = true;
    }

    public override void Dispose()
    {
        if (!IsOfLane) base.Dispose();
    }

    public override ValueTask DisposeAsync() => IsOfLane ? ValueTask.CompletedTask : base.DisposeAsync();

    internal ValueTask DisposeOfLaneAsync() => base.DisposeAsync();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes())
        {
            if (typeof(IVersioned).IsAssignableFrom(type.ClrType))
                type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            foreach (var property in type.GetProperties().Where(p => p.IsPrimaryKey() && p.ClrType.IsValueType))
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyColumn>();
        configurationBuilder.Properties<BasisPoints>().HaveConversion<BasisPointsColumn>();
        configurationBuilder.Properties<Digest>().HaveConversion<DigestColumn>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcColumn>();
        foreach (var type in typeof(AppDb).Assembly.GetTypes())
        {
            if (type.IsEnum)
                configurationBuilder.Properties(type).HaveConversion(typeof(EnumToStringConverter<>).MakeGenericType(type));
            else if (type.IsValueType && !type.IsGenericType && typeof(ITypedId).IsAssignableFrom(type))
                configurationBuilder.Properties(type).HaveConversion(typeof(TypedIdColumn<>).MakeGenericType(type));
        }
    }

    sealed class MoneyColumn() : ValueConverter<Money, long>(m => m.Minor, v => new Money(v));

    sealed class BasisPointsColumn() : ValueConverter<BasisPoints, int>(m => m.Value, v => new BasisPoints(v));

    sealed class DigestColumn() : ValueConverter<Digest, string>(d => d.Hex, s => new Digest(s));

    // SQLite keeps no kind and cannot order DateTimeOffset: instants are UTC DateTimes whose kind is given back here.
    sealed class UtcColumn() : ValueConverter<DateTime, DateTime>(
        d => d.Kind == DateTimeKind.Utc ? d : DateTime.SpecifyKind(d, DateTimeKind.Utc),
        d => DateTime.SpecifyKind(d, DateTimeKind.Utc));

    sealed class TypedIdColumn<T>() : ValueConverter<T, Guid>(id => id.Value, g => Make(g))
        where T : struct, ITypedId<T>
    {
        // An expression tree may not call a static abstract member itself.
        static T Make(Guid value) => T.From(value);
    }
}
