using Minka.Observatory.Describing;

namespace Minka.Observatory.Importing;

/// <summary>Peru's departments by name, for files that tell no code.</summary>
internal static class Departments
{
    private static readonly string[] Names =
    [
        "amazonas", "ancash", "apurimac", "arequipa", "ayacucho", "cajamarca", "callao", "cusco", "huancavelica", "huanuco", "ica", "junin", "lalibertad", "lambayeque", "lima",
        "loreto", "madrededios", "moquegua", "pasco", "piura", "puno", "sanmartin", "tacna", "tumbes", "ucayali",
    ];

    private static readonly string[] Codes = [.. Enumerable.Range(1, Names.Length).Select(i => i.ToString("00", System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The code of a name; empty for any other text.</summary>
    public static ReadOnlySpan<char> CodeOf(ReadOnlySpan<char> name)
    {
        if (name.IsWhiteSpace() || name.Length > 60)
            return default;
        var plain = FileKind.Plain(name.ToString());
        var at = Array.IndexOf(Names, plain.StartsWith("provinciaconstitucional", StringComparison.Ordinal) ? "callao" : plain);
        return at < 0 ? default : Codes[at];
    }
}
