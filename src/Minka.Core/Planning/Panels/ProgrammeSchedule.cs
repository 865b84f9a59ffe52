namespace Minka.Core.Planning.Panels;

/// <summary>What the schedule needs of a project.</summary>
/// <param name="Start">First day of the month before which it does not begin; null: as soon as what comes before is done.</param>
/// <param name="Months">How long it lasts; null where nobody has told.</param>
/// <param name="After">Codes of what must be done before.</param>
public sealed record ScheduleInput(string Code, string Title, DateOnly? Start, int? Months, IReadOnlyList<string> After);

/// <summary>One project on the calendar.</summary>
/// <param name="Asked">The month that its sheet asks.</param>
/// <param name="First">First month of work, from 1.</param>
/// <param name="Last">Last month of work.</param>
/// <param name="Slack">Months that it may be late without the whole ending later.</param>
/// <param name="After">Codes of what must be done before.</param>
public sealed record ScheduleRow(string Code, string Title, int? Asked, int First, int Last, int Slack, IReadOnlyList<string> After)
{
    public int Months => Last - First + 1;

    public bool IsCritical => Slack == 0;

    /// <summary>What comes before ends after the month that the sheet asks.</summary>
    public bool IsMoved => Asked is { } asked && First > asked;
}

/// <summary>
/// When each project of a programme can be done: the earliest months that precedence and the sheets allow, and the longest way through
/// them, which sets the end (ruta crítica). Whole months; a project begins in the month after the last of what comes before.
/// </summary>
public sealed record ProgrammeSchedule
{
    /// <summary>By first month, then last, then code. None where the precedence runs in a circle.</summary>
    public required IReadOnlyList<ScheduleRow> Rows { get; init; }

    /// <summary>First day of month 1, the earliest that a sheet asks; null where none does.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>Months of the whole; 0 without rows.</summary>
    public required int Months { get; init; }

    /// <summary>One longest way, first to last; each of its projects begins when the one before ends.</summary>
    public required IReadOnlyList<string> Critical { get; init; }

    /// <summary>Projects whose sheet does not tell how long they last. They take no time here.</summary>
    public required IReadOnlyList<string> Untold { get; init; }

    /// <summary>The projects of a circle, first and last the same, each to be done before the next; null where there is none.</summary>
    public required IReadOnlyList<string>? Cycle { get; init; }

    /// <param name="projects">Codes in <c>After</c> that are not among them are left out of account. O(projects + links).</param>
    public static ProgrammeSchedule Of(IReadOnlyList<ScheduleInput> projects)
    {
        var byCode = projects.ToDictionary(p => p.Code, StringComparer.Ordinal);
        var before = projects.ToDictionary(p => p.Code, p => (IReadOnlyList<string>)[.. p.After.Where(byCode.ContainsKey)], StringComparer.Ordinal);
        IReadOnlyList<string> untold = [.. projects.Where(p => p.Months is null).Select(p => p.Code).Order(CodeOrder.Natural)];
        var from = projects.Min(p => p.Start);
        if (Precedence.FindCycle(before) is { } cycle) return new() { From = from, Rows = [], Months = 0, Critical = [], Untold = untold, Cycle = [.. cycle.Reverse()] };

        var order = InOrder(projects, before);
        var begin = new Dictionary<string, int>(StringComparer.Ordinal);
        var end = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var p in order)
        {
            begin[p.Code] = Math.Max(Asked(p) - 1 ?? 0, before[p.Code].Select(b => end[b]).DefaultIfEmpty(0).Max());
            end[p.Code] = begin[p.Code] + (p.Months ?? 0);
        }
        var told = projects.Where(p => p.Months is > 0).ToList();
        var whole = told.Count == 0 ? 0 : told.Max(p => end[p.Code]);
        var latest = order.ToDictionary(p => p.Code, p => Math.Max(whole, end[p.Code]), StringComparer.Ordinal);
        foreach (var p in order.Reverse())
        {
            foreach (var b in before[p.Code]) latest[b] = Math.Min(latest[b], latest[p.Code] - (p.Months ?? 0));
        }
        return new()
        {
            From = from,
            Rows = [.. told.Select(p => new ScheduleRow(p.Code, p.Title, Asked(p), begin[p.Code] + 1, end[p.Code], latest[p.Code] - end[p.Code], before[p.Code]))
                .OrderBy(r => r.First).ThenBy(r => r.Last).ThenBy(r => r.Code, CodeOrder.Natural)],
            Months = whole,
            Critical = Way(),
            Untold = untold,
            Cycle = null,
        };

        int? Asked(ScheduleInput p) => p.Start is { } start ? (start.Year - from!.Value.Year) * 12 + start.Month - from.Value.Month + 1 : null;

        List<string> Way()
        {
            var way = new List<string>();
            var at = told.Where(p => end[p.Code] == whole).OrderBy(p => p.Code, CodeOrder.Natural).FirstOrDefault()?.Code;
            while (at is not null)
            {
                if (byCode[at].Months is > 0) way.Add(at);
                var start = begin[at];
                at = before[at].Where(b => end[b] == start && start > 0).OrderBy(b => b, CodeOrder.Natural).FirstOrDefault();
            }
            way.Reverse();
            return way;
        }
    }

    /// <summary>Each after all that must come before it.</summary>
    static IReadOnlyList<ScheduleInput> InOrder(IReadOnlyList<ScheduleInput> projects, Dictionary<string, IReadOnlyList<string>> before)
    {
        var open = projects.ToDictionary(p => p.Code, p => before[p.Code].Count, StringComparer.Ordinal);
        var next = projects.SelectMany(p => before[p.Code].Select(b => (b, p))).ToLookup(x => x.b, x => x.p, StringComparer.Ordinal);
        var ready = new Queue<ScheduleInput>(projects.Where(p => open[p.Code] == 0));
        var order = new List<ScheduleInput>(projects.Count);
        while (ready.TryDequeue(out var p))
        {
            order.Add(p);
            foreach (var after in next[p.Code])
            {
                if (--open[after.Code] == 0) ready.Enqueue(after);
            }
        }
        return order;
    }
}
