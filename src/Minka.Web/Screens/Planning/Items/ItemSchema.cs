using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Items;

public enum FieldKind
{
    Text,
    Area,
    Select,
    Checks,
    Count,
    Quantity,
    Money,
    Day,
    Year,
}

/// <summary>One field of a row's form, which is a column of its table too. Its label lies under <c>items.LIST.FIELD</c>, its hint under the same with <c>-hint</c>.</summary>
/// <param name="Options">Of a select or of checks.</param>
/// <param name="Label">Where it is not in the texts: the name of a season.</param>
public sealed record ItemField(string Name, FieldKind Kind = FieldKind.Text, IReadOnlyList<Choice>? Options = null, bool Optional = false, int Longest = PlanningRules.LongestName, int Width = 0, string? Label = null);

/// <summary>What the choices of a form are made of.</summary>
public sealed class ItemScene(T t)
{
    public T T => t;

    public IReadOnlyList<Choice> Axes { get; init; } = [];

    public IReadOnlyList<Choice> Objectives { get; init; } = [];

    /// <summary>Axes and objectives.</summary>
    public IReadOnlyList<Choice> Targets => [.. Axes, .. Objectives];

    public IReadOnlyList<Choice> Nodes { get; init; } = [];

    public IReadOnlyList<Choice> Catalogue { get; init; } = [];

    public IReadOnlyList<string> Seasons { get; init; } = [];

    public IReadOnlyList<Choice> Standards { get; init; } = [];

    public IReadOnlyList<Choice> Actors { get; init; } = [];

    public IReadOnlyList<Choice> Bottlenecks { get; init; } = [];

    public IReadOnlyList<Choice> Projects { get; init; } = [];

    public IReadOnlyList<Choice> Chains { get; init; } = [];

    public IReadOnlyList<Choice> Of<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(v => new Choice(v.ToString(), t.Of(v)))];
}

/// <summary>Reads the typed fields of one row; every fault is told at its field.</summary>
public sealed class ItemReader(FormReader form, IReadOnlyDictionary<string, string> values)
{
    public string Raw(string field) => values.GetValueOrDefault(field, "");

    public string Text(string field, int longest = PlanningRules.LongestName) => form.Text(Raw(field), field, longest);

    public string? Optional(string field, int longest = PlanningRules.LongestName) => form.Optional(Raw(field), field, longest);

    public TEnum Choice<TEnum>(string field)
        where TEnum : struct, Enum
    {
        if (Enum.TryParse<TEnum>(Raw(field), out var value) && Enum.IsDefined(value)) return value;
        form.Fault(field, "items.choose");
        return default;
    }

    public IReadOnlyList<string> Many(string field) => Raw(field).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public int Count(string field) => form.Count(Raw(field), field);

    public int Year(string field) => form.Year(Raw(field), field);

    public Money Money(string field) => form.Money(Raw(field), field);

    public Quantity Quantity(string field, bool signed = false, bool optional = false)
    {
        if (optional && string.IsNullOrWhiteSpace(Raw(field))) return Core.Planning.Quantity.Zero;
        if (QuantityText.TryParse(Raw(field), out var quantity, out var problem, signed)) return quantity;
        form.Fault(field, problem, Raw(field));
        return Core.Planning.Quantity.Zero;
    }

    public DateOnly Day(string field)
    {
        if (DateOnly.TryParseExact(Raw(field).Trim(), ["yyyy-MM-dd", "d/M/yyyy", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1950 and <= PlanningRules.LastYear) return day;
        form.Fault(field, string.IsNullOrWhiteSpace(Raw(field)) ? "planning.field.missing" : "items.day");
        return new(2000, 1, 1);
    }
}

/// <summary>How the rows of one list are typed and shown.</summary>
/// <param name="Slug">Its name in addresses.</param>
public abstract record ItemSchema(string Slug)
{
    public abstract ItemList List { get; }

    public string Key => List.Key;

    public abstract IReadOnlyList<ItemField> FieldsOf(ItemScene scene);

    public abstract PartItem ReadItem(ItemReader reader, ItemScene scene);

    /// <summary>The row as its form shows it.</summary>
    public abstract IReadOnlyDictionary<string, string> ValuesOf(PartItem item);

    public string LabelOf(ItemField field, T t) => field.Label ?? t[$"items.{Key}.{Kebab(field.Name)}"];

    public string? HintOf(ItemField field) => Texts.Has($"items.{Key}.{Kebab(field.Name)}-hint") ? $"items.{Key}.{Kebab(field.Name)}-hint" : null;

    /// <summary>A value of the row in words, as the table shows it.</summary>
    public static string Shown(ItemField field, string? value)
    {
        if (string.IsNullOrEmpty(value)) return "–";
        return field.Kind switch
        {
            FieldKind.Select => field.Options!.FirstOrDefault(o => o.Value == value)?.Text ?? value,
            FieldKind.Checks => string.Join("; ", value.Split(',').Select(v => field.Options!.FirstOrDefault(o => o.Value == v)?.Text ?? v)),
            FieldKind.Quantity => QuantityText.TryParse(value, out var quantity, out _, signed: true) ? quantity.ToString() : value,
            FieldKind.Money => MoneyText.TryParse(value, out var amount, out _) ? Format.Money(amount) : value,
            FieldKind.Day => DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? Format.DayShort(day) : value,
            FieldKind.Count => int.TryParse(value, out var number) ? Format.Number(number) : value,
            _ => value,
        };
    }

    static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <inheritdoc cref="ItemSchema"/>
public sealed record ItemSchema<TItem>(string Slug, ItemList<TItem> Items, Func<ItemScene, IReadOnlyList<ItemField>> Fields, Func<ItemReader, ItemScene, TItem> Read, Func<TItem, IEnumerable<(string Field, object? Value)>> Write) : ItemSchema(Slug)
    where TItem : PartItem
{
    public override ItemList List => Items;

    public override IReadOnlyList<ItemField> FieldsOf(ItemScene scene) => Fields(scene);

    public override PartItem ReadItem(ItemReader reader, ItemScene scene) => Read(reader, scene);

    public override IReadOnlyDictionary<string, string> ValuesOf(PartItem item) => Write((TItem)item).ToDictionary(v => v.Field, v => v.Value switch
    {
        null => "",
        Quantity q => q.Plain(),
        Money m => m.Written(),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> many => string.Join(',', many),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    }, StringComparer.Ordinal);
}
