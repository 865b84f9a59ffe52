using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>One seat as a vote needs it.</summary>
/// <param name="Holder">Who votes for it by proxy, while nobody of its own is there.</param>
sealed record VotingSeat(Member Member, string Organisation, Attendance? Stay, (Guid? Person, RepresentationId? Alternate) Speaker, VotingSeat? Holder);

/// <summary>What a vote on a motion needs of its assembly, without the room.</summary>
sealed record RollCall(Work Work, Assembly Assembly, CompositionTemplate Template, WrittenProcedure? Written, DateOnly Day)
{
    public HashSet<MemberId> Withdrawn { get; } = [];

    public HashSet<MemberId> Voted { get; } = [];

    public static async Task<RollCall> LoadAsync(Work work, Motion motion, CancellationToken cancel)
    {
        var assembly = await work.AssemblyAsync(motion.AssemblyId, cancel);
        var law = await work.Db.LawAsync(assembly.EntityId, cancel);
        var written = await work.Db.WrittenProcedures.SingleOrDefaultAsync(w => w.AssemblyId == assembly.Id, cancel);
        return new RollCall(work, assembly, law.Template, written, law.Zone.DayIn(motion.VotingOpenedAt ?? work.Now));
    }

    public async Task<VotingSeat> SeatAsync(MemberId id, CancellationToken cancel)
    {
        var seat = await FindAsync(id, cancel) ?? throw new RuleBroken(EntitiesRules.VoteNotMember);
        if (seat.Stay is not null || Written is not null) return seat;
        var (assembly, now) = (Assembly.Id, Work.Now);
        var holder = await Work.Db.Proxies.Where(p => p.AssemblyId == assembly && p.GiverId == id && p.GivenAt <= now && (p.RevokedAt == null || p.RevokedAt > now)).Select(p => (MemberId?)p.HolderId).FirstOrDefaultAsync(cancel);
        return holder is { } carrier ? seat with { Holder = await FindAsync(carrier, cancel) } : seat;
    }

    public bool IsThere(VotingSeat seat) => Written is not null || seat.Stay is not null || seat.Holder?.Stay is not null;

    /// <summary>The alternate as whom the person acts; null: the representative, or the one of the holder.</summary>
    public async Task<RepresentationId?> MustSpeakAsync(VotingSeat seat, Guid? person, CancellationToken cancel)
    {
        var (may, alternate) = await Speakers.MayAsync(Work.Db, Template, seat.Member, seat.Stay, person, Day, cancel);
        if (may) return alternate;
        if (seat.Holder is { } holder && (await Speakers.MayAsync(Work.Db, Template, holder.Member, holder.Stay, person, Day, cancel)).May) return null;
        throw new RuleBroken(EntitiesRules.VoteNotYours);
    }

    async Task<VotingSeat?> FindAsync(MemberId id, CancellationToken cancel)
    {
        if (await SeatLook.FindAsync(Work.Db, Assembly.Id, id, cancel) is not { Seat: { } seat } look) return null;
        return new VotingSeat(look.Member, seat.Organisation, look.Stay, await Speakers.NowAsync(Work.Db, look.Member, look.Stay, cancel), null);
    }
}
