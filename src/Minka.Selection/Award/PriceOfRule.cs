using System.Text.Json.Serialization;
using Minka.Selection.Exact;

namespace Minka.Selection.Award;

/// <summary>What the comparison needs to know of an application, whoever selected it.</summary>
/// <param name="Id">The application, unique.</param>
/// <param name="Points">Its points, in the unit of the call.</param>
/// <param name="People">How many people it reaches; <see langword="null"/> if nobody knows.</param>
/// <param name="Places">The codes of the places that it reaches.</param>
public sealed record PricedItem(string Id, long Points, long? People, IReadOnlyList<string> Places);

/// <summary>One line of a selection.</summary>
/// <param name="Id">The application.</param>
/// <param name="Amount">What it is granted, in minor units; more than zero.</param>
public sealed record SelectedItem(string Id, long Amount);

/// <summary>The sums of one selection.</summary>
/// <param name="Items">How many applications.</param>
/// <param name="Amount">Their money, minor units.</param>
/// <param name="Points">Their points together.</param>
/// <param name="People">The people reached, as far as they are known; somebody reached twice counts twice.</param>
/// <param name="PeopleUnknown">How many applications do not say how many people they reach.</param>
/// <param name="Places">How many different places are reached.</param>
public sealed record SelectionSums(int Items, long Amount, long Points, long People, int PeopleUnknown, int Places);

/// <summary>
/// The price of the declared rule: what another selection from the same applications with the same budget, usually the proven
/// optimum, would have reached more. It compares; it never decides.
/// </summary>
public sealed record PriceOfRule
{
    /// <summary>The declared selection.</summary>
    public required SelectionSums Declared { get; init; }

    /// <summary>The other selection.</summary>
    public required SelectionSums Other { get; init; }

    /// <summary>Points that the other has more; negative if it has fewer.</summary>
    public long Points => Other.Points - Declared.Points;

    /// <summary>People that the other reaches more, as far as they are known.</summary>
    public long People => Other.People - Declared.People;

    /// <summary>Places that the other reaches more.</summary>
    public int Places => Other.Places - Declared.Places;

    /// <summary>The points of the declared selection as a share of the other's; <see langword="null"/> if the other has none.</summary>
    [JsonIgnore]
    public Fraction? ShareOfPoints => Other.Points == 0 ? null : new Fraction(Declared.Points, Other.Points);

    /// <summary>Selected by the declared rule alone, in ordinal order.</summary>
    public required IReadOnlyList<string> OnlyDeclared { get; init; }

    /// <summary>Selected by the other alone, in ordinal order.</summary>
    public required IReadOnlyList<string> OnlyOther { get; init; }

    /// <summary>The codes of places that the other reaches and the declared selection does not, in ordinal order.</summary>
    public required IReadOnlyList<string> PlacesOnlyOther { get; init; }

    /// <summary>The codes of places that the declared selection reaches and the other does not, in ordinal order.</summary>
    public required IReadOnlyList<string> PlacesOnlyDeclared { get; init; }

    /// <summary>Compares two selections.</summary>
    /// <param name="items">Everything that could be selected.</param>
    /// <param name="declared">What the declared rule selects.</param>
    /// <param name="other">What is compared with it.</param>
    /// <exception cref="ArgumentException">An id occurs twice or is unknown, or an amount is not more than zero.</exception>
    public static PriceOfRule Compare(IReadOnlyList<PricedItem> items, IReadOnlyList<SelectedItem> declared, IReadOnlyList<SelectedItem> other)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(other);
        var known = new Dictionary<string, PricedItem>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!known.TryAdd(item.Id, item))
                throw new ArgumentException($"'{item.Id}' occurs twice among the items.", nameof(items));
        }

        var (first, second) = (Of(declared, known), Of(other, known));
        return new PriceOfRule
        {
            Declared = first.Sums,
            Other = second.Sums,
            OnlyDeclared = Without(first.Ids, second.Ids),
            OnlyOther = Without(second.Ids, first.Ids),
            PlacesOnlyOther = Without(second.Places, first.Places),
            PlacesOnlyDeclared = Without(first.Places, second.Places),
        };
    }

    private static (SelectionSums Sums, HashSet<string> Ids, HashSet<string> Places) Of(IReadOnlyList<SelectedItem> selected, Dictionary<string, PricedItem> known)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var places = new HashSet<string>(StringComparer.Ordinal);
        long amount = 0, points = 0, people = 0;
        var unknown = 0;
        foreach (var line in selected)
        {
            if (line.Amount <= 0 || !known.TryGetValue(line.Id, out var item) || !ids.Add(line.Id))
                throw new ArgumentException($"'{line.Id}' is unknown, selected twice, or granted nothing.", nameof(selected));
            amount += line.Amount;
            points += item.Points;
            people += item.People ?? 0;
            unknown += item.People is null ? 1 : 0;
            places.UnionWith(item.Places);
        }

        return (new SelectionSums(ids.Count, amount, points, people, unknown, places.Count), ids, places);
    }

    private static IReadOnlyList<string> Without(HashSet<string> all, HashSet<string> those) => [.. all.Where(x => !those.Contains(x)).Order(StringComparer.Ordinal)];
}
