using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>Paper ballots of a workshop, one line a sheet, typed twice and compared sheet by sheet.</summary>
[May(Role.Secretary)]
public sealed class PaperModel(AppDb db, RunPrioritisation run) : Screen
{
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string Round { get; set; } = "1";

    [BindProperty]
    public string? Sheets { get; set; }

    public PrioritisationSession Session { get; private set; } = null!;

    public IReadOnlyList<(string Place, Tone Tone, string Text)> Statuses { get; private set; } = [];

    public string Slug => Route("entity");

    public IEnumerable<Components.Choice> Places => Session.Workshops.Select(w => new Components.Choice(w.Id, w.Place));

    public IEnumerable<Components.Choice> Rounds => [new("1", T["ballots.paper.round-1"]), new("2", T["ballots.paper.round-2"])];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        var id = PrioritisationId.From(RouteId("session"));
        Session = await (from s in db.PrioritisationSessions where s.Id == id join e in db.CoordinationEntities on s.EntityId equals e.Id where e.Slug == slug select s).SingleOrDefaultAsync() ?? throw new NotFound("prioritisation", id.Value);
        if (Session.Workshops.Count == 1) Place ??= Session.Workshops[0].Id;
        var batches = await db.PaperBatches.Where(b => b.SessionId == id).OrderBy(b => b.Round).ToListAsync();
        Statuses = [.. batches.GroupBy(b => b.WorkshopId).Select(g =>
        {
            var place = Session.Workshops.First(w => w.Id == g.Key).Place;
            if (g.Count() < 2) return (place, Tone.Attention, T["priority.batch-half", g.First().Ballots.Count, g.First().Round]);
            var differences = PaperBatch.Differences(g.First(), g.Last());
            return differences.Count == 0 ? (place, Tone.Met, T["priority.batch-agrees", g.First().Ballots.Count]) : (place, Tone.Broken, T["priority.batch-differs", differences.Take(30).ToList()]);
        })];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid) return await AgainAsync();
        var ballots = new List<Marking>();
        var lines = (Sheets ?? "").ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                ballots.Add(Read(lines[i]));
            }
            catch (RuleBroken broken)
            {
                Fault(nameof(Sheets), "rule." + PriorityRules.SheetUnreadable, i + 1, T.Of(broken));
                return await AgainAsync();
            }
        }
        await run.TypeAsync(Session.Id, Place ?? "", Round == "2" ? 2 : 1, ballots, Actor);
        return Redirect($"/entidades/{Route("entity")}/priorizaciones/{Session.Id.Value}/papel");
    }

    /// <summary>"1 4 7": options by number; with points "1=5 4=2"; in order of preference for places. "-" is blank, "x" null.</summary>
    Marking Read(string line)
    {
        var text = line.Trim();
        if (text is "-" or "–") return Session.Paper.Mark(new Dictionary<string, int>());
        if (text is "x" or "X") return new Marking(true, [.. Session.Options.Select(_ => 0)]);
        var marks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=');
            if (!int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > Session.Options.Count) throw new RuleBroken(BallotRules.OptionUnknown, pair[0]);
            var value = Session.Form switch { BallotForm.Several => 1, BallotForm.Ranking => marks.Count + 1, _ => pair.Length == 2 && int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var points) ? points : throw new RuleBroken(BallotRules.MarkWrong) };
            if (!marks.TryAdd(Session.Options[number - 1].Id, value)) throw new RuleBroken(BallotRules.MarkWrong);
        }
        if (marks.Count == 0) throw new RuleBroken(BallotRules.NothingChosen);
        return Session.Paper.Mark(marks);
    }
}
