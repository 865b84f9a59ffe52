using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Awards;

/// <summary>Signed evidence of the award counts only for the result that the board approved.</summary>
public sealed class SignAward : IEventHandler<SignatureAttached>
{
    public async Task HandleAsync(SignatureAttached happened, Work work)
    {
        if (happened.SubjectKind != SelectionRun.Subject) return;
        var id = RunId.From(happened.SubjectId);
        var run = await work.Db.SelectionRuns.SingleOrDefaultAsync(r => r.Id == id) ?? throw new NotFound("run", id.Value);
        if (run.State != RunState.Approved || run.ResultDigest != happened.SubjectDigest) throw new RuleBroken(AwardCodes.NotApproved);
    }
}
