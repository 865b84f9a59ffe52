using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Proposals;

/// <summary>A proposal as it is typed.</summary>
public sealed class ProposalForm
{
    public string? Title { get; set; }
    public string? Problem { get; set; }
    public string? Result { get; set; }
    public string? Axis { get; set; }
    public List<string> Places { get; set; } = [];
    public string? Women { get; set; }
    public string? Men { get; set; }
    public string? Cost { get; set; }

    /// <summary>One a line: "who; what; amount; dinero".</summary>
    public string? CoFunding { get; set; }
    public ProjectStage Stage { get; set; }
    public string? Cui { get; set; }

    public static ProposalForm Of(BudgetProposal p) => new()
    {
        Title = p.Title,
        Problem = p.Problem,
        Result = p.Result,
        Axis = p.AxisId?.Value.ToString(),
        Places = [.. p.Places],
        Women = p.BeneficiaryWomen.ToString(CultureInfo.InvariantCulture),
        Men = p.BeneficiaryMen.ToString(CultureInfo.InvariantCulture),
        Cost = p.Cost.ToString(),
        CoFunding = string.Join('\n', p.CoFunding.Select(c => $"{c.Who}; {c.What}; {c.Amount}; {(c.InKind ? "especie" : "dinero")}")),
        Stage = p.Stage,
        Cui = p.Cui,
    };

    public ProposalInput Read(FormReader reader)
    {
        AxisId? axis = Guid.TryParse(Axis, out var id) ? new(id) : null;
        var funding = new List<CoFunding>();
        foreach (var (at, line) in (CoFunding ?? "").ReplaceLineEndings("\n").Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var cells = line.Split(';', StringSplitOptions.TrimEntries);
            if (cells.Length is < 3 or > 4 || cells[0].Length == 0 || !MoneyText.TryParse(cells[2], out var amount, out _)) reader.Fault(nameof(CoFunding), "budget.co-funding.unreadable", at + 1);
            else funding.Add(new(cells[0], cells[1], amount, cells.Length < 4 || !cells[3].StartsWith("din", StringComparison.OrdinalIgnoreCase) && !cells[3].StartsWith("cash", StringComparison.OrdinalIgnoreCase)));
        }
        return new(reader.Text(Title, nameof(Title)), reader.Text(Problem, nameof(Problem), PlanningRules.LongestText), reader.Text(Result, nameof(Result), PlanningRules.LongestText), axis, Places, reader.Count(Women, nameof(Women)), reader.Count(Men, nameof(Men)), reader.Money(Cost, nameof(Cost)), funding, Stage, Cui);
    }
}

/// <param name="Axes">Of the strategy in force; empty: none.</param>
public sealed record ProposalFields(ProposalForm Form, IReadOnlyList<Choice> Districts, IReadOnlyList<Choice> Axes);
