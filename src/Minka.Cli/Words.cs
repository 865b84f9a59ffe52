using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Cli;

/// <summary>The words of reports and reasons in one language: those of the screens and the command line's own.</summary>
sealed class Words(string language)
{
    public static readonly IReadOnlyList<string> Languages = ["es", "en"];

    readonly Dictionary<string, string> texts = Read(language);

    public string Of(string key, params IReadOnlyList<object?> args)
    {
        var text = texts.GetValueOrDefault(key, $"[[{key}]]");
        // A text without places may hold braces of its own.
        return args.Count == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. args.Select(Word)]);
    }

    public string Of(Reason reason) => Of("reason." + reason.Code, reason.Args);

    public string Of(RuleBroken broken) => Of("rule." + broken.Code, broken.Args);

    public string Of(FundingSource source) => Of("funding-source." + JsonNamingPolicy.KebabCaseLower.ConvertName(source.ToString()));

    public static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.#", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Money(Money amount) => "S/ " + Plain(amount);

    public static string Plain(Money amount) => (amount.Minor / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture).Replace(',', ' ');

    string Word(object? value) => value switch
    {
        null => "–",
        Money m => Money(m),
        BasisPoints b => string.Create(CultureInfo.InvariantCulture, $"{b.Value / 100}.{b.Value % 100:00} %"),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Reason r => Of(r),
        LocalText l => l.In(language),
        FundingSource s => Of(s),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    static Dictionary<string, string> Read(string language)
    {
        var assembly = typeof(Words).Assembly;
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(language + "/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) all[key] = text;
        }
        return all;
    }
}
