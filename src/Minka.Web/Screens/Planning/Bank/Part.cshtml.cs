using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Screens.Planning.Projects;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>One part of a project's sheet: what, where, who benefits, costs, schedule, upkeep, risks, preconditions, documents.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class PartModel(AppDb db, BankList list, Gazetteer gazetteer, ChangeInBank change, ChangeSheet changeSheet, SetCostLines setLines, FileStore files) : BankScreen(db)
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
    public List<CostLineForm> Lines { get; set; } = [];

    /// <summary>Versions of project and sheet that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public int SeenSheet { get; set; }

    /// <summary>A file to keep beside the sheet, and how it is called there.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? UploadName { get; set; }

    [BindProperty(Name = "search")]
    public string? Search { get; set; }

    public SheetPart Part { get; private set; }

    public Project Project { get; private set; } = null!;

    public SheetInput Stored { get; private set; } = new();

    public Money Funded { get; private set; }

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    IReadOnlyList<CostLineForm> StoredLines { get; set; } = [];

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
        StoredLines = [.. lines.Select(CostLineForm.Of)];
        Funded = lines.SumMoney(l => l.Amount);
        if (HttpMethods.IsGet(Request.Method))
        {
            (Input, Sheet, Seen, SeenSheet) = (ProjectForm.Of(Project), SheetForm.Of(Stored), Project.Version, sheet?.Version ?? ChangeSheet.None);
            Lines = [.. StoredLines];
            AddRows();
        }
        if (Part == SheetPart.Where) (Places, Found) = await ProjectFields.GroupsAsync(gazetteer, Entity, Input.Places, Search);
        if (Part != SheetPart.What) return;
        var axes = Project.ProgrammeId is { } programme
            ? await Db.Axes.Where(a => Db.Set<Programme>().Any(p => p.Id == programme && p.StrategyId == a.StrategyId)).ToListAsync()
            : await list.StrategyAsync(Entity.Id) is { } strategy ? await Db.Axes.Where(a => a.StrategyId == strategy.Id).ToListAsync() : [];
        AxisChoices = [.. axes.OrderBy(a => a.Code, CodeOrder.Natural).Select(a => new Choice(a.Id.Value.ToString(), $"{a.Code} {a.Name}"))];
        Chains = await list.ChainNamesAsync(Entity.Id);
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        await LoadAsync();
        if (go == "rows") AddRows();
        if (go is "rows" or "search") return Page();
        var reader = new FormReader(ModelState, T, "Sheet.");
        var sheet = Sheet.Read(Part, Stored, reader);
        var upload = Part == SheetPart.Documents ? await Applications.Upload.ReadAsync(Upload, HttpContext.RequestAborted) : null;
        if (upload?.Fault(T) is { } fault) ModelState.AddModelError(nameof(Upload), fault);
        var project = Part is SheetPart.What or SheetPart.Where or SheetPart.Beneficiaries ? ReadProject() : null;
        var (cost, lines) = Part == SheetPart.Costs ? ReadCosts() : default;
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            if (lines is not null) await setLines.ExecuteAsync(Entity.Id, Project.Id, cost, lines, Seen, Actor);
            else if (project is not null) await change.ExecuteAsync(Entity.Id, Project.Id, project, sheet, Seen, SeenSheet, Actor);
            else if (upload is not null) await KeepAsync(sheet, upload);
            else await changeSheet.ExecuteAsync(Entity.Id, Project.Id, sheet, SeenSheet, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            if (Part == SheetPart.Costs) Conflict = [new(T["planning.project.field.cost"], Input.Cost ?? "", Project.PlannedCost.ToString()), .. CostLineForm.Against([.. Lines.Where(l => !l.IsBlank)], StoredLines, T)];
            else Conflict = [.. await OfProjectAsync(), .. Differences.Of(Sheet.Read(Part, Stored, reader), Stored, T)];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            ModelState.Remove(nameof(SeenSheet));
            (Seen, SeenSheet) = (Project.Version, await Db.ProjectSheets.Where(s => s.ProjectId == Project.Id).Select(s => (int?)s.Version).SingleOrDefaultAsync() ?? ChangeSheet.None);
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect(go == "next" ? Next : $"{Home}/{Project.Id.Value}");
    }

    async Task KeepAsync(SheetInput sheet, Applications.Upload upload)
    {
        var file = await files.PutAsync(upload.Bytes, upload.Name, null, HttpContext.RequestAborted);
        var document = new ProjectDocument(string.IsNullOrWhiteSpace(UploadName) ? file.Name : UploadName.Trim(), null, file.Sha256);
        await changeSheet.ExecuteAsync(Entity.Id, Project.Id, sheet with { Documents = [.. sheet.Documents, document] }, SeenSheet, Actor, [file]);
    }

    /// <summary>The fields of the project itself that this part shows.</summary>
    async Task<IReadOnlyList<Difference>> OfProjectAsync()
    {
        var shown = Part switch
        {
            SheetPart.What => new[] { "planning.project.field.title", "planning.code", "planning.project.field.problem", "planning.project.field.objective", "planning.axis", "planning.project.field.chain", "planning.project.field.conglomerate" },
            SheetPart.Where => ["planning.places"],
            SheetPart.Beneficiaries => ["planning.project.field.women", "planning.project.field.men", "planning.project.field.organisations"],
            _ => [],
        };
        var labels = shown.Select(key => T[key]).ToHashSet(StringComparer.Ordinal);
        var stored = ProjectForm.Of(Project);
        var names = new Dictionary<string, string>(await ProgrammeView.NamesAsync([.. Input.Places.Union(stored.Places)], gazetteer));
        foreach (var axis in AxisChoices) names[axis.Value] = axis.Text;
        return [.. Input.Against(stored, T, names).Where(d => labels.Contains(d.Label) && d.Left != d.Right)];
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
        return (reader.Money(Input.Cost, "Input.Cost"), [.. Lines.Index().Where(l => !l.Item.IsBlank).Select(l => l.Item.Read(l.Index, reader))]);
    }

    void AddRows()
    {
        for (var i = 0; i < SpareRows && Lines.Count < PlanningRules.MostLines; i++) Lines.Add(new());
    }
}
