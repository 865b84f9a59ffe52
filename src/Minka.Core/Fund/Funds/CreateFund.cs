using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Fund.Funds;

/// <param name="Resources">What it starts with; zero is possible.</param>
/// <param name="ResourcesBasis">The norm or document that grants them.</param>
public sealed record FundInput(string Name, string Institution, string LegalBasis, Money Resources, string ResourcesBasis);

[UseCase]
public sealed class CreateFund(Writer writer)
{
    public Task<FundId> ExecuteAsync(FundInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.create", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > 200) throw new RuleBroken(FundRules.FundNameMissing);
            if (string.IsNullOrWhiteSpace(input.Institution) || input.Institution.Length > 200) throw new RuleBroken(FundRules.InstitutionMissing);
            if (input.Resources.IsPositive && string.IsNullOrWhiteSpace(input.ResourcesBasis)) throw new RuleBroken(FundRules.BasisMissing);
            var taken = await work.Db.Funds.Select(f => f.Slug).ToListAsync(cancel);
            var fund = new CoFinancingFund
            {
                Id = work.NewId<FundId>(),
                Slug = Slugs.Unique(input.Name, taken.Contains),
                Name = input.Name.Trim(),
                Institution = input.Institution.Trim(),
                LegalBasis = input.LegalBasis.Trim(),
                CreatedAt = work.Now,
            };
            work.Db.Funds.Add(fund);
            work.Happened(new FundCreated(fund.Id));
            if (!input.Resources.IsZero) await LedgerBook.EndowAsync(work, fund.Id.Value, input.Resources, input.ResourcesBasis.Trim());
            return fund.Id;
        }, new ActNote("fund"), cancel);
}
