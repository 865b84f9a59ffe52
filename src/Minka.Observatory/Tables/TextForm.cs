using System.Text;

namespace Minka.Observatory.Tables;

/// <summary>How the text of a file is to be read, where what is known of itself would be wrong.</summary>
/// <param name="Encoding">One of <see cref="Encodings"/>; <see langword="null"/> to know it from the bytes.</param>
/// <param name="Delimiter">One of <see cref="Delimiters"/>; <see langword="null"/> to know it from the first lines.</param>
public sealed record TextForm(string? Encoding = null, char? Delimiter = null)
{
    /// <summary>What parts cells.</summary>
    public const string Delimiters = ",;|\t";

    static TextForm() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Names of encodings: those known from the bytes, Windows' of western Europe, and DOS's, which old exports still have.</summary>
    public static IReadOnlyList<string> Encodings { get; } = ["utf-8", "windows-1252", "latin-1", "cp850", "utf-16"];

    /// <summary>The encoding of a name of <see cref="Encodings"/>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Encoding Of(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-16" => System.Text.Encoding.Unicode,
        "latin-1" => System.Text.Encoding.Latin1,
        "windows-1252" => System.Text.Encoding.GetEncoding(1252),
        "cp850" => System.Text.Encoding.GetEncoding(850),
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
