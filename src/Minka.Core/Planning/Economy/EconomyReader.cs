using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Economy;

/// <summary>What was read of a table: it, or every problem with its cell.</summary>
public sealed record EconomyReading(EconomyTable? Table, IReadOnlyList<SheetProblem> Problems);

/// <summary>
/// Reads a table of sectors, places and years, long (a row a value) or wide (a column a year). Nothing is guessed: what cannot be read is
/// told with its cell.
/// </summary>
public static class EconomyReader
{
    public static readonly IReadOnlyList<string> Sector = ["sector", "actividad", "rama", "producto", "cultivo", "ciiu", "rubro", "activity", "industry"];
    public static readonly IReadOnlyList<string> Place = ["territorio", "ambito", "lugar", "provincia", "departamento", "region", "distrito", "ubigeo", "territory", "place"];
    public static readonly IReadOnlyList<string> Year = ["ano", "anio", "periodo", "year"];
    public static readonly IReadOnlyList<string> Value = ["valor", "empleo", "ocupados", "trabajadores", "produccion", "vbp", "pbi", "cantidad", "personas", "value", "employment", "production"];
    static readonly string[] Wholes = ["peru", "pais", "nacional", "total", "totalnacional", "country", "nation"];

    /// <param name="provinces">Codes and names by which the table may call the territory.</param>
    public static EconomyReading Read(byte[] file, EconomyInput input, IReadOnlyList<Territory> provinces)
    {
        var sheet = SheetTable.Read(file, Sector, Place);
        if (sheet.Problems.Count > 0) return new(null, sheet.Problems);
        var problems = new List<SheetProblem>();
        var rows = Rows(sheet, problems);
        if (problems.Count > 0) return new(null, problems);
        var places = rows.Select(r => r.Place).Distinct(StringComparer.Ordinal).ToList();
        var region = input.Region.Count > 0 ? [.. input.Region] : places.Where(p => provinces.Any(t => t.Code == p || Country.PlainText(t.Name) == Country.PlainText(p))).ToList();
        var whole = input.Whole ?? places.FirstOrDefault(p => Wholes.Contains(SheetTable.Plain(p)));
        if (region.Count == 0) problems.Add(new("", "region-missing", string.Join(", ", provinces.Select(p => p.Name)), string.Join(", ", places.Take(12))));
        foreach (var unknown in region.Append(whole).OfType<string>().Where(p => !places.Contains(p))) problems.Add(new("", "place-missing", unknown, string.Join(", ", places.Take(12))));
        if (whole is not null && region.Contains(whole)) problems.Add(new("", "region-is-whole", whole));
        if (problems.Count > 0) return new(null, problems);
        var table = new EconomyTable(PlanningRules.Required(input.Measure, "measure"), PlanningRules.Required(input.Unit, "unit", 40), PlanningRules.Required(input.Source, "source"), Digest.Of(file),
            [.. region.Order(StringComparer.Ordinal)], whole, input.Threshold, rows);
        problems.AddRange(Exceeding(table));
        return problems.Count > 0 ? new(null, problems) : new(table, []);
    }

    static List<EconomyRow> Rows(SheetTable sheet, List<SheetProblem> problems)
    {
        var (sector, place, year, value) = (sheet.Column(Sector), sheet.Column(Place), sheet.Column(Year), sheet.Column(Value));
        var years = sheet.Headings.Index().Where(h => YearOf(h.Item) is not null).Select(h => (Column: h.Index, Year: YearOf(h.Item)!.Value)).ToList();
        if (sector is null) problems.Add(new("", "column-missing", string.Join(", ", Sector), Found(sheet)));
        if (place is null) problems.Add(new("", "column-missing", string.Join(", ", Place), Found(sheet)));
        if (years.Count == 0 && year is null) problems.Add(new("", "column-missing", string.Join(", ", Year), Found(sheet)));
        if (years.Count == 0 && value is null) problems.Add(new("", "column-missing", string.Join(", ", Value), Found(sheet)));
        var rows = new List<EconomyRow>();
        if (sector is not { } s || place is not { } p || problems.Count > 0) return rows;
        var seen = new Dictionary<(string, string, int), string>();
        foreach (var row in sheet.Rows)
        {
            var (name, where) = (Named(SheetTable.At(row, s)), Named(SheetTable.At(row, p)));
            if (name is null || where is null) continue;
            if (years.Count > 0)
            {
                foreach (var (column, of) in years) Take(SheetTable.At(row, column), of);
            }
            else if (YearOf(SheetTable.At(row, year!.Value)) is { } of)
            {
                Take(SheetTable.At(row, value!.Value), of);
            }
            else
            {
                problems.Add(new(SheetTable.At(row, year.Value).Name, "year", SheetTable.At(row, year.Value).Text));
            }

            void Take(SheetCell cell, int of)
            {
                if (cell.IsEmpty)
                {
                    problems.Add(new(cell.Name, "value-empty"));
                    return;
                }
                Quantity amount;
                if (cell.Number is { } number)
                {
                    if (number < 0 || number > 99_999_999_999m)
                    {
                        problems.Add(new(cell.Name, number < 0 ? "quantity.negative" : "quantity.large", cell.Text));
                        return;
                    }
                    amount = Quantity.Of(number);
                }
                else if (!QuantityText.TryParse(cell.Text, out amount, out var fault))
                {
                    problems.Add(new(cell.Name, fault, cell.Text));
                    return;
                }
                if (seen.TryAdd((Country.PlainText(name), Country.PlainText(where), of), cell.Name)) rows.Add(new(name, where, of, amount, cell.Name));
                else problems.Add(new(cell.Name, "row-twice", name, where, of.ToString(CultureInfo.InvariantCulture), seen[(Country.PlainText(name), Country.PlainText(where), of)]));
            }
        }
        return rows;

        string? Named(SheetCell cell)
        {
            if (cell.IsEmpty) problems.Add(new(cell.Name, "name-empty"));
            else if (cell.Text.Length > 120) problems.Add(new(cell.Name, "name-long", 120));
            else return cell.Text;
            return null;
        }
    }

    /// <summary>A part greater than the whole: the two were not counted alike.</summary>
    static IEnumerable<SheetProblem> Exceeding(EconomyTable table)
    {
        if (table.Whole is null) yield break;
        foreach (var group in table.Rows.GroupBy(r => (Sector: Country.PlainText(r.Sector), r.Year)))
        {
            var part = group.Where(r => table.Region.Contains(r.Place)).SumQuantity(r => r.Value);
            var whole = group.Where(r => r.Place == table.Whole).SumQuantity(r => r.Value);
            if (part > whole)
                yield return new(group.First(r => table.Region.Contains(r.Place)).Cell, "part-exceeds", group.First().Sector, group.Key.Year.ToString(CultureInfo.InvariantCulture), part, table.Whole, whole);
        }
    }

    static int? YearOf(SheetCell cell) =>
        int.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= PlanningRules.LastYear ? year : null;

    static string Found(SheetTable sheet) => string.Join(", ", sheet.Headings.Where(h => !h.IsEmpty).Select(h => h.Text));
}
