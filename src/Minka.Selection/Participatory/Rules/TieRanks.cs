namespace Minka.Selection.Participatory;

/// <summary>The tie order as one rank a project: the lower goes first, no two are equal.</summary>
internal static class TieRanks
{
    public static int[] Of(Election election, PbSettings settings)
    {
        var field = election.Field;
        var drawn = new Dictionary<string, int>(StringComparer.Ordinal);
        if (settings.Tie == TieOrder.Drawn)
        {
            foreach (var id in settings.Drawn)
                drawn.TryAdd(id, drawn.Count);
        }

        var order = Enumerable.Range(0, field.Projects).ToArray();
        Array.Sort(order, (a, b) =>
        {
            var first = settings.Tie switch
            {
                TieOrder.Cost => field.Cost[a].CompareTo(field.Cost[b]),
                TieOrder.Votes => field.Votes[b].CompareTo(field.Votes[a]),
                TieOrder.Drawn => drawn.GetValueOrDefault(election.Projects[a].Id, int.MaxValue).CompareTo(drawn.GetValueOrDefault(election.Projects[b].Id, int.MaxValue)),
                _ => 0,
            };
            return first != 0 ? first : string.CompareOrdinal(election.Projects[a].Id, election.Projects[b].Id);
        });
        var ranks = new int[order.Length];
        for (var r = 0; r < order.Length; r++)
            ranks[order[r]] = r;
        return ranks;
    }
}
