namespace Minka.Core.Territories.Packs;

/// <summary>
/// A file of the kind "budget-execution": one row a municipality and year. A province or department shows the sum
/// of all municipalities in it.
/// </summary>
sealed class BudgetTable(TerritoryTables territories, FaultList faults)
{
    static readonly IndicatorColumn Pia = Amount("pia", "municipal-pia", "Presupuesto municipal inicial (PIA)", "Municipal budget, initial (PIA)");
    static readonly IndicatorColumn Pim = Amount("pim", "municipal-pim", "Presupuesto municipal modificado (PIM)", "Municipal budget, modified (PIM)");
    static readonly IndicatorColumn Accrued = Amount("devengado", "municipal-accrued", "Gasto municipal devengado", "Municipal spending (accrued)");

    public void Read(ManifestFile file, byte[] content)
    {
        if (territories.Open(file, content) is not { } table) return;
        if (table.Column("anio") is not { } yearColumn || table.Column("ubigeo") is not { } codeColumn
            || table.Column(Pia.Column) is not { } pia || table.Column(Pim.Column) is not { } pim || table.Column(Accrued.Column) is not { } accrued) return;

        var years = new SortedDictionary<int, Dictionary<IndicatorColumn, Dictionary<string, decimal>>>();
        foreach (var row in table.Rows)
        {
            if (territories.Year(row[yearColumn], file) is not { } year || territories.Code(row[codeColumn], Level.District, file) is not { } code) continue;
            if (!territories.Has(code)) faults.Add(file.Path, row[codeColumn].Place, PackFaults.CodeOrphan, code, code[..4]);
            if (!years.TryGetValue(year, out var sums)) years[year] = sums = new() { [Pia] = [], [Pim] = [], [Accrued] = [] };
            if (sums[Pim].ContainsKey(code)) faults.Add(file.Path, row[codeColumn].Place, PackFaults.CodeDuplicate, $"{code} {year}");
            foreach (var (column, index) in ((IndicatorColumn, int)[])[(Pia, pia), (Pim, pim), (Accrued, accrued)])
            {
                if (territories.Number(row[index], column, file) is not { } value) continue;
                foreach (var part in (string[])[code, code[..4], code[..2]])
                    sums[column][part] = sums[column].GetValueOrDefault(part) + value;
            }
        }
        foreach (var (year, sums) in years)
            foreach (var level in Enum.GetValues<Level>())
                Describe(file, year, sums, level);
    }

    void Describe(ManifestFile file, int year, Dictionary<IndicatorColumn, Dictionary<string, decimal>> sums, Level level)
    {
        var codes = territories.CodesOf(level).ToHashSet();
        var shown = sums.ToDictionary(s => s.Key, s => s.Value.Where(v => codes.Contains(v.Key)).ToDictionary());
        // A cut taken within the year shows less than half executed; complete years of Peru's municipalities lie near three quarters.
        var partial = shown[Accrued].Values.Sum() * 2 < shown[Pim].Values.Sum();
        var remark = partial ? " (año incompleto)" : "";
        var remarkEn = partial ? " (incomplete year)" : "";

        foreach (var (column, values) in shown) Add(column, column.Unit, column.Kind, column.UnitEn, values);
        Add(new("", "municipal-execution", "Ejecución del presupuesto municipal", "%", null, IndicatorKind.Percent) { NameEn = "Execution of the municipal budget" }, "%", IndicatorKind.Percent, null,
            shown[Pim].Where(v => v.Value > 0 && shown[Accrued].ContainsKey(v.Key)).ToDictionary(v => v.Key, v => Math.Round(shown[Accrued][v.Key] * 100 / v.Value, 2)));
        Add(new("", "municipal-pim-per-person", "Presupuesto municipal (PIM) por habitante", "S/ por habitante", null, IndicatorKind.Rate) { NameEn = "Municipal budget (PIM) per inhabitant" }, "S/ por habitante", IndicatorKind.Rate, "S/ per inhabitant",
            shown[Pim].Where(v => territories.PopulationOf(v.Key) > 0).ToDictionary(v => v.Key, v => Math.Round(v.Value / territories.PopulationOf(v.Key)!.Value, 2)));

        void Add(IndicatorColumn column, string unit, IndicatorKind kind, string? unitEn, Dictionary<string, decimal> values)
        {
            if (values.Count == 0) return;
            territories.Add(new($"{column.Key}-{year}", $"{column.Name} {year}{remark}", unit, year, kind, level)
            {
                NameEn = $"{column.NameEn} {year}{remarkEn}",
                UnitEn = unitEn,
                Source = file.Source,
                Attribution = file.Attribution,
                Licence = file.Licence,
                PartialYear = partial,
                Values = values,
            });
        }
    }

    static IndicatorColumn Amount(string column, string key, string name, string nameEn) =>
        new(column, key, name, "S/", null, IndicatorKind.Amount) { NameEn = nameEn };
}
