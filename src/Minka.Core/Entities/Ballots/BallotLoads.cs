using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities.Ballots;

static class BallotLoads
{
    public static async Task<BallotBox> BoxAsync(this Work work, BallotBoxId id, CancellationToken cancel) =>
        await work.Db.BallotBoxes.SingleOrDefaultAsync(b => b.Id == id, cancel) ?? throw new NotFound("ballot-box", id.Value);

    /// <summary>A box with its urn, at once.</summary>
    public static async Task<(BallotBox Box, Urn Urn)> UrnOfAsync(this Work work, BallotBoxId id, CancellationToken cancel)
    {
        var (urns, name) = (work.Db.Urns, id.Value);
        var both = await (from b in work.Db.BallotBoxes where b.Id == id from u in urns where u.Id == name select new { Box = b, Urn = u }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("ballot-box", id.Value);
        return (both.Box, both.Urn);
    }

    public static Task<Urn> UrnAsync(this Work work, Guid id, CancellationToken cancel) => work.Db.Urns.SingleAsync(u => u.Id == id, cancel);
}

/// <summary>What the open ways of voting ask about the secret one.</summary>
static class SecretVoting
{
    public static Task<bool> IsOpenAsync(AppDb db, MotionId motion, CancellationToken cancel) =>
        db.BallotBoxes.AnyAsync(b => b.Subject == BallotSubject.Motion && b.SubjectId == motion.Value && b.State == BallotBoxState.Open, cancel);

    /// <summary>While a motion is voted in secret nobody votes on it openly, nor closes it as an open voting.</summary>
    public static async Task MustNotBeAsync(Work work, MotionId motion, CancellationToken cancel)
    {
        if (await IsOpenAsync(work.Db, motion, cancel)) throw new RuleBroken(BallotRules.IsSecret);
    }

    /// <summary>In a secret voting a conflict may still be declared, by whoever has not voted.</summary>
    public static async Task GuardAsync(Work work, MotionId motion, MemberId member, Choice choice, CancellationToken cancel)
    {
        var box = await work.Db.BallotBoxes.Where(b => b.Subject == BallotSubject.Motion && b.SubjectId == motion.Value && b.State == BallotBoxState.Open).Select(b => (BallotBoxId?)b.Id).FirstOrDefaultAsync(cancel);
        if (box is not { } open) return;
        if (choice != Choice.Conflict) throw new RuleBroken(BallotRules.IsSecret);
        if (await work.Db.BallotParticipations.AnyAsync(p => p.BoxId == open && p.MemberId == member, cancel)) throw new RuleBroken(BallotRules.TookPart);
    }
}
