using Minka.Measures.Bundling;

namespace Minka.Observatory.Reading;

/// <summary>When registered investments are candidates for bundling.</summary>
/// <param name="Limits">When two are alike.</param>
/// <param name="Words">Words of titles that do not tell the thing.</param>
/// <param name="MostYears">An investment registered so many years before the newest of the province, or earlier, is left out; one without a day is not.</param>
public sealed record BundleSetup(BundleLimits Limits, WorkWords Words, int MostYears);

/// <summary>Why an investment of the province was not compared.</summary>
public enum BundleLeftOut
{
    /// <summary>Closed.</summary>
    Closed,

    /// <summary>Put out of force.</summary>
    Deactivated,

    /// <summary>Its works have begun.</summary>
    Begun,

    /// <summary>Registered too long ago: the file does not tell whether it was built meanwhile.</summary>
    Old,

    /// <summary>No cost, or no name.</summary>
    WithoutData,

    /// <summary>Too large to be bundled.</summary>
    TooLarge,

    /// <summary>Its title names nothing that is built.</summary>
    WithoutObject,

    /// <summary>The file tells no district.</summary>
    WithoutPlace,
}

/// <summary>What could be bundled in a province, and what it would change in the province's panels.</summary>
/// <remarks>Of an open investment alone is it known that it may be planned anew; the panels are of all investments of the province, as they are on its page.</remarks>
public sealed class ProvinceBundles
{
    private readonly Dictionary<string, Investment> _investments;
    private readonly Dictionary<string, PortfolioItem> _portfolio;
    private readonly Dictionary<string, Bundle> _byCentre;
    private readonly Dictionary<string, Lazy<PortfolioPanel>> _after;
    private readonly Lazy<PortfolioPanel> _before;
    private readonly Lazy<PortfolioPanel> _afterAll;

    private ProvinceBundles(IReadOnlyList<Investment> all, BundleSearch search, Dictionary<BundleLeftOut, int> leftOut, DateOnly? newest, bool hasBorders)
    {
        _investments = all.ToDictionary(i => i.Code, StringComparer.Ordinal);
        // As the panel counts them: amounts below zero left out, one district or none.
        _portfolio = all.Where(i => i.PanelCost is >= 0).ToDictionary(i => i.Code, i => new PortfolioItem(i.PanelCost!.Value, i.Function, i.PanelPlace is { } place ? [place] : []), StringComparer.Ordinal);
        (Search, LeftOut, Newest, HasBorders) = (search, leftOut, newest, hasBorders);
        _byCentre = search.Bundles.ToDictionary(b => b.Centre.Code, StringComparer.Ordinal);
        _before = new(() => PortfolioPanel.Of(_portfolio.Values));
        _afterAll = new(() => PortfolioPanel.Of(BundleEffect.After(_portfolio, search.Bundles)));
        _after = search.Bundles.ToDictionary(b => b.Centre.Code, b => new Lazy<PortfolioPanel>(() => PortfolioPanel.Of(BundleEffect.After(_portfolio, [b]))), StringComparer.Ordinal);
    }

    /// <summary>What the search found.</summary>
    public BundleSearch Search { get; }

    /// <summary>Candidates, those of most projects first.</summary>
    public IReadOnlyList<Bundle> Bundles => Search.Bundles;

    /// <summary>How many investments were not compared, by the reason.</summary>
    public IReadOnlyDictionary<BundleLeftOut, int> LeftOut { get; }

    /// <summary>The newest day of registration in the province; <see langword="null"/> if no day is told.</summary>
    public DateOnly? Newest { get; }

    /// <summary>Whether it is known which districts border on which; if not, only projects of one district are together.</summary>
    public bool HasBorders { get; }

    /// <summary>Investments of the province.</summary>
    public int Count => _investments.Count;

    /// <summary>The panels as they are.</summary>
    public PortfolioPanel Before => _before.Value;

    /// <summary>The panels if every candidate were one project.</summary>
    public PortfolioPanel AfterAll => _afterAll.Value;

    /// <summary>A candidate by the code of its centre; <see langword="null"/> if there is none.</summary>
    /// <param name="centre">The code.</param>
    public Bundle? Find(string centre) => _byCentre.GetValueOrDefault(centre);

    /// <summary>The panels if one candidate were one project.</summary>
    /// <param name="centre">The code of its centre.</param>
    /// <exception cref="KeyNotFoundException">There is no such candidate.</exception>
    public PortfolioPanel After(string centre) => _after[centre].Value;

    /// <summary>What the store knows of a project of a candidate.</summary>
    /// <param name="code">Its code.</param>
    /// <exception cref="KeyNotFoundException">It is not of this province.</exception>
    public Investment Investment(string code) => _investments[code];

    /// <summary>Searches the investments of a province.</summary>
    /// <param name="all">Every investment that the panel of the province counts.</param>
    /// <param name="setup">When they are alike.</param>
    /// <param name="borders">Which districts border on which; <see langword="null"/> if unknown.</param>
    public static ProvinceBundles Find(IReadOnlyList<Investment> all, BundleSetup setup, IReadOnlyDictionary<string, IReadOnlyCollection<string>>? borders)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(setup);
        var newest = all.Max(i => i.Registered);
        var first = newest?.AddYears(-setup.MostYears);
        var leftOut = new Dictionary<BundleLeftOut, int>();
        var open = new List<BundleProject>();
        foreach (var i in all)
        {
            BundleLeftOut? why = i.State switch
            {
                InvestmentState.Closed => BundleLeftOut.Closed,
                InvestmentState.Deactivated => BundleLeftOut.Deactivated,
                InvestmentState.Begun => BundleLeftOut.Begun,
                _ when i.Registered <= first => BundleLeftOut.Old,
                _ when i.Cost is not > 0 || string.IsNullOrWhiteSpace(i.Name) => BundleLeftOut.WithoutData,
                _ => null,
            };
            if (why is { } reason)
                Count(reason, 1);
            else
                open.Add(new BundleProject { Code = i.Code, Title = i.Name!, Function = i.Function, Places = i.Places, Amount = decimal.ToInt64(i.Cost!.Value * 100), Point = i.Point });
        }

        var search = ProjectBundles.Find(open, setup.Limits, setup.Words, borders ?? new Dictionary<string, IReadOnlyCollection<string>>());
        Count(BundleLeftOut.TooLarge, search.TooLarge);
        Count(BundleLeftOut.WithoutPlace, search.WithoutPlace);
        Count(BundleLeftOut.WithoutObject, search.WithoutObject);
        return new ProvinceBundles(all, search, leftOut, newest, borders is not null);

        void Count(BundleLeftOut reason, int more)
        {
            if (more > 0)
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + more;
        }
    }
}
