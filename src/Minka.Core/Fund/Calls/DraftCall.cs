using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.Core.Fund.Calls;

public sealed record CallInput(FundId FundId, string Title, string Purpose, string PackId, string PackVersion, Money Budget, IReadOnlyCollection<string> ProvinceCodes);

[UseCase]
public sealed class DraftCall(Writer writer)
{
    public Task<CallId> ExecuteAsync(CallInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.draft", actor, async work =>
        {
            if (!await work.Db.Funds.AnyAsync(f => f.Id == input.FundId, cancel)) throw new NotFound("fund", input.FundId.Value);
            var pack = await new RulePacks(work.Db).GetAsync(input.PackId, input.PackVersion, cancel);
            var taken = await work.Db.Calls.Select(c => c.Slug).ToListAsync(cancel);
            var call = new Call
            {
                Id = work.NewId<CallId>(),
                FundId = input.FundId,
                Slug = Slugs.Unique(input.Title, taken.Contains),
                PackId = pack.Pack!.Id,
                PackVersion = pack.Pack.Version,
                CreatedAt = work.Now,
            };
            call.Describe(input.Title, input.Purpose);
            call.SetBudget(input.Budget);
            call.SetProvinces(input.ProvinceCodes);
            work.Db.Calls.Add(call);
            return call.Id;
        }, new ActNote("fund", input.FundId.Value), cancel);
}
