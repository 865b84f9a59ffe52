using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Takes applications from now to the deadline; refused, with the stages by name, while the platform lacks one that the pack needs.</summary>
[UseCase]
public sealed class OpenCall(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.open", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var reasons = await CallReadiness.ForOpenAsync(work.Db, file, work.Now);
            if (file.Pack.StagesNotBuilt is { Count: > 0 } missing) throw new RuleBroken(FundRules.StagesMissing, missing);
            if (Call.Table.May(file.Call.State, "open")) CallReadiness.Require(reasons);
            file.Call.Open(work.Now);
            work.Happened(new CallOpened(id, file.Freeze(2)!.Digest, file.Call.Dates.Close.ClosesAt));
        }, new ActNote("call", id.Value), cancel);
}
