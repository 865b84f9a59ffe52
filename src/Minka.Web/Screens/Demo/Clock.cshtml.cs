using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Demo;

/// <summary>An instant at which something changes by itself.</summary>
public sealed record ClockStop(DateTime At, string Key, string What);

/// <summary>Moves the demonstration's date on, so that a visitor need not wait for a deadline.</summary>
[SignedIn, DemoOnly]
public sealed class ClockModel(AppDb db, MoveDemoClock move, CloseDueCalls closeDueCalls) : Screen
{
    const int Shown = 12;

    public IReadOnlyList<ClockStop> Next { get; private set; } = [];

    public string Key(DateTime at) => at.ToString("o", CultureInfo.InvariantCulture);

    public override async Task LoadAsync()
    {
        var (now, cancel) = (Now, HttpContext.RequestAborted);
        var stops = new List<ClockStop>();
        foreach (var call in await db.Calls.Where(c => c.State == CallState.Published || c.State == CallState.Integrated || c.State == CallState.Open).ToListAsync(cancel))
        {
            stops.Add(new(call.Dates.QuestionsEnd.ClosesAt, "demo.clock.questions-end", call.Title));
            stops.Add(new(call.Dates.OpensAt, "demo.clock.opens", call.Title));
            stops.Add(new(call.Dates.Close.ClosesAt, "demo.clock.closes", call.Title));
        }
        foreach (var assembly in await db.Assemblies.Where(a => a.State == AssemblyState.Convened).OrderBy(a => a.FirstCallAt).Take(Shown).ToListAsync(cancel))
        {
            stops.Add(new(assembly.FirstCallAt, "demo.clock.assembly", assembly.Title));
            if (assembly.SecondCallAt is { } second) stops.Add(new(second, "demo.clock.assembly-second", assembly.Title));
        }
        var cures = from r in db.Reviews
                    join a in db.Applications on r.ApplicationId equals a.Id
                    where r.State == ReviewState.Observed && r.CureUntil > now
                    select new { r.CureUntil, a.Code };
        stops.AddRange((await cures.ToListAsync(cancel)).Select(c => new ClockStop(c.CureUntil!.Value, "demo.clock.cure", c.Code ?? "")));
        var agreements = await db.Agreements.Where(a => a.State == AgreementState.Draft && a.SignUntil > now).Select(a => new { a.SignUntil, a.Number }).ToListAsync(cancel);
        stops.AddRange(agreements.Select(a => new ClockStop(a.SignUntil, "demo.clock.signature", a.Number)));
        Next = [.. stops.Where(s => s.At > now).OrderBy(s => s.At).DistinctBy(s => (s.At, s.Key, s.What)).Take(Shown)];
    }

    public async Task<IActionResult> OnPostAsync(string? to)
    {
        if (!DateTime.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) || instant.Kind != DateTimeKind.Utc) return BadRequest();
        await move.ExecuteAsync(instant, Actor, HttpContext.RequestAborted);
        await closeDueCalls.ExecuteAsync(HttpContext.RequestAborted);
        Say("demo.clock.moved", Now);
        return LocalRedirect("/demo/reloj");
    }
}
