namespace Minka.Measures.Bundling;

/// <summary>What taking projects as one changes in the panels of a portfolio. On paper alone: the works stay as they are.</summary>
public static class BundleEffect
{
    /// <summary>The portfolio with each bundle in the place of its members: one item with their money together, their function and all their districts.</summary>
    /// <param name="portfolio">Every project of the portfolio by its code, those of the bundles among them.</param>
    /// <param name="bundles">Bundles of which no two share a project. A member that the portfolio does not hold adds nothing.</param>
    /// <remarks>The money stays the same to the céntimo. O(n + members).</remarks>
    /// <exception cref="ArgumentException">A project is in two bundles.</exception>
    public static IReadOnlyList<PortfolioItem> After(IReadOnlyDictionary<string, PortfolioItem> portfolio, IEnumerable<Bundle> bundles)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(bundles);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<PortfolioItem>();
        foreach (var bundle in bundles)
        {
            var held = bundle.Members.Select(m => m.Project).Where(p => portfolio.ContainsKey(p.Code)).ToList();
            if (held.Count == 0)
                continue;
            foreach (var project in held)
            {
                if (!gone.Add(project.Code))
                    throw new ArgumentException($"Project {project.Code} is in two bundles.", nameof(bundles));
            }

            items.Add(new PortfolioItem(held.Sum(p => portfolio[p.Code].Amount), bundle.Function, [.. held.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
        }

        items.AddRange(portfolio.Where(p => !gone.Contains(p.Key)).Select(p => p.Value));
        return items;
    }
}
