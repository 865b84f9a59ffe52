using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>What an import did: all rows, or none and every problem.</summary>
public sealed record ImportOutcome(int Added, IReadOnlyList<ImportProblem> Problems);

/// <summary>Adds the projects of a table (CSV). One problem anywhere and nothing is added.</summary>
[UseCase]
public sealed class ImportProjects(AppDb db, Writer writer, Country? country = null)
{
    /// <summary>The columns, by the name that the page shows, and what else they may be called.</summary>
    public static readonly IReadOnlyList<string[]> Columns =
    [
        ["codigo", "code"],
        ["titulo", "title", "proyecto", "nombre"],
        ["problema", "problem"],
        ["objetivo", "objective"],
        ["eje", "axis"],
        ["cadena", "cadenaproductiva", "chain"],
        ["conglomerado", "conglomerate"],
        ["distritos", "lugares", "ubigeo", "ubigeos", "districts"],
        ["mujeres", "women"],
        ["varones", "hombres", "men"],
        ["organizaciones", "organisations", "organizations"],
        ["despuesde", "after"],
        ["costo", "cost", "costototal"],
    ];

    static readonly IReadOnlyList<(string Column, int Longest)> Longest =
    [
        ("codigo", 12), ("titulo", PlanningRules.LongestName), ("problema", PlanningRules.LongestText), ("objetivo", PlanningRules.LongestText),
        ("cadena", 80), ("conglomerado", 80),
    ];

    public async Task<ImportOutcome> ExecuteAsync(ProgrammeId id, byte[] file, Actor actor, CancellationToken cancel = default)
    {
        var programme = await db.ProgrammeAsync(id, cancel);
        var axes = await db.Axes.Where(a => a.StrategyId == programme.StrategyId).ToListAsync(cancel);
        var there = await db.Projects.Where(p => p.ProgrammeId == id).ToListAsync(cancel);
        var table = TableFile.Read(file, Columns, ["titulo", "problema", "objetivo", "costo"]);
        var known = await Places.KnownAsync(db, country, [.. table.Rows.SelectMany(DistrictsOf).Select(d => d.Code).OfType<string>()], cancel);
        var (rows, problems) = Read(table, axes, there, known);
        if (problems.Count > 0) return new(0, problems);

        return await writer.ActAsync("programme.import-projects", actor, async work =>
        {
            var others = await work.Db.Projects.Where(p => p.ProgrammeId == id).ToListAsync(cancel);
            var owner = await work.Db.ProgrammeAsync(id, cancel);
            var allowed = await ProjectChecks.AxesAsync(work.Db, owner, cancel);
            if (others.Count + rows.Count > PlanningRules.MostProjects) throw new RuleBroken(PlanningRules.TooManyProjects, PlanningRules.MostProjects);
            var added = new List<(ImportedProject Row, Project Project)>();
            foreach (var row in rows)
            {
                var code = row.Input.Code ?? ProjectChecks.NextCode([.. others, .. added.Select(a => a.Project)]);
                added.Add((row, Project.Add(work.NewId<ProjectId>(), owner, code, row.Input)));
            }
            var ids = others.Concat(added.Select(a => a.Project)).ToDictionary(p => p.Code, p => p.Id, StringComparer.OrdinalIgnoreCase);
            foreach (var (row, project) in added) project.Change(project.Code, row.Input with { After = [.. row.After.Select(c => ids[c])] });
            foreach (var (_, project) in added)
                ProjectChecks.Check(owner, project, [.. others, .. added.Select(a => a.Project).Where(p => p != project)], allowed);
            work.Db.Projects.AddRange(added.Select(a => a.Project));
            work.Db.ProjectSheets.AddRange(added.Select(a => ProjectSheet.Of(a.Project, new())));
            return new ImportOutcome(added.Count, []);
        }, new ActNote("programme", id.Value), cancel);
    }

    static IEnumerable<(string Text, string? Code)> DistrictsOf(TableRow row) =>
        row.Many("distritos", ' ', '|', ',', '/').Select(text => (text, Ubigeo.TryNormalize(text, out var code) ? code : null));

    sealed record ImportedProject(int Line, ProjectInput Input, IReadOnlyList<string> After);

    static (List<ImportedProject> Rows, List<ImportProblem> Problems) Read(TableFile table, List<Axis> axes, List<Project> there, IReadOnlySet<string> known)
    {
        var rows = new List<ImportedProject>();
        if (table.Problems.Count > 0) return (rows, table.Problems);
        var axisOf = axes.ToDictionary(a => a.Code, a => a.Id, StringComparer.OrdinalIgnoreCase);
        var codes = there.ToDictionary(p => p.Code, _ => 0, StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            var code = row.Text("codigo");
            if (code is not null && !codes.TryAdd(code, row.Line)) row.Problem("codigo", codes[code] == 0 ? "code-exists" : "code-twice", code, codes[code]);
            AxisId? axis = null;
            if (row.Text("eje") is { } axisCode)
            {
                if (axisOf.TryGetValue(axisCode, out var found)) axis = found;
                else row.Problem("eje", "axis-unknown", axisCode, string.Join(", ", axes.Select(a => a.Code).Order(CodeOrder.Natural)));
            }
            var places = new List<string>();
            foreach (var (text, place) in DistrictsOf(row))
            {
                if (place is null || !known.Contains(place)) row.Problem("distritos", "place-unknown", text);
                else places.Add(place);
            }
            foreach (var (column, longest) in Longest)
            {
                if (row.Text(column) is { } text && text.Length > longest) row.Problem(column, "too-long", longest);
            }
            rows.Add(new(row.Line, new ProjectInput
            {
                Code = code,
                Title = row.Needed("titulo"),
                Problem = row.Needed("problema"),
                Objective = row.Needed("objetivo"),
                AxisId = axis,
                Chain = row.Text("cadena"),
                Conglomerate = row.Text("conglomerado"),
                Places = places,
                BeneficiaryWomen = row.Number("mujeres"),
                BeneficiaryMen = row.Number("varones"),
                Organisations = row.Many("organizaciones", '|'),
                PlannedCost = row.Money("costo"),
            }, row.Many("despuesde", ' ', '|', ',')));
        }
        foreach (var row in table.Rows)
        {
            foreach (var code in row.Many("despuesde", ' ', '|', ',').Where(c => !codes.ContainsKey(c))) row.Problem("despuesde", "after-unknown", code);
        }
        return (rows, [.. table.Problems.OrderBy(p => p.Line)]);
    }
}
