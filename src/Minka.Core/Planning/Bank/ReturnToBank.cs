using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.Bank;

/// <summary>Takes a project out of a programme and keeps it in the bank with its sheet and costs. Frozen versions keep it too.</summary>
[UseCase]
public sealed class ReturnToBank(Writer writer)
{
    public Task ExecuteAsync(ProgrammeId programme, ProjectId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.return", actor, async work =>
        {
            var project = await work.Db.ProjectAsync(programme, id, cancel);
            var isTaken = await work.Db.Projects.AnyAsync(p => p.EntityId == project.EntityId && p.ProgrammeId == null && p.Code == project.Code, cancel);
            project.MoveToBank(isTaken ? await BankChecks.NextCodeAsync(work.Db, project.EntityId, cancel) : project.Code);
            work.Happened(new ProjectReturned(id, programme));
        }, new ActNote("programme", programme.Value), cancel);
}
