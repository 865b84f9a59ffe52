using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning;

public sealed record CostLineContent(
    string Concept, string? Component, FundingSource Source, int Year, Money Amount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Valuation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Evidence = null);

/// <summary>The sheet of a project as frozen.</summary>
/// <param name="Root">The project that it is a copy of; null where it is none.</param>
public sealed record SheetContent(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProjectId? Root,
    ProjectStage Stage,
    SheetInput Sheet);

public sealed record ProjectContent
{
    public required ProjectId Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string Problem { get; init; }
    public required string Objective { get; init; }

    /// <summary>Code of its axis; null off all axes.</summary>
    public required string? Axis { get; init; }
    public required string? Chain { get; init; }
    public required string? Conglomerate { get; init; }

    /// <summary>Six-digit codes of districts, in order.</summary>
    public required IReadOnlyList<string> Places { get; init; }
    public required int BeneficiaryWomen { get; init; }
    public required int BeneficiaryMen { get; init; }
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>Codes of the projects that must come before, in order.</summary>
    public required IReadOnlyList<string> After { get; init; }
    public required Money PlannedCost { get; init; }
    public required IReadOnlyList<CostLineContent> Lines { get; init; }

    /// <summary>Null where nothing of it was filled in: so it stays what versions frozen before there were sheets say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SheetContent? More { get; init; }

    /// <summary>The same in every programme that holds a copy of the project.</summary>
    public ProjectId Root() => More?.Root ?? Id;

    /// <summary>Sum of the cost lines.</summary>
    public Money Funded() => Lines.SumMoney(l => l.Amount);

    /// <summary>What the sources still lack; negative where they exceed the planned cost.</summary>
    public Money Gap() => PlannedCost - Funded();
}

/// <summary>
/// A programme whole, as pages show it, assemblies vote it and applications bind to it: the same record for what is being
/// edited and for what is frozen. Its digest is that of its canonical JSON.
/// </summary>
public sealed record ProgrammeContent
{
    public required ProgrammeId Id { get; init; }
    public required EntityId EntityId { get; init; }
    public required string Title { get; init; }
    public required string Objective { get; init; }
    public required StrategyContent Strategy { get; init; }

    /// <summary>In the order of their codes.</summary>
    public required IReadOnlyList<ProjectContent> Projects { get; init; }

    public static ProgrammeContent Of(Programme programme, StrategyContent strategy, IReadOnlyList<Project> projects, IReadOnlyList<CostLine> lines, IReadOnlyList<ProjectSheet> sheets)
    {
        var axes = strategy.Axes.ToDictionary(a => a.Id, a => a.Code);
        var codes = projects.ToDictionary(p => p.Id, p => p.Code);
        var sheetOf = sheets.ToDictionary(s => s.ProjectId);
        var linesOf = lines.ToLookup(l => l.ProjectId);
        return new()
        {
            Id = programme.Id,
            EntityId = programme.EntityId,
            Title = programme.Title,
            Objective = programme.Objective,
            Strategy = strategy,
            Projects = [.. projects.OrderBy(p => p.Code, CodeOrder.Natural).Select(p => new ProjectContent
            {
                Id = p.Id,
                Code = p.Code,
                Title = p.Title,
                Problem = p.Problem,
                Objective = p.Objective,
                Axis = p.AxisId is { } axis ? axes.GetValueOrDefault(axis) : null,
                Chain = p.Chain,
                Conglomerate = p.Conglomerate,
                Places = p.Places,
                BeneficiaryWomen = p.BeneficiaryWomen,
                BeneficiaryMen = p.BeneficiaryMen,
                Organisations = p.Organisations,
                After = [.. p.After.Where(codes.ContainsKey).Select(a => codes[a]).Order(CodeOrder.Natural)],
                PlannedCost = p.PlannedCost,
                Lines = [.. linesOf[p.Id].OrderBy(l => l.Order).Select(l => new CostLineContent(l.Concept, l.Component, l.Source, l.Year, l.Amount, l.Valuation, l.Evidence))],
                More = MoreOf(p, sheetOf.GetValueOrDefault(p.Id)?.ToInput() ?? new()),
            })],
        };
    }

    static SheetContent? MoreOf(Project project, SheetInput sheet) =>
        project.RootId == project.Id && project.Stage == ProjectStage.Profile && sheet.IsEmpty ? null
            : new(project.RootId == project.Id ? null : project.RootId, project.Stage, sheet);

    public static ProgrammeContent Read(string text) => JsonSerializer.Deserialize<ProgrammeContent>(text, CanonicalJson.Options)!;

    public string ToCanonicalText() => Encoding.UTF8.GetString(CanonicalJson.Bytes(this));

    public Digest Digest() => CanonicalJson.DigestOf(this);

    /// <summary>All districts of all projects, in order.</summary>
    public IReadOnlyList<string> PlaceCodes() => [.. Projects.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
