using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;

namespace Minka.Core.Entities;

/// <summary>
/// What one member's act needs of the assembly, in one question to the database instead of one a fact: a thousand ask it within
/// seconds, one after another.
/// </summary>
/// <param name="Seat">Null: not on the roll.</param>
/// <param name="Stay">The open one; null: not in the room.</param>
sealed record SeatLook(Assembly Assembly, EntityLaw Law, Member Member, RollSeat? Seat, Attendance? Stay)
{
    /// <summary>That it took part in the secret voting that was asked about.</summary>
    public BallotParticipation? TookPart { get; private init; }

    /// <returns>Null: there is no such assembly, or no such member.</returns>
    public static async Task<SeatLook?> FindAsync(AppDb db, AssemblyId id, MemberId member, CancellationToken cancel, BallotBoxId box = default)
    {
        var (entities, members, statutes, roll, attendances, participations) = (db.CoordinationEntities, db.Members, db.EntityStatutes, db.RollSeats, db.Attendances, db.BallotParticipations);
        var found = await (from a in db.Assemblies
                           where a.Id == id
                           join e in entities on a.EntityId equals e.Id
                           join statute in statutes on e.Id equals statute.EntityId into written
                           from statute in written.DefaultIfEmpty()
                           from m in members
                           where m.Id == member
                           join seat in roll.Where(s => s.AssemblyId == id) on m.Id equals seat.MemberId into seats
                           from seat in seats.DefaultIfEmpty()
                           join stay in attendances.Where(s => s.AssemblyId == id && s.LeftAt == null) on m.Id equals stay.MemberId into stays
                           from stay in stays.DefaultIfEmpty()
                           join part in participations.Where(p => p.BoxId == box) on m.Id equals part.MemberId into parts
                           from part in parts.DefaultIfEmpty()
                           select new { Assembly = a, e.TemplateId, LeastWomen = statute == null ? null : statute.LeastWomen, Zone = statute == null ? null : statute.Zone, Member = m, Seat = seat, Stay = stay, Part = part })
            .FirstOrDefaultAsync(cancel);
        return found is null ? null : new SeatLook(found.Assembly, EntityLaws.Of(found.TemplateId, found.LeastWomen, found.Zone), found.Member, found.Seat, found.Stay) { TookPart = found.Part };
    }
}
