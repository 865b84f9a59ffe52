using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum ClockLight
{
    OnTime,
    Near,
    Late,
}

/// <summary>One thing that an entity owes by a day. Its text lies under <c>clock.CODE</c>.</summary>
/// <param name="Since">Since when it is near or late.</param>
/// <param name="Page">Below the entity's address: where it is put right.</param>
public sealed record MandateClock(string Code, ClockLight Light, DateOnly Since, DateOnly? Due, string Page, params IReadOnlyList<object?> Args);

/// <summary>What the clocks are computed from; none of it names a person.</summary>
/// <param name="Ends">Last days of the mandates in force, each with how many end then.</param>
/// <param name="Lapsed">Last days of mandates that ran out in the last year and were not renewed, each with how many.</param>
/// <param name="Sessions">Days on which a session was opened.</param>
/// <param name="Convened">Days for which one is convened.</param>
/// <param name="BoardEnds">Last days of the board's seats in force; empty where none is written down.</param>
public sealed record ClockFacts(DateOnly CreatedOn, int SessionsPerYear, string SessionsSource, IReadOnlyList<EndsOn> Ends, IReadOnlyList<EndsOn> Lapsed, IReadOnlyList<DateOnly> Sessions, IReadOnlyList<DateOnly> Convened, IReadOnlyList<DateOnly> BoardEnds);

/// <summary>So many mandates end on a day.</summary>
public sealed record EndsOn(DateOnly Day, int Count);

/// <summary>Mandates to renew and sessions owed, with a light each. The pure part takes facts; the other reads them.</summary>
public static class MandateClocks
{
    /// <summary>Days before an end from which it is near: our own proposal, the time to call an election in.</summary>
    public const int NearDays = 60;

    public static IReadOnlyList<MandateClock> Of(ClockFacts facts, DateOnly today) => [.. Mandates(facts, today), .. Board(facts, today), Sessions(facts, today)];

    static IEnumerable<MandateClock> Mandates(ClockFacts facts, DateOnly today)
    {
        if (facts.Lapsed.Count > 0)
        {
            var oldest = facts.Lapsed.Min(l => l.Day);
            yield return new("mandates-lapsed", ClockLight.Late, oldest.AddDays(1), oldest, "miembros?ver=todos", facts.Lapsed.Sum(l => l.Count), oldest);
        }
        if (facts.Ends.Count == 0) yield break;
        var first = facts.Ends.Min(e => e.Day);
        var soon = facts.Ends.Where(e => e.Day < today.AddDays(NearDays)).Sum(e => e.Count);
        yield return soon > 0
            ? new("mandates-near", ClockLight.Near, first.AddDays(-NearDays), first, "miembros", soon, first)
            : new("mandates", ClockLight.OnTime, today, first, "miembros", first);
    }

    static IEnumerable<MandateClock> Board(ClockFacts facts, DateOnly today)
    {
        if (facts.BoardEnds.Count == 0) yield break;
        var last = facts.BoardEnds.Max();
        yield return last < today ? new("board-lapsed", ClockLight.Late, last.AddDays(1), last, "constitucion", last)
            : last < today.AddDays(NearDays) ? new("board-near", ClockLight.Near, last.AddDays(-NearDays), last, "constitucion", last)
            : new("board", ClockLight.OnTime, today, last, "constitucion", last);
    }

    // Sessions fall due evenly over the year: the second of two is owed by its end, the first by the end of June. In its first year an
    // entity owes those whose day comes after it was made.
    static MandateClock Sessions(ClockFacts facts, DateOnly today)
    {
        var (start, end) = (new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31));
        var days = end.DayNumber - start.DayNumber + 1;
        IReadOnlyList<DateOnly> due = [.. Enumerable.Range(1, facts.SessionsPerYear).Select(n => start.AddDays((days * n / facts.SessionsPerYear) - 1)).Where(d => d > facts.CreatedOn)];
        var held = facts.Sessions.Count(d => d >= start && d <= today);
        var coming = facts.Convened.Where(d => d >= today && d <= end).Order().ToList();
        if (held >= due.Count) return new("sessions-done", ClockLight.OnTime, today, null, "plan", held, due.Count, facts.SessionsSource);
        var next = due[held];
        if (next < today) return new("sessions-late", ClockLight.Late, next.AddDays(1), next, "plan", held, due.Count, next, facts.SessionsSource);
        if (coming.Count > 0 && coming[0] <= next) return new("sessions-convened", ClockLight.OnTime, today, next, "plan", held, due.Count, coming[0], facts.SessionsSource);
        return next < today.AddDays(NearDays)
            ? new("sessions-near", ClockLight.Near, next.AddDays(-NearDays), next, "plan", held, due.Count, next, facts.SessionsSource)
            : new("sessions", ClockLight.OnTime, today, next, "plan", held, due.Count, next, facts.SessionsSource);
    }

    public static async Task<IReadOnlyList<MandateClock>> ReadAsync(AppDb db, CoordinationEntity entity, DateOnly today, CancellationToken cancel = default)
    {
        if (entity.State != EntityState.Active) return [];
        var id = entity.Id;
        var yearAgo = today.AddYears(-1);
        var members = db.Members.Where(m => m.EntityId == id);
        var there = members.Where(m => m.MandateFrom <= today && today <= m.MandateTo);
        var ends = await there.GroupBy(m => m.MandateTo).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        // Who withdrew or was removed owes no renewal.
        var lapsed = await members.Where(m => m.MandateTo >= yearAgo && m.MandateTo < today && m.EndedWhy == null && !there.Any(n => n.Organisation == m.Organisation || (m.Ruc != null && n.Ruc == m.Ruc)))
            .GroupBy(m => m.MandateTo).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var zone = (await db.LawAsync(id, cancel)).Zone;
        var since = zone.StartOf(new DateOnly(today.Year, 1, 1));
        var assemblies = await db.Assemblies.Where(a => a.EntityId == id && (a.OpenedAt >= since || (a.State == AssemblyState.Convened && a.FirstCallAt >= since)))
            .Select(a => new { a.OpenedAt, a.FirstCallAt, a.State }).ToListAsync(cancel);
        var statute = await db.EntityStatutes.Where(s => s.EntityId == id).Select(s => new { s.SessionsPerYear }).FirstOrDefaultAsync(cancel);
        var duty = EntityDuties.Of(entity.TemplateId).SessionsPerYear;
        var board = await db.BoardSeats.Where(b => b.EntityId == id && b.EndedAt == null).Select(b => b.To).ToListAsync(cancel);
        return Of(new(zone.DayIn(entity.CreatedAt), statute?.SessionsPerYear ?? duty.Value, statute?.SessionsPerYear is null ? duty.Source : "estatutos",
            [.. ends.Select(e => new EndsOn(e.Key, e.Count))], [.. lapsed.Select(e => new EndsOn(e.Key, e.Count))],
            [.. assemblies.Where(a => a.OpenedAt is not null).Select(a => zone.DayIn(a.OpenedAt!.Value))],
            [.. assemblies.Where(a => a.State == AssemblyState.Convened).Select(a => zone.DayIn(a.FirstCallAt))], board), today);
    }
}
