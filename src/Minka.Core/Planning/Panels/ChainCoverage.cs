using Minka.Core.Kernel;

namespace Minka.Core.Planning.Panels;

/// <summary>What a programme does for one value chain; without chain where <paramref name="Chain"/> is null.</summary>
public sealed record ChainCoverage(string? Chain, IReadOnlyList<string> Projects, IReadOnlyList<string> Axes, int Districts, int Organisations, long Women, long Men, Money Amount, BasisPoints? Share)
{
    /// <summary>Most money first, the projects without a chain last. A chain is one though it is written with other accents or capitals.</summary>
    public static IReadOnlyList<ChainCoverage> Of(ProgrammeContent content)
    {
        var total = content.Projects.SumMoney(p => p.PlannedCost);
        return [.. content.Projects
            .GroupBy(p => p.Chain is null ? null : Slugs.From(p.Chain))
            .Select(g => new ChainCoverage(g.First().Chain,
                [.. g.Select(p => p.Code).Order(CodeOrder.Natural)],
                [.. g.Select(p => p.Axis).OfType<string>().Distinct(StringComparer.Ordinal).Order(CodeOrder.Natural)],
                g.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Count(),
                g.SelectMany(p => p.Organisations.Select(Slugs.From)).Distinct(StringComparer.Ordinal).Count(),
                g.Sum(p => (long)p.BeneficiaryWomen), g.Sum(p => (long)p.BeneficiaryMen),
                g.SumMoney(p => p.PlannedCost), g.SumMoney(p => p.PlannedCost).ShareOf(total)))
            .OrderBy(c => c.Chain is null).ThenByDescending(c => c.Amount).ThenBy(c => c.Chain, StringComparer.Ordinal)];
    }
}
