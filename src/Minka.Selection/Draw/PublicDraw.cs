using System.Security.Cryptography;
using System.Text;

namespace Minka.Selection.Draw;

/// <summary>One candidate's ticket in a public draw.</summary>
/// <param name="Id">The candidate.</param>
/// <param name="Ticket">SHA-256 of <c>salt|beacon|id</c> in UTF-8, as 64 lower-case hexadecimal digits.</param>
/// <param name="Position">1 for the least ticket; the one who stands first in the draw.</param>
public sealed record DrawTicket(string Id, string Ticket, int Position);

/// <summary>What is published before the date of the public source, so that nobody can choose the outcome.</summary>
/// <param name="SaltHash">SHA-256 of the secret salt's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="CandidatesHash">SHA-256 of the frozen candidate list (see <see cref="PublicDraw.HashOfCandidates"/>), 64 lower-case hexadecimal digits.</param>
public sealed record DrawCommitment(string SaltHash, string CandidatesHash);

/// <summary>What a revealed salt fails to match.</summary>
public enum DrawMismatch
{
    /// <summary>Salt and candidates are the committed ones.</summary>
    None,

    /// <summary>The salt is not the one that was committed to.</summary>
    Salt,

    /// <summary>The candidate list is not the one that was frozen.</summary>
    Candidates,
}

/// <summary>
/// A draw that anyone can repeat: commit to a secret salt and to the frozen candidate list, wait for a public source
/// that nobody controls (the beacon), reveal the salt, order the candidates by ticket.
/// </summary>
/// <remarks>
/// The shape is that of RFC 3797 (sources named in advance, a published key, a hash per place) with SHA-256 and one
/// ticket a candidate instead of MD5 and one a place, so that a candidate who leaves changes nobody else's order.
/// To verify by hand: <c>printf '%s' "$salt|$beacon|$id" | sha256sum</c> for each candidate, then sort.
/// The library has no randomness of its own: salt and beacon are arguments. Complexity: O(n log n).
/// </remarks>
public static class PublicDraw
{
    /// <summary>The length of a salt: 32 bytes, 64 hexadecimal digits.</summary>
    public const int SaltBytes = 32;

    /// <summary>The commitment to publish before the date of the public source.</summary>
    /// <param name="saltHex">The secret salt: 32 bytes from a cryptographic source, as 64 hexadecimal digits.</param>
    /// <param name="candidates">The frozen candidates, in any order.</param>
    /// <exception cref="ArgumentException">The salt is not 64 hexadecimal digits, or an id is unusable (see <see cref="Order"/>).</exception>
    public static DrawCommitment Commit(string saltHex, IReadOnlyCollection<string> candidates) =>
        new(Hex(SHA256.HashData(SaltOf(saltHex))), HashOfCandidates(candidates));

    /// <summary>Compares a revealed salt and the candidates drawn with what was committed to.</summary>
    /// <param name="commitment">What was published.</param>
    /// <param name="saltHex">The revealed salt, as 64 hexadecimal digits.</param>
    /// <param name="candidates">The candidates of the draw, in any order.</param>
    /// <returns>The first thing that does not match, or <see cref="DrawMismatch.None"/>.</returns>
    /// <exception cref="ArgumentException">The salt is not 64 hexadecimal digits, or an id is unusable.</exception>
    public static DrawMismatch Check(DrawCommitment commitment, string saltHex, IReadOnlyCollection<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        var actual = Commit(saltHex, candidates);
        return actual.SaltHash != commitment.SaltHash ? DrawMismatch.Salt
            : actual.CandidatesHash != commitment.CandidatesHash ? DrawMismatch.Candidates
            : DrawMismatch.None;
    }

    /// <summary>One ticket: SHA-256 of <c>salt|beacon|id</c> in UTF-8, exactly as written; 64 lower-case hexadecimal digits.</summary>
    /// <param name="salt">The revealed salt as it was published.</param>
    /// <param name="beacon">The public value.</param>
    /// <param name="id">The candidate.</param>
    public static string TicketOf(string salt, string beacon, string id) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}|{beacon}|{id}")));

    /// <summary>SHA-256 of the bytes that a hexadecimal salt stands for; 64 lower-case hexadecimal digits.</summary>
    /// <param name="saltHex">The salt, an even number of hexadecimal digits.</param>
    /// <exception cref="FormatException">Not hexadecimal.</exception>
    public static string CommitmentTo(string saltHex) => Hex(SHA256.HashData(Convert.FromHexString(saltHex)));

    /// <summary>SHA-256 of the ids in ordinal order, each followed by a line feed, in UTF-8; 64 lower-case hexadecimal digits.</summary>
    /// <param name="candidates">The candidates, in any order.</param>
    /// <exception cref="ArgumentException">An id is unusable.</exception>
    public static string HashOfCandidates(IReadOnlyCollection<string> candidates)
    {
        Validate(candidates);
        var text = new StringBuilder();
        foreach (var id in candidates.Order(StringComparer.Ordinal))
            text.Append(id).Append('\n');
        return Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Draws: one ticket a candidate, the least first.</summary>
    /// <param name="saltHex">The revealed salt, 64 hexadecimal digits; used in lower case.</param>
    /// <param name="beacon">The public value of the source named in advance, as published; not empty and without “|”.</param>
    /// <param name="candidates">The candidates, in any order, which has no influence.</param>
    /// <returns>The tickets in order of position.</returns>
    /// <exception cref="ArgumentException">
    /// The salt is not 64 hexadecimal digits; the beacon is empty or holds “|”; an id is empty, occurs twice, or holds
    /// “|” or a control character (two different lists could then have the same message).
    /// </exception>
    public static IReadOnlyList<DrawTicket> Order(string saltHex, string beacon, IReadOnlyCollection<string> candidates)
    {
        var salt = Hex(SaltOf(saltHex));
        if (string.IsNullOrEmpty(beacon) || beacon.Contains('|', StringComparison.Ordinal))
            throw new ArgumentException("The beacon is empty or holds '|'.", nameof(beacon));

        Validate(candidates);
        var tickets = candidates
            .Select(id => (Id: id, Ticket: TicketOf(salt, beacon, id)))
            .OrderBy(t => t.Ticket, StringComparer.Ordinal)
            .ThenBy(t => t.Id, StringComparer.Ordinal);
        return [.. tickets.Select((t, i) => new DrawTicket(t.Id, t.Ticket, i + 1))];
    }

    private static byte[] SaltOf(string saltHex)
    {
        if (saltHex is not { Length: 2 * SaltBytes } || !saltHex.All(char.IsAsciiHexDigit))
            throw new ArgumentException("The salt is not 64 hexadecimal digits.", nameof(saltHex));
        return Convert.FromHexString(saltHex);
    }

    private static void Validate(IReadOnlyCollection<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in candidates)
        {
            if (string.IsNullOrEmpty(id) || id.Any(c => c == '|' || char.IsControl(c)) || !seen.Add(id))
                throw new ArgumentException($"The candidate '{id}' is empty, occurs twice, or holds '|' or a control character.", nameof(candidates));
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
