using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Fund.Funds;

/// <summary>A fund receives resources, by the norm or document that grants them.</summary>
[UseCase]
public sealed class EndowFund(Writer writer)
{
    public Task ExecuteAsync(FundId id, Money amount, string basis, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.endow", actor, async work =>
        {
            if (!await work.Db.Funds.AnyAsync(f => f.Id == id, cancel)) throw new NotFound("fund", id.Value);
            if (string.IsNullOrWhiteSpace(basis)) throw new RuleBroken(FundRules.BasisMissing);
            await LedgerBook.EndowAsync(work, id.Value, amount, basis.Trim());
        }, new ActNote("fund", id.Value), cancel);
}
