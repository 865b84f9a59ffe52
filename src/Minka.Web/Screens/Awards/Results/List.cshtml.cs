using Microsoft.EntityFrameworkCore;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Awards.Results;

public sealed record CallResult(string Slug, string Title, CallState State, Money Budget, Money? Awarded, int Funded, DateTime? EndedAt);

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public const int Size = 50;

    public IReadOnlyList<CallResult> Calls { get; private set; } = [];

    public int PageNumber { get; private set; }

    public int Total { get; private set; }

    public override async Task LoadAsync()
    {
        PageNumber = int.TryParse(Request.Query["pagina"], out var page) && page > 0 ? page : 1;
        Total = await Published.CountAsync();
        PageNumber = Math.Min(PageNumber, Math.Max(1, (Total + Size - 1) / Size));
        Calls = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    IQueryable<Call> Published => db.Calls.Where(c => c.State != CallState.Draft);

    async Task<IReadOnlyList<CallResult>> SliceAsync(int from, int count)
    {
        var calls = await Published.OrderByDescending(c => c.EndedAt).ThenByDescending(c => c.PublishedAt).ThenBy(c => c.Id).Skip(from).Take(count).ToListAsync();
        var ids = calls.Where(c => c.State == CallState.Awarded).Select(c => c.Id).ToList();
        var runs = await db.SelectionRuns.Where(r => ids.Contains(r.CallId) && r.State == RunState.Approved).Select(r => new { r.Id, r.CallId, r.Number }).ToListAsync();
        var last = runs.GroupBy(r => r.CallId).ToDictionary(g => g.Key, g => g.MaxBy(r => r.Number)!.Id);
        var runIds = last.Values.ToList();
        var funded = (await db.AwardLines.Where(l => runIds.Contains(l.RunId) && (l.Outcome == AwardOutcome.FundedInGroup || l.Outcome == AwardOutcome.FundedFromResidual)).Select(l => new { l.CallId, l.Awarded }).ToListAsync()).ToLookup(l => l.CallId, l => l.Awarded);
        return [.. calls.Select(c => new CallResult(c.Slug, c.Title, c.State, c.Budget, last.ContainsKey(c.Id) ? funded[c.Id].SumMoney(m => m) : null, funded[c.Id].Count(), c.EndedAt))];
    }

    public TableFile ToFile() => new("resultados",
        [T["award.call"], T["award.stage"], T["award.budget"], T["award.awarded"], T["award.funded"]],
        Listing.AllAsync(SliceAsync).Select(c => (IReadOnlyList<object?>)[c.Title, T["award.call-state." + c.State.ToString().ToLowerInvariant()], c.Budget, c.Awarded, c.Awarded is null ? null : c.Funded]));
}
