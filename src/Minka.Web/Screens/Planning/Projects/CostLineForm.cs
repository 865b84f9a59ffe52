using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Projects;

/// <summary>One row of a table of costs as typed, with how a contribution in kind was valued.</summary>
public sealed class CostLineForm
{
    public string? Concept { get; set; }
    public string? Component { get; set; }
    public string? Source { get; set; }
    public string? Year { get; set; }
    public string? Amount { get; set; }
    public string? Valuation { get; set; }
    public string? Evidence { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Concept}{Component}{Source}{Amount}");

    /// <summary>Whether the fields of a contribution in kind are shown unfolded.</summary>
    public bool IsInKind => Source == nameof(FundingSource.PrivateInKind) || !string.IsNullOrWhiteSpace($"{Valuation}{Evidence}");

    public static CostLineForm Of(CostLine line) => new()
    {
        Concept = line.Concept,
        Component = line.Component,
        Source = line.Source.ToString(),
        Year = line.Year.ToString(CultureInfo.InvariantCulture),
        Amount = line.Amount.ToString(),
        Valuation = line.Valuation,
        Evidence = line.Evidence,
    };

    /// <param name="index">Its place among the rows of the form.</param>
    public CostLineInput Read(int index, FormReader reader)
    {
        var at = $"Lines[{index.ToString(CultureInfo.InvariantCulture)}].";
        var concept = reader.Text(Concept, at + nameof(Concept));
        if (!Enum.TryParse<FundingSource>(Source, out var source) || !Enum.IsDefined(source)) reader.Fault(at + nameof(Source), "planning.field.source");
        var year = reader.Year(Year, at + nameof(Year));
        var amount = reader.Money(Amount, at + nameof(Amount));
        if (amount.IsZero && MoneyText.TryParse(Amount, out _, out _)) reader.Fault(at + nameof(Amount), "rule." + PlanningRules.AmountNotPositive);
        return new(concept, reader.Optional(Component, at + nameof(Component)), source, year, amount, reader.Optional(Valuation, at + nameof(Valuation)), reader.Optional(Evidence, at + nameof(Evidence)));
    }

    /// <summary>What was typed beside what is stored, row by row.</summary>
    public static IEnumerable<Difference> Against(IReadOnlyList<CostLineForm> typed, IReadOnlyList<CostLineForm> stored, T t) =>
        Enumerable.Range(0, Math.Max(stored.Count, typed.Count)).Select(i => new Difference(t["planning.costs.line", i + 1], Words(typed.ElementAtOrDefault(i), t), Words(stored.ElementAtOrDefault(i), t)));

    static string Words(CostLineForm? line, T t) => line is null ? ""
        : string.Join(", ", new[] { line.Concept, line.Component, Enum.TryParse<FundingSource>(line.Source, out var source) ? t.Of(source) : line.Source, line.Year, line.Amount, line.Valuation, line.Evidence }.Where(x => !string.IsNullOrEmpty(x)));
}
