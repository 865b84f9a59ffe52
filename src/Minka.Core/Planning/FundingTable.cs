using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning;

/// <summary>One source of the table: an amount a year, and their sum.</summary>
/// <param name="Amounts">In the order of the table's years; zero where nothing is planned.</param>
/// <param name="Share">Share of the whole; null without money.</param>
public sealed record FundingRow(FundingSource Source, IReadOnlyList<Money> Amounts, Money Total, BasisPoints? Share);

/// <summary>A project whose sources and cost differ. A positive gap is missing, a negative one in excess.</summary>
public sealed record FundingGap(ProjectId Project, string Code, string Title, Money PlannedCost, Money Funded, Money Gap);

/// <summary>
/// Sources × years of a programme. Every figure is a sum of the same cost lines, so rows, columns and the whole add up to the
/// céntimo by construction.
/// </summary>
public sealed record FundingTable
{
    /// <summary>Every year from the first that has money to the last.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>The sources that have money, in the order of the list of sources.</summary>
    public required IReadOnlyList<FundingRow> Rows { get; init; }

    /// <summary>In the order of the years.</summary>
    public required IReadOnlyList<Money> YearTotals { get; init; }

    /// <summary>Sum of all cost lines.</summary>
    public required Money Total { get; init; }

    /// <summary>Sum of the projects' planned costs.</summary>
    public required Money PlannedCost { get; init; }

    /// <summary>Projects whose sources do not reach their cost, or exceed it, in their order.</summary>
    public required IReadOnlyList<FundingGap> Gaps { get; init; }

    /// <summary>What is missing over all projects, excesses not set against it.</summary>
    public Money Missing => Gaps.Where(g => g.Gap.IsPositive).SumMoney(g => g.Gap);

    public static FundingTable Of(ProgrammeContent content) => Of(content.Projects);

    public static FundingTable Of(IReadOnlyList<ProjectContent> projects)
    {
        var lines = projects.SelectMany(p => p.Lines).ToList();
        var total = lines.SumMoney(l => l.Amount);
        int[] years = lines.Count == 0 ? [] : [.. Enumerable.Range(lines.Min(l => l.Year), lines.Max(l => l.Year) - lines.Min(l => l.Year) + 1)];
        var cells = lines.GroupBy(l => (l.Source, l.Year)).ToDictionary(g => g.Key, g => g.SumMoney(l => l.Amount));
        var rows = Enum.GetValues<FundingSource>()
            .Where(s => lines.Any(l => l.Source == s))
            .Select(s =>
            {
                IReadOnlyList<Money> amounts = [.. years.Select(y => cells.GetValueOrDefault((s, y)))];
                var sum = amounts.Sum();
                return new FundingRow(s, amounts, sum, sum.ShareOf(total));
            });
        return new()
        {
            Years = years,
            Rows = [.. rows],
            YearTotals = [.. years.Select(y => lines.Where(l => l.Year == y).SumMoney(l => l.Amount))],
            Total = total,
            PlannedCost = projects.SumMoney(p => p.PlannedCost),
            Gaps = [.. projects.Where(p => !p.Gap().IsZero).Select(p => new FundingGap(p.Id, p.Code, p.Title, p.PlannedCost, p.Funded(), p.Gap()))],
        };
    }

    public Money OfSource(FundingSource source) => Rows.Where(r => r.Source == source).SumMoney(r => r.Total);
}
