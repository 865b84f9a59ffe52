using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Awards.Results;

[Public]
public sealed class ShowModel(AppDb db) : Screen, IListed
{
    /// <summary>So many lines fit in a page with their reasons.</summary>
    public const int Size = 30;

    public Call Call { get; private set; } = null!;

    public CallRules? Rules { get; private set; }

    public AwardReading? Award { get; private set; }

    public PriceModel? Price => Award?.Beside is { } beside ? new(beside, 2, $"{Address}/modelo-optimo.json") : null;

    public IReadOnlyList<TieDraw> Draws { get; private set; } = [];

    public IReadOnlyList<FilterChoice> Leagues { get; private set; } = [];

    /// <summary>The lines of this page by league.</summary>
    public IReadOnlyList<(GroupAccount Account, string Name, IReadOnlyList<NamedLine> Lines)> Groups { get; private set; } = [];

    IReadOnlyList<ResultLine> chosen = [];

    public int PageNumber { get; private set; }

    public int Total { get; private set; }

    public int Opened { get; private set; }

    public string Address => $"/resultados/{Call.Slug}";

    public string AddressOf(string league) => $"{Address}?liga={Uri.EscapeDataString(league)}";

    public string LeagueName(string code) => Rules?.Leagues.FirstOrDefault(l => l.Code == code)?.Name.In(T.Language) ?? code;

    public override async Task LoadAsync()
    {
        var slug = Route("call");
        Call = await db.Calls.SingleOrDefaultAsync(c => c.Slug == slug && c.State != CallState.Draft) ?? throw new NotFound("call", slug);
        var (id, round) = (Call.Id, Call.Round);
        if (await db.Freezes.SingleOrDefaultAsync(f => f.CallId == id && f.Round == round && f.Number == 2) is { } freeze) Rules = CallRules.Of(freeze);
        Opened = await db.OpenedApplications.CountAsync(o => o.CallId == id);
        Award = await AwardReading.PublishedAsync(db, Call);
        if (Award is null) return;
        Award = Award with { Beside = await ComparedRuns.FindAsync(db, Award.Run.Id, HttpContext.RequestAborted) };
        Draws = await db.TieDraws.Where(d => d.CallId == id && d.Beacon != null).OrderBy(d => d.Number).ToListAsync();
        var wanted = Request.Query["liga"].ToString();
        var present = Award.Lines.Select(l => l.Decision.Group).Distinct(StringComparer.Ordinal).ToList();
        Leagues = [new FilterChoice("", T["award.leagues.all"], Award.Lines.Count), .. present.Select(c => new FilterChoice(c, $"{c} {LeagueName(c)}", Award.Lines.Count(l => l.Decision.Group == c)))];
        chosen = Award.Lines.Where(l => !present.Contains(wanted) || l.Decision.Group == wanted).ToList();
        Total = chosen.Count;
        PageNumber = int.TryParse(Request.Query["pagina"], out var page) && page > 0 ? page : 1;
        PageNumber = Math.Min(PageNumber, Math.Max(1, (Total + Size - 1) / Size));
        var shown = await SliceAsync((PageNumber - 1) * Size, Size);
        Groups = [.. shown.GroupBy(l => l.Decision.Group, StringComparer.Ordinal).Select(g => (Award.Result.Groups.First(a => a.Code == g.Key), LeagueName(g.Key), (IReadOnlyList<NamedLine>)[.. g]))];
    }

    Task<IReadOnlyList<NamedLine>> SliceAsync(int from, int count) => Award!.NamedAsync(db, chosen.Skip(from).Take(count).ToList());

    public TableFile ToFile() => new($"{Call.Slug}-resultados",
        [T["award.league"], T["award.rank"], T["evaluation.file.code"], T["evaluation.file.programme"], T["evaluation.file.entity"], T["evaluation.points"], T["award.asks"], T["award.awarded"], T["award.result"], T["award.price.in"], T["award.probability"], T["award.why"]],
        Lines().Select(l => (IReadOnlyList<object?>)[$"{l.Decision.Group} {LeagueName(l.Decision.Group)}", l.Decision.RankInGroup, l.Code, l.Title, l.Entity, l.Decision.Points / 100m, new Money(l.Decision.Request), new Money(l.Decision.Awarded),
            AwardWords.Outcome(l, T), Award!.Optimum is { } optimum ? AwardWords.InOptimum(l, optimum, T) : null, Award.Probability.TryGetValue(l.Code, out var share) ? new BasisPoints(share) : null,
            AwardWords.Why(l.Decision, Award.Input, Rules!.Pack, T) + (l.Decision.IsFunded ? "" : " " + AwardWords.Needed(l.Decision, T))]));

    // Nothing to tell before the award is published.
    IAsyncEnumerable<NamedLine> Lines() => Award is null ? AsyncEnumerable.Empty<NamedLine>() : Listing.AllAsync(SliceAsync);
}
