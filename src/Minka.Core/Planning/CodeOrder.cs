namespace Minka.Core.Planning;

/// <summary>The order in which people count codes: P2 before P10; never dependent on a culture.</summary>
public static class CodeOrder
{
    public static readonly IComparer<string> Natural = Comparer<string>.Create(Compare);

    static int Compare(string? a, string? b)
    {
        var (left, right) = (a ?? "", b ?? "");
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var (x, y) = (Digits(left, ref i), Digits(right, ref j));
                var byValue = x.Length != y.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
                if (byValue != 0) return byValue;
                continue;
            }
            if (left[i] != right[j]) return left[i].CompareTo(right[j]);
            i++;
            j++;
        }
        var byLength = (left.Length - i).CompareTo(right.Length - j);
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }

    static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text[start..at].TrimStart('0');
    }
}
