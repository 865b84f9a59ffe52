using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Web.Layout;

/// <summary>All texts of the product, by language and key: the files under Text/, read once.</summary>
public static class Texts
{
    public const string Spanish = "es";
    public const string English = "en";

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage =
        new[] { Spanish, English }.ToFrozenDictionary(l => l, Read, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    public static IReadOnlyDictionary<string, string> Of(string language) => ByLanguage[language];

    /// <summary>The text of the key in the language, or the key in brackets, which a test finds on any page.</summary>
    public static string Find(string language, string key) => ByLanguage[language].GetValueOrDefault(key, $"[[{key}]]");

    public static bool Has(string key) => ByLanguage[Spanish].ContainsKey(key);

    static FrozenDictionary<string, string> Read(string language)
    {
        var assembly = typeof(Texts).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains($".Text.{language}.", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!texts.TryAdd(key, text)) throw new InvalidOperationException($"{name}: the key {key} stands in two files");
            }
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>The texts of this request's language: <c>@T["fund.call.open", deadline]</c>.</summary>
public sealed class T
{
    public string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Texts.English ? Texts.English : Texts.Spanish;

    public string this[string key] => Texts.Find(Language, key);

    public string this[string key, params IReadOnlyList<object?> args] => Fill(Texts.Find(Language, key), args);

    /// <summary>Says something in a language that is not the request's.</summary>
    public static string In(string language, Func<string> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == Texts.English ? "en" : "es-PE");
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>The text of <paramref name="one"/> when the count is 1, else of <paramref name="many"/>; <c>{0}</c> is the count.</summary>
    public string Count(long count, string one, string many) => this[count == 1 ? one : many, count];

    /// <summary>A reason in words.</summary>
    public string Of(Reason reason) => this["reason." + reason.Code, reason.Args];

    /// <summary>A broken rule in words.</summary>
    public string Of(RuleBroken broken) => this["rule." + broken.Code, broken.Args];

    /// <summary>The word for a value of an enumeration: key <c>call-state.integrated</c>.</summary>
    public string Of(Enum value) => this[$"{Kebab(value.GetType().Name)}.{Kebab(value.ToString())}"];

    string Fill(string text, IReadOnlyList<object?> args)
    {
        if (args.Count == 0) return text;
        var words = new object[args.Count];
        for (var i = 0; i < words.Length; i++) words[i] = Word(args[i]);
        try
        {
            return string.Format(CultureInfo.InvariantCulture, text, words);
        }
        catch (FormatException)
        {
            return $"[[{text}]]";
        }
    }

    string Word(object? value) => value switch
    {
        null => "–",
        string s => s,
        Money m => Format.Money(m.Minor),
        BasisPoints b => Format.Percent(b.Value),
        DateOnly d => Format.Day(d),
        DateTime i => Format.Instant(i),
        Deadline d => Format.Instant(d.ClosesAt),
        Digest d => d.Short,
        int n => Format.Number(n),
        long n => Format.Number(n),
        Reason r => Of(r),
        Enum e => Of(e),
        LocalText l => l.In(Language),
        System.Collections.IEnumerable list => Format.List([.. list.Cast<object?>().Select(Word)]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
