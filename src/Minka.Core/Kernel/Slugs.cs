using System.Globalization;
using System.Text;

namespace Minka.Core.Kernel;

/// <summary>The last part of an address: lower-case ASCII words joined by hyphens.</summary>
public static class Slugs
{
    public static string From(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length >= 60) break;
        }
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "x" : text;
    }

    /// <summary>The slug of a name, with a number appended until <paramref name="taken"/> is false.</summary>
    public static string Unique(string name, Func<string, bool> taken)
    {
        var slug = From(name);
        if (!taken(slug)) return slug;
        for (var i = 2; ; i++)
        {
            var next = $"{slug}-{i.ToString(CultureInfo.InvariantCulture)}";
            if (!taken(next)) return next;
        }
    }
}
