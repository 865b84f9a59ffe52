using Minka.Observatory.Duck;

namespace Minka.Observatory.Importing;

/// <summary>A column of a table of the store.</summary>
/// <param name="Name">Its name in Parquet and SQL.</param>
/// <param name="Kind">What it holds.</param>
public sealed record StoreColumn(string Name, DuckColumn Kind)
{
    /// <summary>Its type in SQL.</summary>
    public string Type => Kind switch
    {
        DuckColumn.Int => "INTEGER",
        DuckColumn.Real => "DOUBLE",
        DuckColumn.Date => "DATE",
        DuckColumn.Money => "DECIMAL(18,2)",
        _ => "VARCHAR",
    };
}

/// <summary>A table of the store, kept as Parquet by import, year and department.</summary>
/// <param name="Name">Its name: the folder under <c>tables</c>.</param>
/// <param name="Columns">Its columns; <c>year</c> and <c>department</c> come from the folders.</param>
/// <param name="Key">What an import stands for: of two imports that hold one key, the later is in force.</param>
public sealed record StoreTable(string Name, IReadOnlyList<StoreColumn> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Movements and yearly sums of the budget. A month of 99 is a whole year.</summary>
    public static StoreTable Spending { get; } = Of(
        "spending", ["year", "entity", "month"],
        "year:int department month:int level entity ubigeo department_spent kind project function rubro pia:money pim:money certified:money committed_year:money committed:money accrued:money paid:money accrued_december:money");

    /// <summary>The investment bank: a row is a project in one place.</summary>
    public static StoreTable Investments { get; } = Of(
        "investments", ["code"],
        "year:int department line:int kind code snip name level sector entity status situation function programme ubigeo viable:money cost:money accrued_before:money accrued_year:money pim_year:money beneficiaries:real progress:real registered:date viability:date planned_start:date planned_end:date actual_start:date actual_end:date latitude:real longitude:real reported:date last_accrual:int");

    /// <summary>Whole budgets of municipalities, or of provinces and departments where a file has no more.</summary>
    public static StoreTable Budgets { get; } = Of(
        "budgets", ["year", "entity"],
        "year:int department entity ubigeo name pia:money pim:money certified:money committed_year:money accrued:money paid:money");

    /// <summary>Agreements of co-financing, grants and contracts.</summary>
    public static StoreTable Agreements { get; } = Of(
        "agreements", ["code"],
        "year:int department line:int kind code title entity place status currency starts:date ends:date total:money transfer:money counterpart:money");

    /// <summary>Names of codes, so that rows need not repeat them.</summary>
    public static StoreTable Names { get; } = Of("names", ["kind", "code"], "kind code name");

    /// <summary>The tables that hold rows of files.</summary>
    public static IReadOnlyList<StoreTable> All { get; } = [Spending, Investments, Budgets, Agreements];

    /// <summary>The amounts, in their order.</summary>
    public IReadOnlyList<string> Amounts { get; } = [.. Columns.Where(c => c.Kind == DuckColumn.Money).Select(c => c.Name)];

    internal Sql Definition => new(string.Join(", ", Columns.Select(c => $"{c.Name} {c.Type}")));

    private static StoreTable Of(string name, string[] key, string columns) => new(name, [.. columns.Split(' ').Select(c => c.Split(':')).Select(c => new StoreColumn(c[0], c.ElementAtOrDefault(1) switch
    {
        "int" => DuckColumn.Int,
        "real" => DuckColumn.Real,
        "date" => DuckColumn.Date,
        "money" => DuckColumn.Money,
        _ => DuckColumn.Text,
    }))], key);
}
