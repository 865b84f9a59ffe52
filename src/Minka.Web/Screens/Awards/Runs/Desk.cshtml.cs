using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Web.Access;
using Minka.Web.Screens.Evaluation;

namespace Minka.Web.Screens.Awards.Runs;

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class DeskModel(AppDb db, CommitTieDraw commit, DrawTies draw, ProposeAward propose, DecideAward decide, PublishAward publish) : CallDesk(db)
{
    public static string AnchorOf(string league) => "#liga-" + league;

    public IReadOnlyList<SelectionRun> Runs { get; private set; } = [];

    public AwardReading? Latest { get; private set; }

    /// <summary>So many lines fit in a page with their reasons.</summary>
    public const int Size = 20;

    public int PageNumber { get; private set; }

    /// <summary>The lines of this page by league.</summary>
    public IReadOnlyList<(GroupAccount Account, string Name, IReadOnlyList<NamedLine> Lines)> Groups { get; private set; } = [];

    /// <summary>What would have changed each line's outcome, by running the award again.</summary>
    public IReadOnlyDictionary<string, AwardExplanation> Explanations { get; private set; } = new Dictionary<string, AwardExplanation>(StringComparer.Ordinal);

    public PriceModel? Price => Latest?.Beside is { } beside ? new(beside, 3, $"/convocatorias/{Call.Slug}/premiacion/modelo-optimo.json") : null;

    public IReadOnlyList<TieDraw> Draws { get; private set; } = [];

    public IReadOnlyList<OpenTie> OpenTies { get; private set; } = [];

    /// <summary>What still keeps the award from being proposed.</summary>
    public RuleBroken? Obstacle { get; private set; }

    public bool IsBoard => May(Role.Board);

    public string LeagueName(string code) => Rules?.Leagues.FirstOrDefault(l => l.Code == code)?.Name.In(T.Language) ?? code;

    public TieDraw? Pending => Draws.FirstOrDefault(d => d.Beacon is null);

    [BindProperty]
    public string? Beacon { get; set; }

    [BindProperty]
    public string? Witnesses { get; set; }

    [BindProperty]
    public string? Reasons { get; set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Call.Id;
        Runs = await Db.SelectionRuns.Where(r => r.CallId == id).OrderByDescending(r => r.Number).ToListAsync();
        Draws = await Db.TieDraws.Where(d => d.CallId == id).OrderBy(d => d.Number).ToListAsync();
        if (Runs.Count > 0)
        {
            Latest = await AwardReading.OfAsync(Db, Runs[0]);
            Latest = Latest with { Beside = await ComparedRuns.FindAsync(Db, Runs[0].Id, HttpContext.RequestAborted) };
            PageNumber = int.TryParse(Request.Query["pagina"], out var page) && page > 0 ? page : 1;
            var shown = await Latest.NamedAsync(Db, Latest.Lines.Skip((PageNumber - 1) * Size).Take(Size).ToList());
            Groups = [.. shown.GroupBy(l => l.Decision.Group, StringComparer.Ordinal).Select(g => (Latest.Result.Groups.First(a => a.Code == g.Key), LeagueName(g.Key), (IReadOnlyList<NamedLine>)[.. g]))];
            Explanations = AwardRanking.Explain(Latest.Input, [.. shown.Select(l => l.Code)], AwardReading.MostRuns).ToDictionary(e => e.Id, StringComparer.Ordinal);
        }
        if (Call.State != CallState.Evaluating || Rules is null) return;
        try
        {
            OpenTies = AwardRanking.OpenTies((await AwardInputs.BuildAsync(Db, Call, Rules, HttpContext.RequestAborted)).Input);
        }
        catch (RuleBroken broken)
        {
            Obstacle = broken;
        }
    }

    public Task<IActionResult> OnPostCommitAsync() => DoAsync(Role.Operator, "award.desk.committed", () => commit.ExecuteAsync(Call.Id, Actor));

    public Task<IActionResult> OnPostDrawAsync() => DoAsync(Role.Operator, "award.desk.drawn", () => draw.ExecuteAsync(Call.Id, Beacon ?? "", Witnesses ?? "", Actor));

    public Task<IActionResult> OnPostProposeAsync() => DoAsync(Role.Operator, "award.desk.proposed", () => propose.ExecuteAsync(Call.Id, Actor));

    public Task<IActionResult> OnPostApproveAsync(Guid run) => DoAsync(Role.Board, "award.desk.approved", () => decide.ApproveAsync(RunId.From(run), Actor), run);

    public Task<IActionResult> OnPostReturnAsync(Guid run) => DoAsync(Role.Board, "award.desk.returned", () => decide.ReturnAsync(RunId.From(run), Reasons ?? "", Actor), run);

    public Task<IActionResult> OnPostPublishAsync() => DoAsync(Role.Operator, "award.desk.published", () => publish.ExecuteAsync(Call.Id, Actor));

    async Task<IActionResult> DoAsync(Role role, string said, Func<Task> act, Guid? run = null)
    {
        await LoadAsync();
        if (!May(role)) return StatusCode(StatusCodes.Status403Forbidden);
        // A run is decided in its own call, where the role was checked.
        if (run is { } id && Runs.All(r => r.Id.Value != id)) return NotFound();
        await act();
        Say(said);
        return Redirect($"/convocatorias/{Call.Slug}/premiacion");
    }
}
