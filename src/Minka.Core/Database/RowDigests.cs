using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Minka.Core.Database;

/// <summary>How the act left a row.</summary>
public enum RowChange
{
    Added,
    Changed,
    Deleted,
}

/// <summary>The covered columns of one table: those it was made with, then those of each later script, in the order of their names.</summary>
public sealed class CoveredTable
{
    readonly int[] counts;

    CoveredTable(IEntityType type, string name)
    {
        Name = name;
        Type = type;
        Columns = [.. type.GetProperties().OrderBy(SinceOf).ThenBy(p => p.GetColumnName(), StringComparer.Ordinal)];
        var scripts = Columns.Select(SinceOf).ToList();
        counts = [.. scripts.Distinct().Select(s => scripts.FindLastIndex(c => c == s) + 1)];
        Key = [.. type.FindPrimaryKey()!.Properties];
    }

    public string Name { get; }

    public IEntityType Type { get; }

    public IReadOnlyList<IProperty> Columns { get; }

    public IReadOnlyList<IProperty> Key { get; }

    /// <summary>Whether a seal of so many columns was whole when it was written: today, or before a later script added columns.</summary>
    public bool WasWhole(int columns) => counts.Contains(columns);

    /// <summary>What the script that added the column wrote into the rows that were there, as SQL; null where it left them empty.</summary>
    public static string? FilledWith(IProperty column) => (string?)column.FindAnnotation(Mapping.FilledMark)?.Value;

    static int SinceOf(IProperty column) => (int?)column.FindAnnotation(Mapping.SinceMark)?.Value ?? 0;

    /// <summary>All covered tables of a model. O(tables × columns).</summary>
    public static IReadOnlyList<CoveredTable> Of(IModel model) =>
        [.. model.GetEntityTypes().Where(t => !t.IsOwned()).Select(Find).OfType<CoveredTable>().OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The table of an entity type, or null where it is left out of the digests.</summary>
    public static CoveredTable? Find(IEntityType type)
    {
        var root = type.GetRootType();
        if (root.FindAnnotation(Mapping.UncoveredMark) is not null || root.GetTableName() is not { } name) return null;
        return (CoveredTable)root.GetOrAddRuntimeAnnotationValue("Minka:Covered", static r => new CoveredTable(r!, r!.GetTableName()!), root)!;
    }
}

/// <summary>
/// Salted digests of a row's columns: SHA-256(salt ‖ table ‖ column ‖ value), and over all of them the row's digest that the
/// leaf holds. Without the salt nobody can guess a value from its digest; with it, the audit names the column that changed.
/// </summary>
public static class RowDigests
{
    public const int SaltSize = 16;

    public static string KeyOf(CoveredTable table, EntityEntry entry) =>
        string.Join('|', table.Key.Select(p => Canonical(p, ToProvider(p, entry.Property(p).CurrentValue))));

    public static byte[] ColumnsOf(CoveredTable table, EntityEntry entry, byte[] salt)
    {
        var result = new byte[32 * table.Columns.Count];
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var property = table.Columns[i];
            Column(salt, table.Name, property.GetColumnName(), Canonical(property, ToProvider(property, entry.Property(property).CurrentValue)))
                .CopyTo(result, 32 * i);
        }
        return result;
    }

    /// <summary>The digest of one column.</summary>
    public static byte[] Column(byte[] salt, string table, string column, string canonical) =>
        SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{table}\n{column}\n{canonical}")]);

    /// <summary>The digest of the row, held by the leaf.</summary>
    public static string Row(ReadOnlySpan<byte> columns) => Convert.ToHexStringLower(SHA256.HashData(columns));

    /// <summary>
    /// One text for one value, whichever database holds it. <paramref name="value"/> may come from EF or raw from the driver.
    /// </summary>
    /// <exception cref="FormatException">The raw value has not the type of the column.</exception>
    public static string Canonical(IProperty property, object? value)
    {
        if (value is null or DBNull) return "-";
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => value is string s ? "s" + s : throw Wrong(value, type),
            TypeCode.Boolean => value is bool or long or int ? (Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0 ? "b1" : "b0") : throw Wrong(value, type),
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt32 =>
                value is long or int or short or uint ? "i" + Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : throw Wrong(value, type),
            TypeCode.DateTime => "t" + Instant(value, type).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            _ when type == typeof(Guid) => "g" + (value is Guid g ? g : Guid.Parse((string)value)).ToString("N"),
            _ when type == typeof(byte[]) => value is byte[] bytes ? "x" + Convert.ToHexStringLower(bytes) : throw Wrong(value, type),
            _ when type == typeof(DateOnly) => "d" + (value switch
            {
                DateOnly d => d,
                DateTime d => DateOnly.FromDateTime(d),
                string d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => throw Wrong(value, type),
            }).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when type == typeof(DateTimeOffset) => "t" + (value switch
            {
                DateTimeOffset o => o.UtcDateTime,
                DateTime d => d,
                string d => DateTimeOffset.Parse(d, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime,
                _ => throw Wrong(value, type),
            }).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"{property.DeclaringType.Name}.{property.Name}: no canonical form for {type.Name}"),
        };
    }

    static DateTime Instant(object value, Type type) => value switch
    {
        DateTime d => d,
        string s => DateTime.Parse(s, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        _ => throw Wrong(value, type),
    };

    static FormatException Wrong(object value, Type type) => new($"{value.GetType().Name} where {type.Name} is expected");

    static object? ToProvider(IProperty property, object? value) =>
        property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
}
