using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>What is chosen, with how much, by which rule and where. Options come from a list that is typed, or from a .pb file.</summary>
[May(Role.Secretary), RequestFormLimits(MultipartBodyLengthLimit = 2 * 1024 * 1024)]
public sealed class DraftModel(AppDb db, RunPrioritisation run) : Screen
{
    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Budget { get; set; }

    [BindProperty]
    public string? List { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public BallotForm Form { get; set; } = BallotForm.Several;

    [BindProperty]
    public int Most { get; set; } = 3;

    [BindProperty]
    public string? Rule { get; set; }

    [BindProperty]
    public string? Places { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public static IReadOnlyCollection<string> Drawings => Pictograms.Names;

    public IEnumerable<Components.Choice> Forms => new[] { BallotForm.Several, BallotForm.Points, BallotForm.Ranking }.Select(f => new Components.Choice(f.ToString(), T.Of(f)));

    public IEnumerable<Components.Choice> Rules => PriorityWords.Rules.Select(r => new Components.Choice(r.Key, T["selection.rule." + r.Key], T["selection.rule." + r.Key + ".hint"]));

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Rule ??= PriorityWords.Rules[0].Key;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid) return await AgainAsync();
        var budget = PriorityWords.Amount(Budget);
        var options = Upload is { Length: > 0 } ? FromFile(ref budget) : FromList();
        if (options is null) return await AgainAsync();
        var places = (Places ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rule = PriorityWords.Rules.FirstOrDefault(r => r.Key == Rule).Rule ?? PriorityWords.Rules[0].Rule;
        var id = await run.DraftAsync(Entity.Id, new PrioritisationInput(Subject ?? "", budget ?? default, Form, Form == BallotForm.Ranking ? Math.Min(Most, options.Count) : Most, options, rule,
            [.. places.Select((p, i) => new Workshop(string.Create(CultureInfo.InvariantCulture, $"t{i + 1}"), p))]), Actor);
        return Redirect($"/entidades/{Entity.Slug}/priorizaciones/{id.Value}");
    }

    List<PriorityOption>? FromFile(ref Money? budget)
    {
        try
        {
            using var stream = Upload!.OpenReadStream();
            var election = PabulibReader.Read(stream, Path.GetFileName(Upload.FileName));
            budget ??= Money(election.Budget);
            return [.. election.Projects.Select(p => new PriorityOption(p.Id, p.Name, Money(p.Cost), null, null))];
        }
        catch (InvalidElectionException faulty)
        {
            Fault(nameof(Upload), "selection.fault", faulty.Line, faulty.Column, T.Of(faulty.Fault));
            return null;
        }
    }

    List<PriorityOption>? FromList()
    {
        var options = new List<PriorityOption>();
        var lines = (List ?? "").ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var cells = lines[i].Split(';', StringSplitOptions.TrimEntries);
            if (cells.Length is < 2 or > 4 || cells[0].Length is 0 or > 200 || PriorityWords.Amount(cells[1]) is not { } cost)
            {
                Fault(nameof(List), "rule." + PriorityRules.OptionUnreadable, i + 1);
                return null;
            }
            string? Cell(int at) => cells.Length > at && cells[at].Length > 0 ? cells[at] : null;
            options.Add(new PriorityOption(string.Create(CultureInfo.InvariantCulture, $"{options.Count + 1}"), cells[0], cost, Cell(2), Cell(3)?.ToLowerInvariant()));
        }
        return options;
    }

    static Money Money(Fraction soles) => new((long)(soles * 100).RoundHalfUp());
}
