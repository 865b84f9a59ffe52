using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>The seats of members, counted by the database: a composition needs how many there are of each kind, not who they are.</summary>
public static class SeatCounts
{
    /// <summary>One weight a seat, by entity; it says nothing of women.</summary>
    public static async Task<ILookup<EntityId, SeatWeight>> SeatsAsync(this IQueryable<Member> members, CancellationToken cancel = default)
    {
        var kinds = await members.GroupBy(m => new { m.EntityId, m.Sector, m.InterestGroup, m.Votes })
            .Select(g => new { g.Key.EntityId, g.Key.Sector, g.Key.InterestGroup, g.Key.Votes, Count = g.Count() }).ToListAsync(cancel);
        return kinds.SelectMany(k => Enumerable.Repeat((k.EntityId, Seat: new SeatWeight(k.Sector, k.InterestGroup, k.Votes)), k.Count)).ToLookup(s => s.EntityId, s => s.Seat);
    }

    /// <summary>The composition of an entity's members in force on a day, against its template and its own statutes.</summary>
    public static async Task<CompositionReport> CompositionAsync(this AppDb db, EntityId id, DateOnly day, CancellationToken cancel = default)
    {
        var template = (await db.LawAsync(id, cancel)).Template;
        var members = db.Members.Where(m => m.EntityId == id && m.MandateFrom <= day && day <= m.MandateTo);
        if (!template.CountsWomen) return Composition.OfMembers(template, (await members.SeatsAsync(cancel))[id]);
        var women = await Representations.WomenAsync(db, id, day, cancel);
        var seats = await members.Select(m => new { m.Id, m.Sector, m.InterestGroup, m.Votes }).ToListAsync(cancel);
        return Composition.OfMembers(template, seats.Select(s => new SeatWeight(s.Sector, s.InterestGroup, s.Votes, women.Contains(s.Id))));
    }
}
