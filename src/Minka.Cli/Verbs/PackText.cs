using System.Globalization;
using System.Text.Json;
using Minka.Core.Territories.Packs;

namespace Minka.Cli.Verbs;

/// <summary>The faults of a country pack in the words of the screens; the story speaks Spanish.</summary>
static class PackText
{
    static readonly Dictionary<string, string> Texts = Read();

    public static string Refused => Texts["pack.refused"];

    /// <summary>File, line, column, what is wrong.</summary>
    public static string LineOf(PackFault fault)
    {
        var words = Texts.TryGetValue("pack." + fault.Code, out var text) ? string.Format(CultureInfo.InvariantCulture, text, [.. fault.Args]) : fault.Code;
        return fault.Line is { } line
            ? string.Format(CultureInfo.InvariantCulture, Texts["pack.line"], fault.File, line, fault.Column, words)
            : string.Format(CultureInfo.InvariantCulture, Texts["pack.whole"], fault.File, words);
    }

    static Dictionary<string, string> Read()
    {
        using var stream = typeof(PackText).Assembly.GetManifestResourceStream("territories.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
