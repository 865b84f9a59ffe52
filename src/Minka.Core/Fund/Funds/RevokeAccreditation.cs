using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Funds;

[UseCase]
public sealed class RevokeAccreditation(Writer writer)
{
    public Task ExecuteAsync(AccreditationId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.revoke-accreditation", actor, async work =>
        {
            var accreditation = await work.Db.Accreditations.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("accreditation", id.Value);
            accreditation.Revoke(why, work.Now);
            work.Happened(new AccreditationRevoked(accreditation.FundId, accreditation.EntityId, id));
        }, new ActNote("accreditation", id.Value, why), cancel);
}
