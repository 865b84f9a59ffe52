using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories.Packs;

namespace Minka.Core.Territories;

/// <summary>What became of a file of districts: all of it was added, or nothing was and every fault is told.</summary>
public sealed record DistrictImport(int Added, IReadOnlyList<PackFault> Faults);

/// <summary>
/// Adds districts from a CSV file with the columns <c>ubigeo</c>, <c>distrito</c> and, if wished, <c>poblacion</c>
/// (UTF-8; comma or, as spreadsheets in Spanish write it, semicolon).
/// </summary>
[UseCase]
public sealed class ImportDistricts(Writer writer, Country country)
{
    public const int LargestFile = 1 << 20;
    public const int MostRows = 3_000;

    public async Task<DistrictImport> ExecuteAsync(string fileName, byte[] content, Actor actor, CancellationToken cancel = default)
    {
        var faults = new FaultList();
        if (content.Length > LargestFile)
        {
            faults.Add(fileName, null, PackFaults.TooLarge, $"{LargestFile >> 20}");
            return new(0, faults.Found);
        }
        var table = CsvTable.Read(fileName, StrictText.Decode(fileName, content, faults), faults, ',', ';');
        var districts = Read(table, fileName, faults);
        if (!faults.None) return new(0, faults.Found);

        await writer.ActAsync("district.import", actor, async work =>
        {
            var known = await work.Db.TypedDistricts.Select(d => d.Code).ToHashSetAsync(cancel);
            foreach (var (code, district, place) in districts)
                if (known.Contains(code)) faults.Add(fileName, place, TerritoriesRules.CodeTaken, code);
            if (!faults.None) return;
            foreach (var (code, district, _) in districts) AddDistrict.Add(work, code, district);
        }, cancel: cancel);
        return faults.None ? new(districts.Count, []) : new(0, faults.Found);
    }

    List<(string Code, NewDistrict District, Place Place)> Read(CsvTable table, string fileName, FaultList faults)
    {
        var districts = new List<(string, NewDistrict, Place)>();
        if (table.Column("ubigeo") is not { } codeColumn || table.Column("distrito") is not { } nameColumn) return districts;
        if (table.RowCount is 0 or > MostRows) faults.Add(fileName, null, PackFaults.RowCount, $"{table.RowCount}", $"1–{MostRows}");
        var populationColumn = table.Find("poblacion");
        var seen = new HashSet<string>();
        foreach (var row in table.Rows)
        {
            long? population = null;
            if (populationColumn is { } column && row[column].Text.Trim() is { Length: > 0 } text)
            {
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) population = number;
                else faults.Add(fileName, row[column].Place, PackFaults.NotANumber, "poblacion", text);
            }
            var district = new NewDistrict(row[codeColumn].Text, row[nameColumn].Text, population);
            var broken = AddDistrict.Check(district, country);
            if (broken is not null) faults.Add(fileName, PlaceOf(broken), broken.Code, [.. broken.Args.Select(a => $"{a}")]);
            if (!Ubigeo.TryNormalize(district.Code, out var code)) continue;
            if (!seen.Add(code)) faults.Add(fileName, row[codeColumn].Place, PackFaults.CodeDuplicate, code);
            districts.Add((code, district, row[codeColumn].Place));

            Place PlaceOf(RuleBroken fault) => fault.Code switch
            {
                TerritoriesRules.NameMissing or TerritoriesRules.NameLong => row[nameColumn].Place,
                TerritoriesRules.PopulationInvalid => row[populationColumn!.Value].Place,
                _ => row[codeColumn].Place,
            };
        }
        return districts;
    }
}
