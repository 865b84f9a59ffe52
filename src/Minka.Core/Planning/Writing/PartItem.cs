using System.Text;
using System.Text.Json;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Writing;

/// <summary>One row of a list that people write: it has a short code by which the others name it.</summary>
public abstract record PartItem
{
    public string Code { get; init; } = "";

    /// <summary>Changes with anything in the row: what an editor saw of it.</summary>
    public string Seal() => Digest.Of(JsonSerializer.Serialize(this, GetType(), CanonicalJson.Options)).Short;
}

/// <summary>A list of one kind of rows: how it is stored, and what each row must be.</summary>
/// <param name="Key">Name of the list.</param>
/// <param name="Prefix">How its codes begin.</param>
public abstract record ItemList(string Key, string Prefix)
{
    public const int MostItems = 200;

    public abstract Type ItemType { get; }

    public abstract IReadOnlyList<PartItem> Read(string? json);

    public abstract string Write(IEnumerable<PartItem> items);

    /// <summary>Trims and checks; throws what is wrong.</summary>
    internal abstract PartItem Check(PartItem item, IReadOnlyList<PartItem> others);

    /// <summary>The list with the row added (no code) or put in the place of the one with its code.</summary>
    /// <param name="seen">Seal of the row that the editor saw; null to overwrite on purpose.</param>
    internal (IReadOnlyList<PartItem> Items, string Code) With(IReadOnlyList<PartItem> items, string? code, PartItem item, string? seen)
    {
        if (string.IsNullOrEmpty(code))
        {
            if (items.Count >= MostItems) throw new RuleBroken(WritingRules.TooManyItems, MostItems);
            var added = Check(item with { Code = Next(items) }, items);
            return ([.. items, added], added.Code);
        }
        var before = items.FirstOrDefault(i => i.Code == code) ?? throw new NotFound("item", code);
        if (seen is not null && seen != before.Seal()) throw new ChangedMeanwhile("item");
        var changed = Check(item with { Code = code }, [.. items.Where(i => i.Code != code)]);
        return ([.. items.Select(i => i.Code == code ? changed : i)], code);
    }

    internal static IReadOnlyList<PartItem> Without(IReadOnlyList<PartItem> items, string code) =>
        items.Any(i => i.Code == code) ? [.. items.Where(i => i.Code != code)] : throw new NotFound("item", code);

    string Next(IReadOnlyList<PartItem> items)
    {
        for (var n = items.Count + 1; ; n++)
        {
            var code = Prefix + n.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (items.All(i => i.Code != code)) return code;
        }
    }
}

/// <inheritdoc cref="ItemList"/>
/// <param name="Clean">Trims one row and throws what is wrong with it.</param>
/// <param name="Among">Throws what is wrong with it beside the others.</param>
public sealed record ItemList<TItem>(string Key, string Prefix, Func<TItem, TItem> Clean, Action<TItem, IReadOnlyList<TItem>>? Among = null) : ItemList(Key, Prefix)
    where TItem : PartItem
{
    public override Type ItemType => typeof(TItem);

    public override IReadOnlyList<TItem> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<TItem>>(json, CanonicalJson.Options)!;

    public override string Write(IEnumerable<PartItem> items) => Encoding.UTF8.GetString(CanonicalJson.Bytes(items.Cast<TItem>().ToList()));

    internal override PartItem Check(PartItem item, IReadOnlyList<PartItem> others)
    {
        var clean = Clean((TItem)item);
        Among?.Invoke(clean, [.. others.Cast<TItem>()]);
        return clean;
    }
}
