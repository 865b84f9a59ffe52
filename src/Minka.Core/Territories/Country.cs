using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Core.Territories;

/// <summary>A file of the country pack: whom to thank, and under which licence.</summary>
/// <param name="Used">False: the file lies in the pack, but nothing was read from it.</param>
public sealed record PackSource(string Path, string Kind, string Source, string Licence, string Attribution, int? Year, Digest Sha256, bool Used);

/// <summary>Everything a country pack says, held in memory; it never changes after loading.</summary>
public sealed class Country
{
    /// <summary>Degrees beyond the outermost place that still count as the country.</summary>
    const double Margin = 1.5;

    readonly FrozenDictionary<string, Territory> byCode;
    readonly FrozenDictionary<string, Territory[]> children;
    readonly FrozenDictionary<(string Key, Level Level), Indicator> indicators;
    readonly FrozenDictionary<Level, OutlineSet> outlines;
    readonly (string Plain, Territory Territory)[] searchable;

    internal Country(PackIdentity pack, IReadOnlyList<Territory> territories, IReadOnlyList<Indicator> indicators, IReadOnlyList<OutlineSet> outlines, IReadOnlyList<PackSource> sources)
    {
        Pack = pack;
        Sources = sources;
        Indicators = indicators;
        Departments = OfLevel(Level.Department);
        Provinces = OfLevel(Level.Province);
        Districts = OfLevel(Level.District);
        byCode = territories.ToFrozenDictionary(t => t.Code);
        children = territories.Where(t => t.ParentCode is not null).GroupBy(t => t.ParentCode!)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(t => t.Code, StringComparer.Ordinal).ToArray());
        this.indicators = indicators.ToFrozenDictionary(i => (i.Key, i.Level));
        this.outlines = outlines.ToFrozenDictionary(o => o.Level);
        var points = territories.Select(t => t.Point).OfType<GeoPoint>().ToList();
        Bounds = points.Count == 0 ? null : new(
            points.Min(p => p.Longitude) - Margin, points.Min(p => p.Latitude) - Margin, points.Max(p => p.Longitude) + Margin, points.Max(p => p.Latitude) + Margin);
        searchable = [.. Departments.Concat(Provinces).Concat(Districts).Select(t => (PlainText(t.Name), t))];

        Territory[] OfLevel(Level level) => [.. territories.Where(t => t.Level == level).OrderBy(t => t.Code, StringComparer.Ordinal)];
    }

    public PackIdentity Pack { get; }

    /// <summary>Around all places that have a point, with a margin; null where none has.</summary>
    public GeoBounds? Bounds { get; }

    public IReadOnlyList<Territory> Departments { get; }

    public IReadOnlyList<Territory> Provinces { get; }

    /// <summary>Empty where the pack has none: districts can then be typed.</summary>
    public IReadOnlyList<Territory> Districts { get; }

    public IReadOnlyList<Indicator> Indicators { get; }

    public IReadOnlyList<PackSource> Sources { get; }

    public IReadOnlyList<Territory> Of(Level level) => level switch
    {
        Level.Department => Departments,
        Level.Province => Provinces,
        _ => Districts,
    };

    public Territory? Find(string? code) => code is not null && byCode.TryGetValue(code, out var territory) ? territory : null;

    /// <summary>Provinces of a department, districts of a province, in the order of their codes.</summary>
    public IReadOnlyList<Territory> ChildrenOf(string code) => children.TryGetValue(code, out var found) ? found : [];

    /// <summary>From the department down to the territory itself.</summary>
    public IReadOnlyList<Territory> PathOf(string code)
    {
        var path = new List<Territory>();
        for (var t = Find(code); t is not null; t = Find(t.ParentCode)) path.Insert(0, t);
        return path;
    }

    public IEnumerable<Indicator> IndicatorsOf(Level level) => Indicators.Where(i => i.Level == level);

    public Indicator? Indicator(string? key, Level level) => key is not null && indicators.TryGetValue((key, level), out var found) ? found : null;

    /// <summary>The outlines of a level; null where the pack draws none.</summary>
    public OutlineSet? Outlines(Level level) => outlines.TryGetValue(level, out var found) ? found : null;

    /// <summary>
    /// Territories whose code begins with the text or whose name has it, accents and case aside; names that begin
    /// with it come first, then wider levels, then codes.
    /// </summary>
    public IReadOnlyList<Territory> Search(string? text, int limit = 20)
    {
        var wanted = PlainText(text ?? "");
        if (wanted.Length == 0) return [];
        return [.. searchable
            .Where(x => x.Plain.Contains(wanted, StringComparison.Ordinal) || x.Territory.Code.StartsWith(wanted, StringComparison.Ordinal))
            .OrderBy(x => x.Plain == wanted ? 0 : x.Plain.StartsWith(wanted, StringComparison.Ordinal) ? 1 : 2)
            .ThenBy(x => x.Territory.Level)
            .ThenBy(x => x.Territory.Code, StringComparer.Ordinal)
            .Take(limit)
            .Select(x => x.Territory)];
    }

    /// <summary>Lower case without accents, single spaces: the form in which names are compared.</summary>
    public static string PlainText(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsWhiteSpace(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }
        return plain.ToString().TrimEnd();
    }
}

/// <summary>Which pack this is; the digest of its manifest binds every file in it.</summary>
public sealed record PackIdentity(string Id, string Name, string CountryCode, string Language, Digest Manifest);
