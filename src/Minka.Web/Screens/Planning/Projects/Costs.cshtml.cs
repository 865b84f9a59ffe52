using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Projects;

/// <summary>One row of the table as typed.</summary>
public sealed class CostLineForm
{
    public string? Concept { get; set; }
    public string? Component { get; set; }
    public string? Source { get; set; }
    public string? Year { get; set; }
    public string? Amount { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Concept}{Component}{Source}{Amount}");
}

[May(Role.Manager, Role.Secretary)]
public sealed class CostsModel(AppDb db, SetCostLines setLines) : ProgrammeScreen(db)
{
    const int SpareRows = 4;

    [BindProperty]
    public List<CostLineForm> Lines { get; set; } = [];

    [BindProperty]
    public string? Cost { get; set; }

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public Project Project { get; private set; } = null!;

    /// <summary>Sum of the lines that are saved.</summary>
    public Money Funded { get; private set; }

    /// <summary>How many lines are saved.</summary>
    public int Stored { get; private set; }

    public Money Gap => Project.PlannedCost - Funded;

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public IReadOnlyList<Choice> Sources => [.. FundingSources.All.Select(s => new Choice(s.ToString(), T.Of(s)))];

    public IReadOnlyList<Tab> Tabs => [new(T["planning.project.data"], $"{Address}/proyectos/{Project.Id.Value}"), new(T["planning.costs"], $"{Address}/proyectos/{Project.Id.Value}/costos", Current: true)];

    public long? Understood(string? text) => MoneyText.TryParse(text, out var amount, out _) ? amount.Minor : null;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Project = await Db.ProjectAsync(Programme.Id, new(RouteId("project")));
        var stored = await StoredAsync();
        (Funded, Stored) = (stored.SumMoney(l => l.Amount), stored.Count);
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Cost, Seen) = (Project.PlannedCost.ToString(), Project.Version);
        Lines = [.. stored.Select(FormOf)];
        AddRows();
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        await LoadAsync();
        if (go == "rows")
        {
            AddRows();
            return Page();
        }
        if (Lines.Count > PlanningRules.MostLines) Fault("", "rule." + PlanningRules.TooManyLines, PlanningRules.MostLines);
        var reader = new FormReader(ModelState, T);
        var cost = reader.Money(Cost, nameof(Cost));
        var inputs = Lines.Index().Where(l => !l.Item.IsBlank).Select(l => Read(l.Item, l.Index, reader)).ToList();
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await setLines.ExecuteAsync(Programme.Id, Project.Id, cost, inputs, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            var stored = (await StoredAsync()).Select(FormOf).ToList();
            var typed = Lines.Where(l => !l.IsBlank).ToList();
            Conflict =
            [
                new(T["planning.project.field.cost"], Cost ?? "", Project.PlannedCost.ToString()),
                .. Enumerable.Range(0, Math.Max(stored.Count, typed.Count))
                    .Select(i => new Difference(T["planning.costs.line", i + 1], Describe(typed.ElementAtOrDefault(i)), Describe(stored.ElementAtOrDefault(i)))),
            ];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Project.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.costs.saved");
        return Redirect($"{Address}/proyectos/{Project.Id.Value}/costos");
    }

    static CostLineInput Read(CostLineForm line, int index, FormReader reader)
    {
        var at = $"Lines[{index.ToString(CultureInfo.InvariantCulture)}].";
        var concept = reader.Text(line.Concept, at + nameof(line.Concept));
        var component = reader.Optional(line.Component, at + nameof(line.Component));
        if (!Enum.TryParse<FundingSource>(line.Source, out var source) || !Enum.IsDefined(source)) reader.Fault(at + nameof(line.Source), "planning.field.source");
        var year = reader.Year(line.Year, at + nameof(line.Year));
        var amount = reader.Money(line.Amount, at + nameof(line.Amount));
        if (amount.IsZero && MoneyText.TryParse(line.Amount, out _, out _)) reader.Fault(at + nameof(line.Amount), "rule." + PlanningRules.AmountNotPositive);
        return new(concept, component, source, year, amount);
    }

    Task<List<CostLine>> StoredAsync() => Db.CostLines.Where(l => l.ProjectId == Project.Id).OrderBy(l => l.Order).ToListAsync();

    void AddRows()
    {
        for (var i = 0; i < SpareRows && Lines.Count < PlanningRules.MostLines; i++) Lines.Add(new());
    }

    static CostLineForm FormOf(CostLine line) => new()
    {
        Concept = line.Concept,
        Component = line.Component,
        Source = line.Source.ToString(),
        Year = line.Year.ToString(CultureInfo.InvariantCulture),
        Amount = line.Amount.ToString(),
    };

    string Describe(CostLineForm? line) => line is null ? ""
        : string.Join(", ", new[] { line.Concept, line.Component, Enum.TryParse<FundingSource>(line.Source, out var source) ? T.Of(source) : line.Source, line.Year, line.Amount }.Where(x => !string.IsNullOrEmpty(x)));
}
