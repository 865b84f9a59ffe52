namespace Minka.Core.Entities;

/// <summary>One fault of a file, with its place.</summary>
public sealed record LineProblem(int Line, string? Column, string Code, IReadOnlyList<object?> Args);

/// <summary>A pasted table of members: all its faults at once, each with line and column.</summary>
public static class MemberCsv
{
    /// <summary>An example that reads without fault.</summary>
    public static string Example =>
        string.Join(';', MemberTable.Columns) + "\n" + string.Concat(ExampleRows.Select(r => string.Join(';', r) + "\n"));

    /// <summary>The rows of the example, in the order of the columns.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ExampleRows { get; } =
    [
        ["Municipalidad Distrital de Ejemplo", "", "", "", "district-municipality", "publico", "district-government", "1", "", "Nombre del alcalde", "no", "Credencial del Jurado Nacional de Elecciones", "", "2026-01-01", "2026-12-31"],
        ["Asociación de Productores de Ejemplo", "", "pe-sunarp", "11000001", "producers-association", "privado", "producers", "1", "", "Nombre de la presidenta", "si", "Acta de asamblea", "Nombre del vicepresidente", "2026-01-01", "2027-12-31"],
    ];

    public static (IReadOnlyList<(int Line, MemberInput Input)> Rows, IReadOnlyList<LineProblem> Problems) Read(string text)
    {
        var table = MemberTable.ReadText(text);
        var rows = new List<(int, MemberInput)>();
        var problems = table.Problems.ToList();
        foreach (var line in table.Lines)
        {
            var (input, faults) = MemberTable.Understand(line);
            problems.AddRange(faults.Select(f => new LineProblem(line.Line, f.Column, f.Code, f.Args)));
            if (input is not null) rows.Add((line.Line, input));
        }
        return (rows, problems);
    }
}
