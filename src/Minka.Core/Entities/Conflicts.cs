using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>
/// Who stays out of a decision: whoever withdrew from it, and whoever is tied to one of its parties, because the member is the party or
/// because the person who speaks for it declared an interest. They count for the quorum and for nothing else.
/// </summary>
static class Conflicts
{
    public static Task<List<MotionParty>> PartiesAsync(this AppDb db, MotionId motion, CancellationToken cancel) =>
        db.MotionParties.Where(p => p.MotionId == motion).OrderBy(p => p.Order).ToListAsync(cancel);

    /// <param name="votes">Those of the motion.</param>
    public static async Task<IReadOnlySet<MemberId>> OfAsync(AppDb db, InterestVault vault, AssemblyRoom room, Motion motion, IReadOnlyCollection<Vote> votes, DateTime instant, CancellationToken cancel)
    {
        var id = motion.Id;
        var found = (await db.Withdrawals.Where(w => w.MotionId == id && w.At <= instant).Select(w => w.MemberId).ToListAsync(cancel)).ToHashSet();
        found.UnionWith(votes.Where(v => v.Choice == Choice.Conflict).Select(v => v.MemberId));
        var parties = await db.PartiesAsync(id, cancel);
        if (parties.Count > 0)
            found.UnionWith(await Interests.TiedMembersAsync(db, vault, room.Assembly.Id, [.. parties.Select(p => p.Party)], room.DayIn(motion.VotingOpenedAt ?? instant), id, new Interests.Span(motion.VotingOpenedAt ?? instant, instant), cancel));
        return found;
    }

    /// <summary>Whether one member stays out of one motion; it loads no room.</summary>
    /// <param name="speaker">Who speaks for the member; null: nobody with an account.</param>
    public static async Task<bool> BarsAsync(AppDb db, InterestVault vault, MotionId motion, Member member, Guid? speaker, DateOnly day, CancellationToken cancel)
    {
        var id = member.Id;
        var (withdrawals, votes, touched) = (db.Withdrawals, db.Votes, db.MotionParties);
        var point = await db.Motions.Where(m => m.Id == motion).Select(m => new
        {
            m.VotingOpenedAt,
            IsOut = withdrawals.Any(w => w.MotionId == motion && w.MemberId == id) || votes.Any(v => v.MotionId == motion && v.MemberId == id && v.Choice == Choice.Conflict),
            HasParties = touched.Any(p => p.MotionId == motion),
        }).SingleAsync(cancel);
        if (point.IsOut || !point.HasParties) return point.IsOut;
        var parties = await db.PartiesAsync(motion, cancel);
        return await Interests.IsTiedAsync(db, vault, member, speaker, [.. parties.Select(p => p.Party)], day, point.VotingOpenedAt, cancel);
    }

    public static InterestVault Vault(this Work work) => (InterestVault)work.Services.GetService(typeof(InterestVault))!;
}
