using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Measures.Bundling;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Screens.Observatory;
using Minka.Web.Screens.Observatory.Bundles;
using Minka.Web.Screens.Planning.Programmes;
using Country = Minka.Core.Territories.Country;

namespace Minka.Web.Screens.Planning.Bank;

/// <param name="There">Its code in the bank or in a programme of the entity; null where it is in neither.</param>
public sealed record BundleChoice(BundleMember Member, Investment Investment, string? There, Guid? Project, ProjectStage? Stage, string? Programme);

/// <summary>Takes the works of a candidate, or some of them, into the entity's bank or on into a programme: one act.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class BundleModel(AppDb db, Spending spending, Country country, TakeBundle take) : BankScreen(db)
{
    public const string ToBank = "cartera";

    public const string ToNew = "nuevo";

    [BindProperty]
    public List<string> Codes { get; set; } = [];

    /// <summary>"cartera", "nuevo", or the id of a programme.</summary>
    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public string? Together { get; set; }

    [BindProperty]
    public string? Problem { get; set; }

    [BindProperty]
    public string? Objective { get; set; }

    [BindProperty]
    public string? ProgrammeTitle { get; set; }

    [BindProperty]
    public string? Strategy { get; set; }

    /// <summary>Null where there is nothing to search now.</summary>
    public Bundle? Bundle { get; private set; }

    public string Name => Bundle is null ? T["bundles.title"] : BundleFinds.NameOf(Bundle);

    public string Province => Route("province");

    public string CandidateHref => $"/observatorio/provincia/{Province}/agrupables/{Route("centre")}";

    public IReadOnlyList<BundleChoice> Choices { get; private set; } = [];

    public IReadOnlyList<Choice> Strategies { get; private set; } = [];

    public IReadOnlyList<Choice> Targets { get; private set; } = [];

    public IReadOnlyList<ImportRecord> Sources { get; private set; } = [];

    public string DistrictsOf(BundleMember member) => Format.List([.. member.Project.Places.Select(NameOf)]);

    string NameOf(string district) => country.Find(district)?.Name ?? district;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!Entity.ProvinceCodes.Contains(Province)) throw new NotFound("territory", Province);
        var centre = BundleFinds.CodeOf(Route("centre"));
        var (_, reading) = await spending.ReadAsync(HttpContext.RequestAborted);
        if (reading is not { HasInvestments: true }) return;
        var found = BundleFinds.In(reading, country, Province, HttpContext.RequestAborted);
        Bundle = found.Find(centre) ?? throw new NotFound("bundle", centre);
        Sources = reading.Sources(PanelAmount.Costo);
        var codes = Bundle.Members.Select(m => m.Project.Code).ToList();
        var there = (await (
            from s in Db.ProjectSheets.AsNoTracking()
            where s.EntityId == Entity.Id && s.InvestmentCode != null && codes.Contains(s.InvestmentCode)
            join p in Db.Projects on s.ProjectId equals p.Id
            join g in Db.Programmes on p.ProgrammeId equals g.Id into programmes
            from g in programmes.DefaultIfEmpty()
            orderby p.Id
            select new { s.InvestmentCode, p.Id, p.Code, p.Stage, Programme = g == null ? null : g.Title }).ToListAsync(HttpContext.RequestAborted)).DistinctBy(t => t.InvestmentCode).ToDictionary(t => t.InvestmentCode!);
        Choices = [.. Bundle.Members.Select(m => there.TryGetValue(m.Project.Code, out var own)
            ? new BundleChoice(m, found.Investment(m.Project.Code), own.Code, own.Id.Value, own.Stage, own.Programme)
            : new BundleChoice(m, found.Investment(m.Project.Code), null, null, null, null))];
        Strategies = await StrategyChoices.OfAsync(Db, T, Entity.Id);
        var own = await Db.Programmes.Where(p => p.EntityId == Entity.Id).OrderBy(p => p.Title).Select(p => new { p.Id, p.Title, p.State }).ToListAsync(HttpContext.RequestAborted);
        Targets =
        [
            new(ToBank, T["bundles.take.bank"], T["bundles.take.bank-hint"]),
            .. Strategies.Count > 0 ? [new Choice(ToNew, T["bundles.take.new"], T["bundles.take.new-hint"])] : (IEnumerable<Choice>)[],
            .. own.Select(p => new Choice(p.Id.Value.ToString(), p.Title, T.Of(p.State))),
        ];
        if (!HttpMethods.IsGet(Request.Method)) return;
        Codes = [.. Choices.Where(c => c.Stage is not (ProjectStage.Discarded or ProjectStage.Closed)).Select(c => c.Member.Project.Code)];
        Where = Strategies.Count > 0 ? ToNew : ToBank;
        Strategy = Strategies.Count > 0 ? Strategies[0].Value : null;
        var places = Format.List([.. Bundle.Places.Select(NameOf)]);
        Together = Cut($"{Name}, {places}", 80);
        ProgrammeTitle = Cut(T["bundles.take.title-of", Name, places], PlanningRules.LongestName);
        Problem = T["bundles.take.problem-of", Bundle.Members.Count, Name, places];
        Objective = T["bundles.take.objective-of", Name, places];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Bundle is null) return await AgainAsync();
        var reader = new FormReader(ModelState, T);
        var chosen = Choices.Where(c => Codes.Contains(c.Member.Project.Code)).ToList();
        if (chosen.Count == 0) Fault(nameof(Codes), "rule.bank.nothing-chosen");
        var input = new BundleInput([.. chosen.Select(Registered)], reader.Text(Together, nameof(Together), 80), reader.Text(Problem, nameof(Problem), PlanningRules.LongestText), reader.Text(Objective, nameof(Objective), PlanningRules.LongestText));
        if (Where == ToNew)
        {
            if (!Guid.TryParse(Strategy, out var strategy)) Fault(nameof(Strategy), "planning.field.missing");
            input = input with { Start = new() { StrategyId = new(strategy), Title = reader.Text(ProgrammeTitle, nameof(ProgrammeTitle)), Objective = input.Objective } };
        }
        else if (Guid.TryParse(Where, out var programme))
        {
            input = input with { Into = new(programme) };
        }
        else if (Where != ToBank)
        {
            Fault(nameof(Where), "planning.field.missing");
        }
        if (!ModelState.IsValid) return await AgainAsync();
        var taken = await take.ExecuteAsync(Entity.Id, input, Actor, HttpContext.RequestAborted);
        Say("bundles.take.done", taken.Count(BundleOutcome.Added), taken.Count(BundleOutcome.Reused), taken.Count(BundleOutcome.AlreadyThere), taken.Count(BundleOutcome.NotAlive));
        return Redirect(taken.Slug is { } slug ? $"/programas/{slug}/constructor" : Home);
    }

    RegisteredInvestment Registered(BundleChoice choice)
    {
        var source = Sources.FirstOrDefault(s => s.Number == choice.Investment.Import);
        var origin = source is null ? T["bundles.origin-plain"] : T["bundles.origin", source.File, Format.DayShort(LegalTime.DayIn(source.At)), source.Number];
        return new(choice.Member.Project.Code, choice.Member.Project.Title, new(choice.Member.Project.Amount), choice.Investment.Places, choice.Investment.IsViable, Cut(origin, PlanningRules.LongestName),
            Digest.TryParse(source?.Sha256, out var digest) ? digest : null);
    }

    static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
