using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

/// <summary>Signed evidence of an agreement counts only once both parties have approved exactly this text.</summary>
public sealed class SignAgreement : IEventHandler<SignatureAttached>
{
    public async Task HandleAsync(SignatureAttached happened, Work work)
    {
        if (happened.SubjectKind != Agreement.Subject) return;
        var id = AgreementId.From(happened.SubjectId);
        var agreement = await work.Db.Agreements.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("agreement", id.Value);
        if (agreement.State != AgreementState.Concluded || agreement.ContentDigest != happened.SubjectDigest) throw new RuleBroken(AgreementCodes.NotConcluded);
    }
}
