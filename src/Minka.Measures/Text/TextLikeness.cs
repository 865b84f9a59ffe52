using System.Globalization;
using System.Text;

namespace Minka.Measures.Text;

/// <summary>Two texts that say much the same.</summary>
/// <param name="First">Index of the first text, the lower one.</param>
/// <param name="Second">Index of the second text.</param>
/// <param name="Likeness">Cosine of the two, from 0 to 1.</param>
/// <param name="Shared">The words that make the likeness, the heaviest first, without case and accents.</param>
public sealed record AlikeTexts(int First, int Second, double Likeness, IReadOnlyList<string> Shared);

/// <summary>
/// How much short texts (titles, objectives) say the same: the cosine of their words, each weighted by how rare it is among all texts
/// (TF-IDF). Case, accents, punctuation, Spanish link words and the plural do not count; digits do.
/// </summary>
/// <remarks>
/// Weight of a word in a text: (1 + ln n) · (ln((1 + N) / (1 + d)) + 1), where n is its count in the text, N the number of texts and d the texts that
/// hold it; each text is scaled to length 1. Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), §6.2 to 6.4.
/// A word that every text holds still weighs 1, so that two texts alone can be compared. Building: O(words). A pair: O(words of the shorter).
/// </remarks>
public sealed class TextLikeness
{
    private static readonly HashSet<string> LinkWords = new(StringComparer.Ordinal)
    {
        "a", "al", "ante", "con", "como", "de", "del", "desde", "el", "en", "entre", "es", "esta", "este", "hacia", "hasta", "la", "las", "lo", "los", "mas", "no", "o",
        "para", "por", "que", "se", "sin", "sobre", "su", "sus", "un", "una", "y", "e", "u", "the", "of", "and", "for", "in",
    };

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<string> _spelled = [];
    private readonly (int Word, double Weight)[][] _texts;

    /// <summary>Weighs a set of texts.</summary>
    /// <param name="texts">In any order; an empty one is like no other.</param>
    public TextLikeness(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var counts = texts.Select(CountsOf).ToList();
        var holders = new int[_words.Count];
        foreach (var words in counts)
        {
            foreach (var word in words.Keys)
                holders[word]++;
        }

        _texts = [.. counts.Select(words => Scaled(words, holders, texts.Count))];
    }

    /// <summary>The words of a text that count, in their order: lower case, without accents, link words and plural endings.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<string> WordsOf(string text) => [.. Split(text).Select(w => w.Stem)];

    /// <summary>Cosine of two texts of the set, from 0 (no word in common) to 1 (the same words in the same proportion).</summary>
    /// <param name="first">Index of one.</param>
    /// <param name="second">Index of the other.</param>
    public double Of(int first, int second)
    {
        var (a, b) = (_texts[first], _texts[second]);
        var (i, j, sum) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Word == b[j].Word)
                sum += a[i++].Weight * b[j++].Weight;
            else if (a[i].Word < b[j].Word)
                i++;
            else
                j++;
        }

        return Math.Min(1, sum);
    }

    /// <summary>Pairs at least so much alike, the most alike first, then by their indexes.</summary>
    /// <param name="least">From above 0 to 1.</param>
    /// <param name="most">At most so many pairs.</param>
    /// <remarks>Only pairs that share a word are looked at: O(Σ over words of holders²) at worst.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is not in (0, 1].</exception>
    public IReadOnlyList<AlikeTexts> Pairs(double least, int most = int.MaxValue)
    {
        if (least is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(least), least, "from above 0 to 1");
        var holders = new List<(int Text, double Weight)>?[_spelled.Count];
        var found = new List<(int First, int Second, double Likeness)>();
        var sums = new double[_texts.Length];
        var touched = new List<int>();
        for (var text = 0; text < _texts.Length; text++)
        {
            foreach (var (word, weight) in _texts[text])
            {
                foreach (var (other, otherWeight) in holders[word] ?? [])
                {
                    if (sums[other] == 0)
                        touched.Add(other);
                    sums[other] += weight * otherWeight;
                }
            }

            foreach (var other in touched)
            {
                if (sums[other] >= least - 1e-12)
                    found.Add((other, text, Math.Min(1, sums[other])));
                sums[other] = 0;
            }

            touched.Clear();
            foreach (var (word, weight) in _texts[text])
                (holders[word] ??= []).Add((text, weight));
        }

        return [.. found.OrderByDescending(p => p.Likeness).ThenBy(p => p.First).ThenBy(p => p.Second).Take(most).Select(p => new AlikeTexts(p.First, p.Second, p.Likeness, SharedBy(p.First, p.Second)))];
    }

    /// <summary>The words that two texts share, the ones that weigh most first; at most eight.</summary>
    /// <param name="first">Index of one.</param>
    /// <param name="second">Index of the other.</param>
    public IReadOnlyList<string> SharedBy(int first, int second)
    {
        var other = _texts[second].ToDictionary(w => w.Word, w => w.Weight);
        return [.. _texts[first].Where(w => other.ContainsKey(w.Word)).OrderByDescending(w => w.Weight * other[w.Word]).ThenBy(w => w.Word).Take(8).Select(w => _spelled[w.Word])];
    }

    private static (int Word, double Weight)[] Scaled(SortedDictionary<int, int> words, int[] holders, int texts)
    {
        var weighed = words.Select(w => (w.Key, Weight: (1 + Math.Log(w.Value)) * (Math.Log((1.0 + texts) / (1 + holders[w.Key])) + 1))).ToArray();
        var length = Math.Sqrt(weighed.Sum(w => w.Weight * w.Weight));
        return [.. weighed.Select(w => (w.Key, w.Weight / length))];
    }

    /// <summary>Every word of a text in its order, link words too.</summary>
    /// <returns>Its stem, the word in lower case without accents, and the word in lower case with them.</returns>
    internal static IEnumerable<(string Stem, string Spelled, string Written)> AllWords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (word, written) = (new StringBuilder(), new StringBuilder());
        foreach (var c in text.Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                written.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                if (word.Length > 0)
                    written.Append(c);
            }
            else if (word.Length > 0)
            {
                var spelled = word.ToString();
                yield return (Singular(spelled), spelled, written.ToString().Normalize(NormalizationForm.FormC));
                word.Clear();
                written.Clear();
            }
        }
    }

    /// <summary>Whether a word, in lower case without accents, only ties others together.</summary>
    internal static bool IsLink(string spelled) => LinkWords.Contains(spelled);

    private static IEnumerable<(string Stem, string Spelled)> Split(string text) =>
        AllWords(text).Where(w => !IsLink(w.Spelled)).Select(w => (w.Stem, w.Spelled));

    // Spanish plurals: canales → canal, reservorios → reservorio. Short words and numbers stay.
    private static string Singular(string word)
    {
        if (word.Length < 5 || char.IsAsciiDigit(word[^1]) || word[^1] != 's')
            return word;
        return word[^2] == 'e' && (word[^3] is 'l' or 'n' or 'r' or 'd') ? word[..^2] : word[..^1];
    }

    private SortedDictionary<int, int> CountsOf(string text)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var (stem, spelled) in Split(text))
        {
            if (!_words.TryGetValue(stem, out var word))
            {
                _words[stem] = word = _spelled.Count;
                _spelled.Add(spelled);
            }

            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return counts;
    }
}
