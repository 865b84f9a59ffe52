using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Minka.Core.Kernel;

namespace Minka.Core.Database;

/// <summary>A root with state or money: its version rises with each change, and a change of an older version is refused.</summary>
public interface IVersioned
{
    int Version { get; }
}

/// <summary>A row that is written once: a change or a deletion is refused, whoever asks.</summary>
public interface IAppendOnly;

public static class Mapping
{
    public const string UncoveredMark = "Minka:Uncovered";

    internal const string SinceMark = "Minka:Since";

    internal const string FilledMark = "Minka:Filled";

    /// <summary>Leaves a table out of the row digests, and says why. Only for tables whose loss or change proves nothing.</summary>
    public static EntityTypeBuilder<T> Uncovered<T>(this EntityTypeBuilder<T> builder, string why)
        where T : class
    {
        builder.HasAnnotation(UncoveredMark, why);
        return builder;
    }

    /// <summary>
    /// Marks a column that a later script added to a covered table: rows sealed before it have no digest of it, and hold nothing
    /// in it. Without the mark the audit would miss its digest in each of them.
    /// </summary>
    /// <param name="script">Number of the script that adds the column.</param>
    public static PropertyBuilder<T> Since<T>(this PropertyBuilder<T> property, int script)
    {
        property.IsRequired(false).HasAnnotation(SinceMark, script);
        return property;
    }

    /// <summary>
    /// The same for a column that the script filled in the rows that were there. The audit holds each row that was not sealed again since
    /// to what the script wrote.
    /// </summary>
    /// <param name="script">Number of the script that adds the column.</param>
    /// <param name="filledWith">What the script wrote, as SQL over the row: it must give the same today for a row that no act changed since.</param>
    public static PropertyBuilder<T> Since<T>(this PropertyBuilder<T> property, int script, string filledWith)
    {
        property.HasAnnotation(SinceMark, script).HasAnnotation(FilledMark, filledWith);
        return property;
    }

    /// <summary>
    /// Keeps a value as canonical JSON text in one column: for small values that are read and written whole, and never changed in
    /// place but replaced. So the same object needs no comparing and no copy.
    /// </summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(
            new ValueConverter<T, string>(v => Write(v), s => Read<T>(s)),
            new ValueComparer<T>((a, b) => ReferenceEquals(a, b) || Write(a) == Write(b), v => Write(v).GetHashCode(StringComparison.Ordinal), v => v));
        return property;
    }

    static string Write<T>(T? value) => JsonSerializer.Serialize(value, CanonicalJson.Options);

    static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, CanonicalJson.Options)!;
}
