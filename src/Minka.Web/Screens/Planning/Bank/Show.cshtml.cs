using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>The sheet of one project: for everybody to read and print, for the entity's people with what it still lacks and what may be done with it.</summary>
[Public]
public sealed class ShowModel(AppDb db, BankList list, DuplicateList duplicates, Gazetteer gazetteer, Country country, ChangeStage changeStage, TakeIntoProgramme take, ReturnToBank giveBack, RemoveFromBank remove, FileStore files) : BankScreen(db)
{
    static readonly ProjectStage[] Line = [ProjectStage.Idea, ProjectStage.Profile, ProjectStage.Viable, ProjectStage.TechnicalFile, ProjectStage.InExecution, ProjectStage.Closed];

    public Project Project { get; private set; } = null!;

    public SheetInput Sheet { get; private set; } = new();

    public IReadOnlyList<CostLine> Lines { get; private set; } = [];

    public Money Funded => Lines.SumMoney(l => l.Amount);

    public Programme? Programme { get; private set; }

    public bool MayEdit { get; private set; }

    public bool MayRead { get; private set; }

    public string? AxisName { get; private set; }

    public string AxisValue => Project.AxisId?.Value.ToString() ?? "";

    public IReadOnlyList<Choice> AxisChoices { get; private set; } = [];

    /// <summary>Programmes of the entity that hold no copy of the project yet.</summary>
    public IReadOnlyList<Choice> Programmes { get; private set; } = [];

    public IReadOnlyList<(ProjectId Id, string Code, string? Programme)> Copies { get; private set; } = [];

    public IReadOnlyList<(ProjectId Id, string Code, string Title)> Absorbed { get; private set; } = [];

    public (ProjectId Id, string Code, string Title)? MergedInto { get; private set; }

    public IReadOnlyDictionary<string, string> Places { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Outside { get; private set; } = [];

    public MapChart? Map { get; private set; }

    /// <summary>The participatory budget that the project came from.</summary>
    public (BudgetProcess Process, BudgetProposal Proposal)? Origin { get; private set; }

    /// <summary>Files of the sheet that are kept here, for who may open them.</summary>
    public IReadOnlyList<StoredFile> Kept { get; private set; } = [];

    public IReadOnlyList<(SheetPart Part, IReadOnlyList<SheetGap> Gaps)> Tasks { get; private set; } = [];

    public IReadOnlyList<string> Verbs => [.. Project.Table.Rows.Where(r => r.From == Project.Stage).Select(r => r.Verb)];

    public IReadOnlyList<Step> Steps => Components.Steps.Along(Project.Table, Project.Stage, Line, s => T.Of(s), _ => Entity.Name);

    public string Schedule => Sheet is { StartMonth: { } start, Months: { } months }
        ? T["bank.schedule.of", start.ToString("MM/yyyy", CultureInfo.InvariantCulture), start.AddMonths(months - 1).ToString("MM/yyyy", CultureInfo.InvariantCulture), months] : "–";

    public string PartHref(SheetPart part) => $"{Home}/{Project.Id.Value}/ficha/{PartModel.SlugOf(part)}";

    public string Words(SheetGap gap) => T["bank.lacks." + gap.Code, [.. gap.Args.Select(a => a is PreconditionKind kind ? Name(kind) : a)]];

    public string Name(PreconditionKind kind) => T.Language == "en" ? kind.En : kind.Es;

    public string Name(BeneficiaryGroup group) => T.Language == "en" ? group.En : group.Es;

    public static Tone ToneOf(PreconditionState state) => state switch
    {
        PreconditionState.Held => Tone.Met,
        PreconditionState.Missing => Tone.Broken,
        PreconditionState.InProcess => Tone.Attention,
        _ => Tone.Neutral,
    };

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        (MayEdit, MayRead) = (May(PlanningFinds.Editors), May(PlanningFinds.Readers));
        Project = await Db.ProjectOfAsync(Entity.Id, new(RouteId("project")));
        if (Project.Stage == ProjectStage.Discarded && !MayRead) throw new NotFound("project", Project.Id.Value);
        Sheet = (await Db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == Project.Id))?.ToInput() ?? new();
        Lines = await Db.CostLines.Where(l => l.ProjectId == Project.Id).OrderBy(l => l.Order).ToListAsync();
        Programme = Project.ProgrammeId is { } id ? await Db.ProgrammeAsync(id) : null;
        // A strategy that no assembly adopted is the entity's own.
        AxisName = Project.AxisId is { } axis
            ? await Db.Axes.Where(a => a.Id == axis).Join(Db.Strategies.Where(s => MayRead || s.State == StrategyState.InForce || s.State == StrategyState.Superseded), a => a.StrategyId, s => s.Id, (a, _) => a.Code + " " + a.Name).SingleOrDefaultAsync()
            : null;
        Places = await ProgrammeView.NamesAsync(Project.Places, gazetteer);
        Outside = (await EntityPlaces.OfAsync(Db, Entity.Id)).Outside(Project.Places);
        Map = BankMap.Of(Project, Sheet.Shape, Entity, T, country, Places);
        (Absorbed, MergedInto) = await duplicates.HistoryAsync(Project.Id);
        var gaps = SheetGaps.Of(Project, Sheet, Lines).ToLookup(g => g.Part);
        Tasks = [.. Enum.GetValues<SheetPart>().Select(part => (part, (IReadOnlyList<SheetGap>)[.. gaps[part]]))];
        if (!MayRead) return;
        Origin = await BudgetQuery.OriginOfAsync(Db, Project.Id);
        var hashes = Sheet.Documents.Select(d => d.Digest).OfType<Digest>().ToList();
        Kept = hashes.Count == 0 ? [] : [.. (await Db.Set<StoredFile>().Where(f => hashes.Contains(f.Sha256)).OrderBy(f => f.UploadedAt).ToListAsync()).DistinctBy(f => f.Sha256)];
        var family = await Db.Projects.Where(p => p.RootId == Project.RootId && p.Id != Project.Id).Select(p => new { p.Id, p.Code, p.ProgrammeId }).ToListAsync();
        var programmes = await Db.Programmes.Where(p => p.EntityId == Entity.Id).OrderBy(p => p.Title).Select(p => new { p.Id, p.Title }).ToListAsync();
        Copies = [.. family.Select(f => (f.Id, f.Code, programmes.Find(p => p.Id == f.ProgrammeId)?.Title))];
        Programmes = Project.Stage is ProjectStage.Discarded or ProjectStage.Closed ? []
            : [.. programmes.Where(p => p.Id != Project.ProgrammeId && family.All(f => f.ProgrammeId != p.Id)).Select(p => new Choice(p.Id.Value.ToString(), p.Title))];
        AxisChoices = [.. (await list.AxesAsync(Entity.Id)).Select(a => new Choice(a.Id.Value.ToString(), $"{a.Code} {a.Name}"))];
    }

    /// <summary>A file kept beside the sheet. It may bear names and numbers of persons: only the entity's people open it.</summary>
    public async Task<IActionResult> OnGetDocumentAsync(string? hash)
    {
        await LoadAsync();
        if (Person is null) return Redirect($"/entrar?volver={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        if (!MayRead) return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(hash)) return Redirect($"{Home}/{Project.Id.Value}");
        if (Kept.FirstOrDefault(f => f.Sha256.Hex == hash) is not { } file) throw new NotFound("file", hash ?? "");
        return File(await files.ReadAsync(file.Sha256), file.MediaType, file.Name);
    }

    public async Task<IActionResult> OnPostStageAsync(string verb, int seen)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await changeStage.ExecuteAsync(Entity.Id, Project.Id, verb, seen, Actor);
        Say("bank.stage-changed");
        return Redirect($"{Home}/{Project.Id.Value}");
    }

    public async Task<IActionResult> OnPostTakeAsync(Guid? into, Guid? axis)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (into is not { } programme || Programmes.All(p => p.Value != programme.ToString()))
        {
            Fault("into", "planning.field.missing");
            return await AgainAsync();
        }
        var taken = await take.ExecuteAsync(Project.Id, new(programme), axis is { } a ? new AxisId(a) : null, Actor);
        Say("bank.taken");
        return Redirect($"{Home}/{taken.Value}");
    }

    public async Task<IActionResult> OnPostReturnAsync()
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (Project.ProgrammeId is { } programme) await giveBack.ExecuteAsync(programme, Project.Id, Actor);
        Say("bank.returned");
        return Redirect($"{Home}/{Project.Id.Value}");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await remove.ExecuteAsync(Entity.Id, Project.Id, Actor);
        Say("bank.removed", Project.Title);
        return Redirect(Home);
    }
}
