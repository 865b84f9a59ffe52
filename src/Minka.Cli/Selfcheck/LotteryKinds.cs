using Minka.Selection.Draw;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>lottery.json</c>: verifiable draws.</summary>
static class LotteryKinds
{
    public static readonly IReadOnlyList<CaseKind> All =
    [
        new("lottery", c => c.InputHas("key", "pool", "n") && c.InputHasOnly("key", "pool", "n"), Numbers),
        new("lottery", c => c.InputHas("ids", "beacon", "salt") && c.InputHasOnly("ids", "beacon", "salt", "message", "commitment"), Tickets),
    ];

    static object? Numbers(KnownCase known)
    {
        var draws = Rfc3797.Draws(known.Input.GetProperty("key").GetString()!, checked((int)known.Input.Whole("pool")), checked((int)known.Input.Whole("n")));
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["selected"] = draws.Select(d => d.Number).ToList(), ["md5"] = draws.Select(d => d.Hash).ToList() };
    }

    static object? Tickets(KnownCase known)
    {
        var (salt, beacon) = (known.Input.GetProperty("salt").GetString()!, known.Input.GetProperty("beacon").GetString()!);
        var ids = known.Input.GetProperty("ids").EnumerateArray().Select(i => i.GetString()!).ToList();
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Count) throw new CaseFails("an id occurs twice");
        // Only this message is known; another one would be another draw.
        if (known.Input.TryGetProperty("message", out var message) && message.GetString()?.StartsWith("salt|beacon|id", StringComparison.Ordinal) != true) throw new CaseFails("a message of another shape");
        var commitment = PublicDraw.CommitmentTo(salt);
        if (known.Input.TryGetProperty("commitment", out var told)) CaseComparison.Compare(told, commitment, 0, "input.commitment");
        var tickets = ids.ToDictionary(i => i, object? (i) => PublicDraw.TicketOf(salt, beacon, i), StringComparer.Ordinal);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["ticket"] = tickets,
            ["order"] = ids.OrderBy(i => (string)tickets[i]!, StringComparer.Ordinal).ThenBy(i => i, StringComparer.Ordinal).ToList(),
            ["commitment"] = commitment,
        };
    }
}
