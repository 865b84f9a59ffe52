using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.Pledges;

/// <summary>Takes a pledge out of account and keeps why.</summary>
[UseCase]
public sealed class WithdrawPledge(Writer writer)
{
    public Task ExecuteAsync(ProgrammeId programme, PledgeId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("pledge.withdraw", actor, async work =>
        {
            (await work.Db.PledgeAsync(programme, id, cancel)).Withdraw(why);
            work.Happened(new PledgeWithdrawn(id, programme));
        }, new ActNote("programme", programme.Value), cancel);
}
