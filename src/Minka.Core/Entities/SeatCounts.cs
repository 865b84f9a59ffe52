using Microsoft.EntityFrameworkCore;

namespace Minka.Core.Entities;

/// <summary>The seats of members, counted by the database: a composition needs how many there are of each kind, not who they are.</summary>
public static class SeatCounts
{
    /// <summary>One weight a seat, by entity.</summary>
    public static async Task<ILookup<EntityId, SeatWeight>> SeatsAsync(this IQueryable<Member> members, CancellationToken cancel = default)
    {
        var kinds = await members.GroupBy(m => new { m.EntityId, m.Sector, m.InterestGroup, m.Votes })
            .Select(g => new { g.Key.EntityId, g.Key.Sector, g.Key.InterestGroup, g.Key.Votes, Count = g.Count() }).ToListAsync(cancel);
        return kinds.SelectMany(k => Enumerable.Repeat((k.EntityId, Seat: new SeatWeight(k.Sector, k.InterestGroup, k.Votes)), k.Count)).ToLookup(s => s.EntityId, s => s.Seat);
    }
}
