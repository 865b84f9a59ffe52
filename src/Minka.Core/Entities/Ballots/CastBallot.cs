using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>
/// Takes a member's secret ballot: that it took part in one record, the ballot in the urn. Only the representative casts it: a secretary who
/// wrote it down would know it. Sent again with the same code it counts once, and is told so; what was voted is told to nobody.
/// It loads one seat, not the room, so that a thousand may vote within seconds.
/// </summary>
[UseCase]
public sealed class CastBallot(Writer writer, AppDb db, SealingKeys keys, IEntropy entropy)
{
    /// <param name="marks">By option; none at all is a blank ballot only if <paramref name="blank"/> says so.</param>
    /// <returns>True: taken now; false: it was in the urn already.</returns>
    public async Task<bool> ExecuteAsync(BallotBoxId id, MemberId member, IReadOnlyDictionary<string, int> marks, bool blank, BallotCode code, Actor actor, CancellationToken cancel = default)
    {
        if (code.Value == Guid.Empty) throw new RuleBroken(BallotRules.CodeMissing);
        var known = await db.BallotBoxes.Where(b => b.Id == id).Select(b => new { b.Paper, b.AssemblyId }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("ballot-box", id.Value);
        if (await IsInAsync(id, member, code, cancel)) return false;
        var marking = known.Paper.Mark(blank ? new Dictionary<string, int>() : marks);
        if (marking.IsBlank && !blank) throw new RuleBroken(BallotRules.NothingChosen);
        var ballot = known.Paper.Encode(marking);
        return await writer.ActAsync("ballot.cast", actor, work => TakeAsync(work, id, known.AssemblyId, member, ballot, code, actor, cancel), new ActNote("ballot-box", id.Value), cancel);
    }

    /// <summary>Whether the member took part and a ballot with this code is in the urn, or was counted: a request that is repeated.</summary>
    async Task<bool> IsInAsync(BallotBoxId id, MemberId member, BallotCode code, CancellationToken cancel)
    {
        if (!await db.BallotParticipations.AnyAsync(p => p.BoxId == id && p.MemberId == member && !p.OnPaper, cancel)) return false;
        var text = code.ToString();
        if (await db.CountedCodes.AnyAsync(c => c.UrnId == id.Value && c.Code == text, cancel)) return true;
        return await db.Urns.SingleAsync(u => u.Id == id.Value, cancel) is { Sealed: not null } urn && new UrnKeeper(keys, entropy).Holds(urn, code);
    }

    static async Task<bool> TakeAsync(Work work, BallotBoxId id, AssemblyId assembly, MemberId memberId, byte[] ballot, BallotCode code, Actor actor, CancellationToken cancel)
    {
        if (await SeatLook.FindAsync(work.Db, assembly, memberId, cancel, id) is not { } look) throw new RuleBroken(BallotRules.OnlyYours);
        var (member, stay) = (look.Member, look.Stay);
        var today = look.Law.Zone.DayIn(work.Now);
        if (!(await Speakers.MayAsync(work.Db, look.Law.Template, member, stay, actor.PersonId, today, cancel)).May) throw new RuleBroken(BallotRules.OnlyYours);
        var keeper = work.Keeper();
        var (box, urn) = await work.UrnOfAsync(id, cancel);
        if (look.TookPart is { } before)
        {
            if (box.State == BallotBoxState.Open && !before.OnPaper && keeper.Holds(urn, code)) return false;
            throw new RuleBroken(BallotRules.Twice, member.Organisation);
        }
        var seat = await BallotSeats.MayVoteAsync(work, box, look, today, cancel);
        keeper.Add(urn, code, ballot, seat.Votes);
        work.Db.BallotParticipations.Add(new BallotParticipation { BoxId = id, MemberId = memberId, Votes = seat.Votes, OnPaper = false });
        work.Happened(new BallotTaken(id, memberId, OnPaper: false));
        return true;
    }
}

static class BallotSeats
{
    /// <summary>The seat, if its member may take part now: box and session open, on the roll, in force, present, without conflict.</summary>
    public static async Task<RollSeat> MayVoteAsync(Work work, BallotBox box, SeatLook look, DateOnly today, CancellationToken cancel)
    {
        box.MustBeOpen();
        var member = look.Member;
        if (look.Assembly.State != AssemblyState.InSession) throw new RuleBroken(EntitiesRules.NotInSession);
        var seat = look.Seat ?? throw new RuleBroken(EntitiesRules.VoteNotMember);
        if (!member.IsInForceOn(today)) throw new RuleBroken(EntitiesRules.VoteMandateExpired, seat.Organisation, member.MandateTo);
        if (look.Stay is null) throw new RuleBroken(EntitiesRules.VoteAbsent, seat.Organisation);
        if (box.Subject == BallotSubject.Motion && await Conflicts.BarsAsync(work.Db, work.Vault(), MotionId.From(box.SubjectId), member, (await Speakers.NowAsync(work.Db, member, look.Stay, cancel)).Person, today, cancel))
            throw new RuleBroken(EntitiesRules.VoteConflict, seat.Organisation);
        return seat;
    }
}
