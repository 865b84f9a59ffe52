using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>A project (or axis) that an assembly may fund.</summary>
/// <param name="Id">Its identifier: unique in the election, compared in ordinal order where ties are broken by it.</param>
/// <param name="Cost">What it costs, in the currency of the election; never negative. Zero is allowed.</param>
public sealed record Project(string Id, Fraction Cost)
{
    /// <summary>Its title for people; the identifier where the source has none.</summary>
    public string Name { get; init; } = Id;

    /// <summary>The official result where the source carries one: 1 funded, 0 not; other values are the source's own codes.</summary>
    public int? Selected { get; init; }

    /// <summary>Every further column of the source (category, latitude, official score…), as written there.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>(0);
}
