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

[May(Role.Manager, Role.Secretary)]
public sealed class CostsModel(AppDb db, SetCostLines setLines) : ProgrammeScreen(db)
{
    const int SpareRows = 4;

    /// <summary>In a longer table only lines in kind, and new ones, ask how they were valued: the page stays light.</summary>
    public const int MostUnfolded = 24;

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

    public IReadOnlyList<Tab> Tabs => RoomsOf(Project.Id, "costos");

    public long? Understood(string? text) => MoneyText.TryParse(text, out var amount, out _) ? amount.Minor : null;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Project = await Db.ProjectAsync(Programme.Id, new(RouteId("project")));
        var stored = await StoredAsync();
        (Funded, Stored) = (stored.SumMoney(l => l.Amount), stored.Count);
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Cost, Seen) = (Project.PlannedCost.ToString(), Project.Version);
        Lines = [.. stored.Select(CostLineForm.Of)];
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
        var inputs = Lines.Index().Where(l => !l.Item.IsBlank).Select(l => l.Item.Read(l.Index, reader)).ToList();
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await setLines.ExecuteAsync(Programme.Id, Project.Id, cost, inputs, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            var stored = (await StoredAsync()).Select(CostLineForm.Of).ToList();
            Conflict = [new(T["planning.project.field.cost"], Cost ?? "", Project.PlannedCost.ToString()), .. CostLineForm.Against([.. Lines.Where(l => !l.IsBlank)], stored, T)];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Project.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.costs.saved");
        return Redirect($"{Address}/proyectos/{Project.Id.Value}/costos");
    }

    Task<List<CostLine>> StoredAsync() => Db.CostLines.Where(l => l.ProjectId == Project.Id).OrderBy(l => l.Order).ToListAsync();

    void AddRows()
    {
        for (var i = 0; i < SpareRows && Lines.Count < PlanningRules.MostLines; i++) Lines.Add(new());
    }
}
