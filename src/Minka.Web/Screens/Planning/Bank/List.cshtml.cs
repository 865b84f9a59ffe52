using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>The ideas and projects of a territory, for everybody; discarded ones only for the entity's people.</summary>
[Public]
public sealed class ListModel(AppDb db, BankList list, Gazetteer gazetteer) : BankScreen(db), IListed
{
    IReadOnlyDictionary<string, string> names = new Dictionary<string, string>();

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "etapa")]
    public string? Etapa { get; set; }

    [BindProperty(SupportsGet = true, Name = "tipo")]
    public string? Tipo { get; set; }

    /// <summary>Code of the axis.</summary>
    [BindProperty(SupportsGet = true, Name = "eje")]
    public string? Eje { get; set; }

    [BindProperty(SupportsGet = true, Name = "cadena")]
    public string? Cadena { get; set; }

    /// <summary>Code of a province or district.</summary>
    [BindProperty(SupportsGet = true, Name = "lugar")]
    public string? Lugar { get; set; }

    /// <summary>"programa" or "cartera".</summary>
    [BindProperty(SupportsGet = true, Name = "en")]
    public string? En { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? PageText { get; set; }

    public bool MayEdit { get; private set; }

    public bool MayRead { get; private set; }

    public IReadOnlyList<StageTotal> Stages { get; private set; } = [];

    public IReadOnlyList<AxisHolding> Axes { get; private set; } = [];

    public BankPage Shown { get; private set; } = new([], 1, 0);

    public IReadOnlyList<Choice> StageChoices => [.. Enum.GetValues<ProjectStage>().Where(s => MayRead || s != ProjectStage.Discarded).Select(s => new Choice(s.ToString(), T.Of(s)))];

    public IReadOnlyList<Choice> KindChoices => [.. Enum.GetValues<ProjectKind>().Select(k => new Choice(k.ToString(), T.Of(k)))];

    public IReadOnlyList<Choice> AxisChoices => [.. Axes.Select(a => new Choice(a.Code, $"{a.Code} {a.Name}"))];

    public IReadOnlyList<Choice> ChainChoices { get; private set; } = [];

    public IReadOnlyList<Choice> PlaceChoices { get; private set; } = [];

    public IReadOnlyList<Choice> WhereChoices => [new("cartera", T["bank.where.bank"]), new("programa", T["bank.where.programme"])];

    BankFilter Filter => new(
        Q, Axes.Where(a => a.Code == Eje).Select(a => (AxisId?)a.Id).FirstOrDefault(), Cadena,
        Enum.TryParse<ProjectStage>(Etapa, out var stage) && Enum.IsDefined(stage) && (MayRead || stage != ProjectStage.Discarded) ? stage : null,
        Enum.TryParse<ProjectKind>(Tipo, out var kind) && Enum.IsDefined(kind) ? kind : null,
        Lugar, En switch { "programa" => true, "cartera" => false, _ => null });

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        (MayEdit, MayRead) = (May(PlanningFinds.Editors), May(PlanningFinds.Readers));
        Stages = await list.StagesAsync(Entity.Id);
        // A strategy that no assembly adopted is the entity's own.
        if (MayRead || await list.StrategyAsync(Entity.Id) is { State: StrategyState.InForce }) Axes = await list.AxesAsync(Entity.Id);
        ChainChoices = [.. (await list.ChainsAsync(Entity.Id)).Select(c => new Choice(c, c))];
        var places = new List<Choice>();
        foreach (var province in Entity.ProvinceCodes)
        {
            if (await gazetteer.FindAsync(province) is { } found) places.Add(new(province, found.Name));
            places.AddRange((await gazetteer.ChildrenOfAsync(province)).Select(d => new Choice(d.Code, $"– {d.Name}")));
        }
        PlaceChoices = places;
        Shown = await list.PageAsync(Entity.Id, Filter, int.TryParse(PageText, out var page) ? page : 1);
        names = await ProgrammeView.NamesAsync(Shown.Rows.SelectMany(r => r.Places.Take(3)).Distinct(), gazetteer);
    }

    public string? AxisOf(AxisId? axis) => axis is { } id ? Axes.FirstOrDefault(a => a.Id == id) is { } found ? $"{found.Code} {found.Name}" : null : null;

    public string PlacesOf(BankItem row) => row.Places.Count == 0 ? "–" : string.Join(", ", row.Places.Take(3).Select(p => names.GetValueOrDefault(p, p))) + (row.Places.Count > 3 ? " " + T["bank.places-more", row.Places.Count - 3] : "");

    public Markup WhereOf(BankItem row) => row.ProgrammeSlug is null ? Markup.Of($"{T["bank.where.bank"]}")
        : MayRead ? Markup.Of($"<a href=\"/programas/{row.ProgrammeSlug}/constructor\">{row.Programme}</a>") : Markup.Of($"{T["bank.where.programme"]}");

    public static Tone ToneOf(ProjectStage stage) => stage switch
    {
        ProjectStage.InExecution or ProjectStage.Closed => Tone.Met,
        ProjectStage.Discarded => Tone.Neutral,
        _ => Tone.Info,
    };

    public TableFile ToFile() => new($"cartera-{Entity.Slug}",
        [T["planning.code"], T["bank.cui-head"], T["planning.project"], T["bank.kind"], T["bank.stage"], T["planning.axis"], T["planning.project.field.chain"], T["planning.places"], T["planning.project.field.women"], T["planning.project.field.men"], T["planning.cost"], T["bank.where"]],
        Listing.AllAsync((from, count) => list.SliceAsync(Entity.Id, Filter, from, count)).Select(r => (IReadOnlyList<object?>)
            [r.Code, r.InvestmentCode, r.Title, r.Kind is { } kind ? T.Of(kind) : null, T.Of(r.Stage), AxisOf(r.AxisId), r.Chain, string.Join(' ', r.Places), r.Women, r.Men, r.PlannedCost, MayRead && r.Programme is not null ? r.Programme : T[r.ProgrammeSlug is null ? "bank.where.bank" : "bank.where.programme"]]));
}
