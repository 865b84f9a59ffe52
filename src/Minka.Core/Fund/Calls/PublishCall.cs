using Minka.Core.Database;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Freeze 1, and the call takes its budget from the fund.</summary>
[UseCase]
public sealed class PublishCall(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.publish", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var call = file.Call;
            call.Publish(work.Now);
            CallReadiness.Require(await CallReadiness.ForPublishAsync(work.Db, file, work.Now));
            var freeze = file.FreezeNow(work, 1);
            await LedgerBook.AppropriateAsync(work, call.FundId.Value, id.Value, call.Budget);
            work.Happened(new CallPublished(id, call.FundId, call.Round, call.Budget, freeze.Digest, call.CalendarDigest));
        }, new ActNote("call", id.Value), cancel);
}
