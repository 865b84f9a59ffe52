namespace Minka.Observatory.Panels;

/// <summary>What the rows of a panel stand for.</summary>
public enum PanelBy
{
    /// <summary>The whole country, one row.</summary>
    Country,

    /// <summary>Departments, two digits.</summary>
    Department,

    /// <summary>Provinces, four digits.</summary>
    Province,

    /// <summary>Districts, six digits.</summary>
    District,

    /// <summary>Functions of the budget.</summary>
    Function,

    /// <summary>Levels of government: E national, R regional, M local.</summary>
    Level,
}

/// <summary>Which amount of a project is its size.</summary>
public enum PanelAmount
{
    /// <summary>The year's modified budget (spending; whole budgets of municipalities where there is no spending).</summary>
    Pim,

    /// <summary>What accrued in the year.</summary>
    Devengado,

    /// <summary>The updated cost (investment bank).</summary>
    Costo,

    /// <summary>The cost declared viable (investment bank).</summary>
    Viable,

    /// <summary>The whole amount of an agreement, grant or contract.</summary>
    Convenio,
}

/// <summary>One group of a panel with all its indicators.</summary>
/// <param name="Code">Its code; <c>*</c> for projects that lie in several groups, empty for those of which the file tells no group.</param>
/// <param name="Name">Its name in the file; <see langword="null"/> if no file tells it.</param>
/// <param name="Year">The year; <see langword="null"/> for investments of all years together.</param>
/// <param name="Total">The money in soles, exact: each project once.</param>
/// <param name="Values">Every indicator by its name.</param>
/// <param name="Reasons">For each indicator that is not computed, why: a code.</param>
public sealed record PanelRow(string Code, string? Name, int? Year, decimal? Total, IReadOnlyDictionary<string, double?> Values, IReadOnlyDictionary<string, string> Reasons)
{
    /// <summary>An indicator; <see langword="null"/> where it is not computed.</summary>
    /// <param name="name">One of <see cref="PanelIndicators.Names"/>.</param>
    public double? this[string name] => Values.GetValueOrDefault(name);
}

/// <summary>A panel: one row a group (and year).</summary>
/// <param name="By">What its rows stand for.</param>
/// <param name="Amount">What the size of a project is.</param>
/// <param name="Table">The table of the store that it comes from.</param>
/// <param name="Generation">State of the store.</param>
/// <param name="Sources">Files that are in it, by import number.</param>
/// <param name="Rows">The rows, by year and code.</param>
public sealed record Panel(PanelBy By, PanelAmount Amount, string Table, int Generation, IReadOnlyList<string> Sources, IReadOnlyList<PanelRow> Rows);
