using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Screens.Planning.Projects;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>A line of costs as typed, with how a contribution in kind was valued.</summary>
public sealed class BankLineForm
{
    public string? Concept { get; set; }
    public string? Component { get; set; }
    public string? Source { get; set; }
    public string? Year { get; set; }
    public string? Amount { get; set; }
    public string? Valuation { get; set; }
    public string? Evidence { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Concept}{Component}{Source}{Amount}");
}

/// <summary>One part of a project's sheet: what, where, who benefits, costs, schedule, upkeep, risks, preconditions, documents.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class PartModel(AppDb db, BankList list, Gazetteer gazetteer, ChangeInBank change, ChangeSheet changeSheet, SetCostLines setLines) : BankScreen(db)
{
    static readonly IReadOnlyList<(string Slug, SheetPart Part)> Slugs =
    [
        ("que", SheetPart.What), ("donde", SheetPart.Where), ("beneficiarios", SheetPart.Beneficiaries), ("costos", SheetPart.Costs), ("cronograma", SheetPart.Schedule),
        ("mantenimiento", SheetPart.Upkeep), ("riesgos", SheetPart.Risks), ("requisitos", SheetPart.Preconditions), ("documentos", SheetPart.Documents),
    ];

    const int SpareRows = 4;

    [BindProperty]
    public ProjectForm Input { get; set; } = new();

    [BindProperty]
    public SheetForm Sheet { get; set; } = new();

    [BindProperty]
    public List<BankLineForm> Lines { get; set; } = [];

    /// <summary>Versions of project and sheet that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public int SeenSheet { get; set; }

    [BindProperty(Name = "search")]
    public string? Search { get; set; }

    public SheetPart Part { get; private set; }

    public Project Project { get; private set; } = null!;

    public SheetInput Stored { get; private set; } = new();

    public Money Funded { get; private set; }

    public Money Gap => Project.PlannedCost - Funded;

    public IReadOnlyList<PlaceGroup> Places { get; private set; } = [];

    public bool Found { get; private set; }

    public IReadOnlyList<Choice> AxisChoices { get; private set; } = [];

    public IReadOnlyList<string> Chains { get; private set; } = [];

    public IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<ProjectKind>().Select(k => new Choice(k.ToString(), T.Of(k), T[$"bank.kind-hint.{k}"]))];

    public IReadOnlyList<Choice> Shapes => [.. Enum.GetValues<ShapeKind>().Select(k => new Choice(k.ToString(), T.Of(k)))];

    public IReadOnlyList<Choice> Levels => [.. Enum.GetValues<RiskLevel>().Select(k => new Choice(k.ToString(), T.Of(k)))];

    public IReadOnlyList<Choice> States => [.. Enum.GetValues<PreconditionState>().Select(k => new Choice(k.ToString(), T.Of(k)))];

    public IReadOnlyList<Choice> Sources => [.. FundingSources.All.Select(s => new Choice(s.ToString(), T.Of(s)))];

    public string Next => Slugs.SkipWhile(s => s.Part != Part).Skip(1).Select(s => s.Slug).FirstOrDefault() is { } next ? $"{Home}/{Project.Id.Value}/ficha/{next}" : $"{Home}/{Project.Id.Value}";

    public static string SlugOf(SheetPart part) => Slugs.First(s => s.Part == part).Slug;

    public string Name(string? precondition) => PreconditionKinds.Find(precondition) is { } kind ? T.Language == "en" ? kind.En : kind.Es : precondition ?? "";

    public string GroupName(string? group) => BeneficiaryGroups.Find(group) is { } found ? T.Language == "en" ? found.En : found.Es : group ?? "";

    public static string SourceOf(string? precondition) => PreconditionKinds.Find(precondition)?.Source ?? "";

    public bool IsAsked(string? precondition) => PreconditionKinds.Find(precondition)?.IsAskedOf(Stored.Kind) == true;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var slug = Route("part");
        Part = Slugs.Where(s => s.Slug == slug).Select(s => (SheetPart?)s.Part).FirstOrDefault() ?? throw new NotFound("part", slug);
        Project = await Db.ProjectOfAsync(Entity.Id, new(RouteId("project")));
        var sheet = await Db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == Project.Id);
        Stored = sheet?.ToInput() ?? new();
        var lines = await Db.CostLines.Where(l => l.ProjectId == Project.Id).OrderBy(l => l.Order).ToListAsync();
        Funded = lines.SumMoney(l => l.Amount);
        if (HttpMethods.IsGet(Request.Method))
        {
            (Input, Sheet, Seen, SeenSheet) = (ProjectForm.Of(Project), SheetForm.Of(Stored), Project.Version, sheet?.Version ?? 0);
            Lines = [.. lines.Select(FormOf)];
            AddRows();
        }
        if (Part == SheetPart.Where) (Places, Found) = await ProjectFields.GroupsAsync(gazetteer, Entity, Input.Places, Search);
        if (Part != SheetPart.What) return;
        var axes = Project.ProgrammeId is { } programme
            ? await Db.Axes.Where(a => Db.Set<Programme>().Any(p => p.Id == programme && p.StrategyId == a.StrategyId)).ToListAsync()
            : await list.StrategyAsync(Entity.Id) is { } strategy ? await Db.Axes.Where(a => a.StrategyId == strategy.Id).ToListAsync() : [];
        AxisChoices = [.. axes.OrderBy(a => a.Code, CodeOrder.Natural).Select(a => new Choice(a.Id.Value.ToString(), $"{a.Code} {a.Name}"))];
        Chains = await list.ChainsAsync(Entity.Id);
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        await LoadAsync();
        if (go == "rows") AddRows();
        if (go is "rows" or "search") return Page();
        var reader = new FormReader(ModelState, T, "Sheet.");
        var sheet = Sheet.Read(Part, Stored, reader);
        var project = Part is SheetPart.What or SheetPart.Where or SheetPart.Beneficiaries ? ReadProject() : null;
        var (cost, lines) = Part == SheetPart.Costs ? ReadCosts() : default;
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            if (lines is not null) await setLines.ExecuteAsync(Entity.Id, Project.Id, cost, lines, Seen, Actor);
            else if (project is not null) await change.ExecuteAsync(Entity.Id, Project.Id, project, sheet, Seen, SeenSheet, Actor);
            else await changeSheet.ExecuteAsync(Entity.Id, Project.Id, sheet, SeenSheet, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            Fault("", "bank.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            ModelState.Remove(nameof(SeenSheet));
            (Seen, SeenSheet) = (Project.Version, await Db.ProjectSheets.Where(s => s.ProjectId == Project.Id).Select(s => s.Version).SingleOrDefaultAsync());
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect(go == "next" ? Next : $"{Home}/{Project.Id.Value}");
    }

    ProjectInput ReadProject()
    {
        var reader = new FormReader(ModelState, T, "Input.");
        var stored = new ProjectInput
        {
            Code = Project.Code,
            Title = Project.Title,
            Problem = Project.Problem,
            Objective = Project.Objective,
            AxisId = Project.AxisId,
            Chain = Project.Chain,
            Conglomerate = Project.Conglomerate,
            Places = Project.Places,
            BeneficiaryWomen = Project.BeneficiaryWomen,
            BeneficiaryMen = Project.BeneficiaryMen,
            Organisations = Project.Organisations,
            After = Project.After,
            PlannedCost = Project.PlannedCost,
        };
        var needed = Project.ProgrammeId is not null;
        return Part switch
        {
            SheetPart.What => stored with
            {
                Title = reader.Text(Input.Title, nameof(Input.Title)),
                Code = reader.Optional(Input.Code, nameof(Input.Code), 12) ?? Project.Code,
                Problem = needed ? reader.Text(Input.Problem, nameof(Input.Problem), PlanningRules.LongestText) : reader.Optional(Input.Problem, nameof(Input.Problem), PlanningRules.LongestText) ?? "",
                Objective = needed ? reader.Text(Input.Objective, nameof(Input.Objective), PlanningRules.LongestText) : reader.Optional(Input.Objective, nameof(Input.Objective), PlanningRules.LongestText) ?? "",
                AxisId = Guid.TryParse(Input.Axis, out var axis) ? new AxisId(axis) : null,
                Chain = reader.Optional(Input.Chain, nameof(Input.Chain), 80),
                Conglomerate = reader.Optional(Input.Conglomerate, nameof(Input.Conglomerate), 80),
            },
            SheetPart.Where => stored with { Places = Input.Places },
            _ => stored with
            {
                BeneficiaryWomen = reader.Count(Input.Women, nameof(Input.Women)),
                BeneficiaryMen = reader.Count(Input.Men, nameof(Input.Men)),
                Organisations = [.. (Input.Organisations ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            },
        };
    }

    (Money Cost, IReadOnlyList<CostLineInput> Lines) ReadCosts()
    {
        var reader = new FormReader(ModelState, T);
        if (Lines.Count > PlanningRules.MostLines) Fault("", "rule." + PlanningRules.TooManyLines, PlanningRules.MostLines);
        return (reader.Money(Input.Cost, "Input.Cost"), [.. Lines.Index().Where(l => !l.Item.IsBlank).Select(l => Read(l.Item, $"Lines[{l.Index.ToString(CultureInfo.InvariantCulture)}].", reader))]);
    }

    static CostLineInput Read(BankLineForm line, string at, FormReader reader)
    {
        var concept = reader.Text(line.Concept, at + nameof(line.Concept));
        if (!Enum.TryParse<FundingSource>(line.Source, out var source) || !Enum.IsDefined(source)) reader.Fault(at + nameof(line.Source), "planning.field.source");
        var year = reader.Year(line.Year, at + nameof(line.Year));
        var amount = reader.Money(line.Amount, at + nameof(line.Amount));
        if (amount.IsZero && MoneyText.TryParse(line.Amount, out _, out _)) reader.Fault(at + nameof(line.Amount), "rule." + PlanningRules.AmountNotPositive);
        return new(concept, reader.Optional(line.Component, at + nameof(line.Component)), source, year, amount, reader.Optional(line.Valuation, at + nameof(line.Valuation)), reader.Optional(line.Evidence, at + nameof(line.Evidence)));
    }

    void AddRows()
    {
        for (var i = 0; i < SpareRows && Lines.Count < PlanningRules.MostLines; i++) Lines.Add(new());
    }

    static BankLineForm FormOf(CostLine line) => new()
    {
        Concept = line.Concept,
        Component = line.Component,
        Source = line.Source.ToString(),
        Year = line.Year.ToString(CultureInfo.InvariantCulture),
        Amount = line.Amount.ToString(),
        Valuation = line.Valuation,
        Evidence = line.Evidence,
    };
}
