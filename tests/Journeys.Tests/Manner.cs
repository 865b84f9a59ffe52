using System.Text.RegularExpressions;
using Minka.Web.Layout;

namespace Minka.Journeys.Tests;

/// <summary>
/// How somebody walks: in which language, at which width, with JavaScript or without. A journey is written once, in whole texts of
/// the product as they read in Spanish; in another language each is looked for as the product's own files have it there. Words that
/// are no text of the product (names, figures, what people typed) read the same in every language. "…" stands for whatever a
/// text says in a place of its own.
/// </summary>
public sealed partial record Manner(string Language, int Width, bool Script)
{
    /// <summary>The least that there is: a phone without JavaScript, in Spanish.</summary>
    public static Manner Phone { get; } = new(Texts.Spanish, 390, false);

    /// <summary>A text with places that says less than this of its own ("{0} de {1}") would be found in any name.</summary>
    const int Telling = 7;

    static readonly IReadOnlyList<(string Key, Regex Reads, int Letters)> Known = [.. Texts.Of(Texts.Spanish).Where(t => !Place().IsMatch(t.Value) || Place().Replace(t.Value, "").Length >= Telling)
        .Select(t => (t.Key, Whole(string.Concat(Place().Split(t.Value).Select((piece, i) => i % 2 == 0 ? Literal(piece) : $"(?<a{piece}>.+?)"))), Place().Replace(t.Value, "").Length))];

    /// <summary>Words that the rule packs bring and the journeys name.</summary>
    static readonly Dictionary<string, string> OfPacks = new(StringComparer.Ordinal)
    {
        ["Alianza provincial público-privada (FDD)"] = "Provincial public-private alliance (FDD)",
        ["Fondo de Desarrollo Descentralizado (FDD)"] = "Decentralised Development Fund (FDD)",
        ["Organizaciones de mujeres"] = "Women's organisations",
    };

    // Words that are no text where they stand: a user of the demonstration, columns of a file.
    static readonly HashSet<string> OnlySpanish = [.. Texts.Of(Texts.Spanish).Values.Except([.. Texts.Of(Texts.English).Values, "consejo", "cadena", "organizaciones"]).Where(t => t.Length > 3 && !Place().IsMatch(t))];

    /// <summary>Lines of an English page that read as a Spanish text of the product.</summary>
    public static IReadOnlyList<string> Untranslated(string page) => [.. page.Split('\n', '\t').Select(line => line.Trim()).Where(OnlySpanish.Contains).Distinct(StringComparer.Ordinal)];

    /// <summary>The attribute <c>lang</c> of every page.</summary>
    public string Tag => Language == Texts.Spanish ? "es-PE" : Language;

    public Regex Find(string words) => new(Pattern(words), RegexOptions.IgnoreCase);

    public Regex FindAtStart(string words) => new(@"^\s*" + Pattern(words), RegexOptions.IgnoreCase);

    public Regex FindWhole(string words) => Whole(Pattern(words));

    string Pattern(string words)
    {
        if (Language == Texts.Spanish) return Literal(words);
        if (OfPacks.TryGetValue(words, out var named)) return Literal(named);
        // The text that says most of it; where several say the same in Spanish and differ here, any of them may be meant.
        var same = Known.Select(t => (t.Key, Match: t.Reads.Match(words), t.Letters)).Where(t => t.Match.Success).GroupBy(t => t.Letters).MaxBy(g => g.Key);
        return same is null ? Literal(words) : $"(?:{string.Join('|', same.Select(t => Filled(Texts.Find(Language, t.Key), t.Match)).Distinct(StringComparer.Ordinal))})";
    }

    string Filled(string text, Match said) =>
        string.Concat(Place().Split(text).Select((piece, i) => i % 2 == 0 ? Literal(piece) : said.Groups["a" + piece] is { Success: true } arg ? Pattern(arg.Value) : ".+?"));

    // Any space stands for any: figures are parted by thin ones.
    static string Literal(string text) => text == "…" ? ".+?" : string.Join(".+?", text.Split('…').Select(part => string.Join(@"\s+", Spaces().Split(part).Select(Regex.Escape))));

    static Regex Whole(string pattern) => new($@"^\s*{pattern}\s*$", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
