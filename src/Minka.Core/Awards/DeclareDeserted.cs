using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Awards;

/// <summary>A call in which nobody can win any more is declared deserted: it ends, and its envelopes go back to the fund.</summary>
[UseCase]
public sealed class DeclareDeserted(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.declare-deserted", actor, async work =>
        {
            var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
            var from = call.State;
            call.DeclareDeserted(await Deserted.EligibleAsync(work.Db, call, cancel), work.Now);
            var available = (await LedgerBook.OfCallAsync(work.Db, id.Value)).Available;
            await CallFile.ReturnMoneyAsync(work, call);
            work.Happened(new CallDeserted(id, from, available));
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>Who may still win in a call.</summary>
public static class Deserted
{
    /// <summary>Applications that were received and have not left; once a ranking is proposed, those that it funds.</summary>
    public static async Task<int> EligibleAsync(AppDb db, Call call, CancellationToken cancel = default)
    {
        var id = call.Id;
        if (call.State == CallState.Ranked)
        {
            var run = await db.SelectionRuns.AsNoTracking().Where(r => r.CallId == id).OrderByDescending(r => r.Number).FirstAsync(cancel);
            return run.ReadResult().Decisions.Count(d => d.IsFunded);
        }
        return await db.Applications.CountAsync(a => a.CallId == id && a.State != ApplicationState.Draft && a.State != ApplicationState.Withdrawn
            && a.State != ApplicationState.Inadmissible && a.State != ApplicationState.Disqualified, cancel);
    }

    /// <summary>Whether it may be declared now.</summary>
    public static async Task<bool> MayBeDeclaredAsync(AppDb db, Call call, CancellationToken cancel = default) =>
        Call.Table.May(call.State, "declare-deserted") && await EligibleAsync(db, call, cancel) == 0;
}
