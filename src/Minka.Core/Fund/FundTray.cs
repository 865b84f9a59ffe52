using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>The calls of a fund, each with its next act: for its secretariat, and the award for its board.</summary>
public static class FundTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var items = new List<TrayItem>();
        var operated = tray.In(Role.Operator).Select(FundId.From).ToList();
        if (operated.Count > 0)
        {
            var calls = await db.Calls.Where(c => operated.Contains(c.FundId) && c.EndedAt == null).OrderBy(c => c.CreatedAt).Take(50).ToListAsync(cancel);
            items.AddRange(calls.Where(c => c.State != CallState.Closed).Select(c => NextAct(c, tray.Now)).OfType<TrayItem>());
            var questions = from q in db.Questions
                            join c in db.Calls on q.CallId equals c.Id
                            where operated.Contains(c.FundId) && q.AnsweredAt == null && c.State == CallState.Published
                            group q by new { c.Slug, c.Title } into g
                            select new { g.Key.Slug, g.Key.Title, Count = g.Count(), First = g.Min(q => q.AskedAt) };
            items.AddRange((await questions.ToListAsync(cancel)).Select(q => new TrayItem("tray.call.questions", [q.Title, q.Count], $"/convocatorias/{q.Slug}/preguntas", q.First)));
        }
        await RenewalsAsync(db, tray, operated, items, cancel);
        var governed = tray.In(Role.Board).Select(FundId.From).ToList();
        if (governed.Count > 0)
        {
            var ranked = await db.Calls.Where(c => governed.Contains(c.FundId) && c.State == CallState.Ranked).ToListAsync(cancel);
            items.AddRange(ranked.Select(c => new TrayItem("tray.award.decide", [c.Title], $"/convocatorias/{c.Slug}/premiacion", c.ClosedAt ?? c.CreatedAt)));
        }
        await OpeningsAsync(db, tray, items, cancel);
        return items;
    }

    /// <summary>Closed calls: to ask for the opening, or to confirm it where another official has asked.</summary>
    static async Task OpeningsAsync(AppDb db, TrayOf tray, List<TrayItem> items, CancellationToken cancel)
    {
        var (operated, both) = (tray.In(Role.Operator), tray.In(Role.Operator, Role.Board).Select(FundId.From).ToList());
        if (both.Count == 0) return;
        foreach (var call in await db.Calls.Where(c => both.Contains(c.FundId) && c.State == CallState.Closed).OrderBy(c => c.ClosedAt).Take(50).ToListAsync(cancel))
        {
            var freeze = await db.Freezes.AsNoTracking().SingleAsync(f => f.CallId == call.Id && f.Round == call.Round && f.Number == 2, cancel);
            var officials = Openings.Officials(CallRules.Of(freeze));
            var given = await Openings.ConsentsAsync(db, call, cancel);
            if (given.Any(c => c.PersonId == tray.PersonId)) continue;
            var confirms = officials > 1 && given.Count >= officials - 1;
            if (!confirms && !operated.Contains(call.FundId.Value)) continue;
            items.Add(new(confirms ? "tray.call.confirm-opening" : officials > 1 ? "tray.call.ask-opening" : "tray.call.open-envelopes", [call.Title], $"/convocatorias/{call.Slug}/apertura", call.ClosedAt ?? call.CreatedAt));
        }
    }

    /// <summary>Accreditations that end soon: for the fund's secretariat, and for that of the entity.</summary>
    static async Task RenewalsAsync(AppDb db, TrayOf tray, List<FundId> operated, List<TrayItem> items, CancellationToken cancel)
    {
        var today = LegalTime.DayIn(tray.Now);
        var until = today.AddDays(AccreditationClocks.RenewalDays);
        if (operated.Count > 0)
        {
            var all = db.Accreditations;
            var near = await (from a in db.Accreditations
                              where operated.Contains(a.FundId) && a.RevokedAt == null && a.ValidTo >= today && a.ValidTo < until
                                  && !all.Any(n => n.FundId == a.FundId && n.EntityId == a.EntityId && n.RevokedAt == null && n.ValidFrom > a.ValidFrom)
                              join e in db.CoordinationEntities on a.EntityId equals e.Id
                              where e.State == Entities.EntityState.Active
                              join f in db.Funds on a.FundId equals f.Id
                              orderby a.ValidTo
                              select new { a.Id, e.Name, f.Slug, a.ValidTo }).Take(50).ToListAsync(cancel);
            items.AddRange(near.Select(a => new TrayItem("tray.accreditation.renew", [a.Name, a.ValidTo], $"/fondos/{a.Slug}/acreditaciones/{a.Id.Value}/renovar",
                LegalTime.ToUtc(a.ValidTo.AddDays(-AccreditationClocks.RenewalDays), TimeOnly.MinValue), Deadline.EndOf(a.ValidTo).ClosesAt)));
        }
        var entities = tray.In(Role.Secretary).Select(EntityId.From).ToList();
        foreach (var entity in await db.CoordinationEntities.Where(e => entities.Contains(e.Id) && e.State == Entities.EntityState.Active).OrderBy(e => e.Name).Take(20).ToListAsync(cancel))
        {
            foreach (var clock in (await AccreditationClocks.ReadAsync(db, entity.Id, today, cancel)).Where(c => c.Light != ClockLight.OnTime))
                items.Add(new("tray.clock." + clock.Code, [entity.Name, .. clock.Args], clock.Page, LegalTime.ToUtc(clock.Since, TimeOnly.MinValue), clock.Due is { } due && due >= today ? Deadline.EndOf(due).ClosesAt : null));
        }
    }

    static TrayItem? NextAct(Call call, DateTime now)
    {
        var dates = call.Calendar.IsEmpty ? null : call.Dates;
        return call.State switch
        {
            CallState.Draft => Item("publish", call.CreatedAt),
            CallState.Published => Item("integrate", call.PublishedAt, dates?.OpensAt),
            CallState.Integrated => Item("open", dates?.OpensAt, dates?.Close.ClosesAt),
            CallState.Open when dates!.Close.HasPassedAt(now) => Item("close", dates.Close.ClosesAt),
            CallState.Opened => Item("screen", call.ClosedAt, page: "admisibilidad"),
            CallState.Screening => Item("evaluate", call.ClosedAt, page: "admisibilidad"),
            CallState.Evaluating => Item("rank", call.ClosedAt, page: "premiacion"),
            CallState.Approved => Item("award", call.ClosedAt, page: "premiacion"),
            _ => null,
        };

        TrayItem Item(string verb, DateTime? since, DateTime? due = null, string page = "gestion") =>
            new("tray.call." + verb, [call.Title], $"/convocatorias/{call.Slug}/{page}", since ?? call.CreatedAt, due > now ? due : null);
    }
}
