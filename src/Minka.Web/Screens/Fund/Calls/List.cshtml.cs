using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Calls;

public sealed record CallLine(Call Call, string FundName, int DaysLeft);

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "estado")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    IQueryable<Call> calls = null!;

    public IReadOnlyList<CallLine> Lines { get; private set; } = [];

    public IReadOnlyList<FilterChoice> States { get; private set; } = [];

    public int Total { get; private set; }

    public override async Task LoadAsync()
    {
        var cancel = HttpContext.RequestAborted;
        var counts = await db.Calls.Where(c => c.State != CallState.Draft).GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        States = [new("", T["call.list.all"], counts.Sum(c => c.Count)), .. counts.OrderBy(c => c.Key).Select(c => new FilterChoice(c.Key.ToString().ToLowerInvariant(), T.Of(c.Key), c.Count))];
        calls = db.Calls.Where(c => c.State != CallState.Draft);
        var wanted = counts;
        if (Enum.TryParse<CallState>(State, ignoreCase: true, out var state)) (calls, wanted) = (calls.Where(c => c.State == state), wanted.FindAll(c => c.Key == state));
        Total = wanted.Sum(c => c.Count);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Lines = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<CallLine>> SliceAsync(int from, int count)
    {
        var cancel = HttpContext.RequestAborted;
        var page = await calls.OrderByDescending(c => c.PublishedAt).ThenBy(c => c.Id).Skip(from).Take(count).ToListAsync(cancel);
        var ids = page.Select(c => c.FundId).Distinct().ToList();
        var funds = await db.Funds.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Name, cancel);
        return [.. page.Select(c => new CallLine(c, funds[c.FundId], Math.Max(0, BusinessCalendar.Peru.BusinessDaysBetween(Today, LegalTime.DayIn(c.Dates.Close.ClosesAt)))))];
    }

    public TableFile ToFile() => new("convocatorias",
        [T["call.field.title"], T["call.field.state"], T["call.field.close"], T["call.field.budget"], T["call.field.fund"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.Call.Title, T.Of(l.Call.State), l.Call.Dates.Close.ClosesAt, l.Call.Budget, l.FundName]));
}
