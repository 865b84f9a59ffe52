using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

using TableLine = Entities.TableLine;

/// <summary>One row of a table of agents with what speaks against it.</summary>
public sealed record JudgedAgent(int Line, IReadOnlyList<string> Cells, AgentInput? Input, IReadOnlyList<AgentFault> Faults);

/// <summary>A table of agents as it was judged: nothing is written yet.</summary>
public sealed record AgentTableReview(IReadOnlyList<JudgedAgent> Rows, IReadOnlyList<LineProblem> Problems)
{
    public IReadOnlyList<AgentInput> Good { get; } = [.. Rows.Where(r => r.Faults.Count == 0).Select(r => r.Input!)];

    public IReadOnlyList<JudgedAgent> Bad { get; } = [.. Rows.Where(r => r.Faults.Count > 0)];

    /// <summary>The rows with faults as a text that can be corrected and sent again.</summary>
    public string BadText()
    {
        if (Bad.Count == 0) return "";
        var text = new StringBuilder(string.Join(';', AgentTable.Columns)).Append('\n');
        foreach (var row in Bad) text.Append(string.Join(';', row.Cells.Select(Quoted))).Append('\n');
        return text.ToString();
    }

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny(";\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Reads a table of agents (CSV or XLSX) by the same reader as members', and judges each row against the register.</summary>
[UseCase]
public sealed class AgentTable(AppDb db, SealingKeys keys)
{
    public static readonly IReadOnlyList<string> Columns = ["organizacion", "ruc", "grupo", "distrito", "zona", "representante", "documento", "mujer", "acreditacion", "alterno", "documento_alterno", "clase"];

    public static readonly IReadOnlyList<string> Required = ["organizacion", "representante", "documento", "acreditacion"];

    public async Task<AgentTableReview> ReviewAsync(BudgetProcessId id, byte[] file, CancellationToken cancel = default)
    {
        var table = MemberTable.Read(file, Columns, Required);
        if (table.Problems.Count > 0) return new([], table.Problems);
        var process = await db.BudgetProcesses.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("budget", id.Value);
        var register = new AgentsRegister(await db.BudgetAgents.Where(a => a.ProcessId == id).ToListAsync(cancel));
        using var key = keys.KeyOf(process);
        var rows = new List<JudgedAgent>(table.Lines.Count);
        foreach (var line in table.Lines)
        {
            var (input, faults) = Understand(line);
            var (document, alternate) = (AgentsRegister.DigestOf(key, input.Document), AgentsRegister.DigestOf(key, input.AlternateDocument));
            List<AgentFault> all = [.. faults, .. register.Faults(process, input, document, alternate)];
            // Lines of the table count as numbers, negative: the page tells them apart.
            if (all.Count == 0) register.Add(input.Kind, input.Organisation, MemberChecks.Blank(input.Ruc), [document, alternate], -line.Line);
            rows.Add(new(line.Line, line.Cells, input, all));
        }
        return new(rows, []);
    }

    static (AgentInput Input, IReadOnlyList<AgentFault> Faults) Understand(TableLine line)
    {
        string Cell(string column) => line.Cells[Columns.Index().First(c => c.Item == column).Index];
        var faults = line.Notes.Select(n => new AgentFault(n.Column, n.Code, [.. n.Args])).ToList();
        var groupText = Cell("grupo");
        var plain = MemberChecks.Plain(groupText);
        var group = InterestGroups.Find(groupText) ?? InterestGroups.All.FirstOrDefault(g => plain.Length > 0 && (MemberChecks.Plain(g.Es) == plain || MemberChecks.Plain(g.En) == plain));
        bool? woman = MemberChecks.Plain(Cell("mujer")) switch
        {
            "SI" or "S" or "YES" or "Y" or "X" or "1" or "MUJER" or "F" => true,
            "NO" or "N" or "0" or "VARON" or "M" or "H" => false,
            _ => null,
        };
        if (woman is null && Cell("mujer").Length > 0) faults.Add(new(nameof(AgentInput.IsWoman), EntitiesRules.CsvYesNoInvalid, Cell("mujer")));
        var kind = MemberChecks.Plain(Cell("clase")) switch
        {
            "" or "SOCIEDAD CIVIL" => AgentKind.CivilSociety,
            "NO ORGANIZADA" or "NO ORGANIZADO" => AgentKind.Unorganised,
            "CCL" or "CCR" or "CONSEJO DE COORDINACION" => AgentKind.CoordinationCouncil,
            "CONCEJO" or "REGIDOR" or "REGIDORA" or "CONSEJO" => AgentKind.Council,
            "EQUIPO TECNICO" => AgentKind.TechnicalTeam,
            _ => (AgentKind?)null,
        };
        if (kind is null) faults.Add(new(nameof(AgentInput.Kind), BudgetRules.KindUnknown, Cell("clase")));
        return (new AgentInput(kind ?? AgentKind.CivilSociety, Cell("organizacion"), Cell("ruc"), group?.Code ?? groupText, Cell("distrito"), Cell("zona"), Cell("representante"), Cell("documento"), woman, Cell("acreditacion"), Cell("alterno"), Cell("documento_alterno")), faults);
    }
}
