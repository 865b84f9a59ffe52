using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <param name="Imported">Members admitted: all lines, or none when there is any problem.</param>
public sealed record MemberImport(int Imported, IReadOnlyList<LineProblem> Problems);

/// <summary>Admits all members of a table in one act, or none and says every fault.</summary>
[UseCase]
public sealed class ImportMembers(Writer writer)
{
    public async Task<MemberImport> ExecuteAsync(EntityId entityId, string csv, Actor actor, CancellationToken cancel = default)
    {
        var (rows, unreadable) = MemberCsv.Read(csv);
        try
        {
            return await writer.ActAsync("member.import", actor, async work =>
            {
                var entity = await work.EntityAsync(entityId, cancel);
                entity.MustBeActive();
                var roster = await Roster.ReadAsync(work.Db, entityId, cancel);
                var problems = unreadable.ToList();
                foreach (var (line, input) in rows)
                {
                    var faults = MemberChecks.Faults(input, entity.Template, roster, work.Today);
                    problems.AddRange(faults.Select(f => new LineProblem(line, f.Column, f.Code, f.Args)));
                    if (faults.Count > 0) continue;
                    roster.Add(input, line);
                    AddMember.Admit(work, entityId, input);
                }
                if (problems.Count > 0) throw new Refused([.. problems.OrderBy(p => p.Line)]);
                return new MemberImport(rows.Count, []);
            }, new ActNote("entity", entityId.Value), cancel);
        }
        catch (Refused refused)
        {
            return new MemberImport(0, refused.Problems);
        }
    }

    // Leaves the act without a trace; the faults are the answer.
    sealed class Refused(IReadOnlyList<LineProblem> problems) : Exception
    {
        public IReadOnlyList<LineProblem> Problems { get; } = problems;
    }
}
