using Minka.Measures.Text;

namespace Minka.Measures.Bundling;

/// <summary>Words of titles that do not tell what is built; all in lower case without accents, in the singular as <see cref="TextLikeness.WordsOf"/> writes them.</summary>
/// <param name="Actions">What is done to the thing, not the thing: «creación», «mejoramiento», «servicio».</param>
/// <param name="Places">Words after which a title says where and no longer what: «distrito», «localidad», «en».</param>
public sealed record WorkWords(IReadOnlySet<string> Actions, IReadOnlySet<string> Places)
{
    /// <summary>No word is left out, none ends the thing.</summary>
    public static WorkWords None { get; } = new(new HashSet<string>(), new HashSet<string>());
}

/// <summary>What a project builds, as its title says it.</summary>
public static class WorkTitle
{
    /// <summary>Words kept of a title that never comes to its place.</summary>
    public const int MostWords = 12;

    /// <summary>
    /// The words of a title that name the thing: those before the first word of place, without words of action, link words, words of one or two
    /// letters and words with a digit. «MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERÍO EL PALTO» is «canal riego».
    /// </summary>
    /// <param name="title">A title as registered.</param>
    /// <param name="words">Which words are left out and which end the thing.</param>
    /// <returns>
    /// Stem and written form of each, in their order, at most <see cref="MostWords"/>; repeated words once. A word of place before any other word ends
    /// nothing: «EN LA LOCALIDAD DE X, CANAL» still is something. Empty for a title of left-out words alone.
    /// </returns>
    /// <remarks>O(length of the title).</remarks>
    public static IReadOnlyList<(string Stem, string Written)> ObjectOf(string title, WorkWords words)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(words);
        var found = new List<(string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (stem, spelled, written) in TextLikeness.AllWords(title))
        {
            if (words.Places.Contains(stem) || words.Places.Contains(spelled))
            {
                if (found.Count > 0)
                    break;
                continue;
            }

            if (TextLikeness.IsLink(spelled) || words.Actions.Contains(stem) || spelled.Length < 3 || spelled.Any(char.IsDigit) || !seen.Add(stem))
                continue;
            found.Add((stem, written));
            if (found.Count == MostWords)
                break;
        }

        return found;
    }
}
