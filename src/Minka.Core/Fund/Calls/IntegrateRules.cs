using Minka.Core.Database;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Freeze 2: the rules with what the answers changed. Nothing changes them afterwards.</summary>
[UseCase]
public sealed class IntegrateRules(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.integrate", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var call = file.Call;
            call.Integrate();
            CallReadiness.Require(await CallReadiness.ForIntegrateAsync(work.Db, file, work.Now));
            var freeze = file.FreezeNow(work, 2);
            var held = (await LedgerBook.OfCallAsync(work.Db, id.Value)).Appropriation;
            if (call.Budget > held) await LedgerBook.AppropriateAsync(work, call.FundId.Value, id.Value, call.Budget - held);
            if (call.Budget < held) await LedgerBook.ReturnAsync(work, call.FundId.Value, id.Value, held - call.Budget);
            work.Happened(new RulesIntegrated(id, call.Round, call.Budget, freeze.Digest, call.CalendarDigest));
        }, new ActNote("call", id.Value), cancel);
}
