using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Home;

/// <summary>One line of "what is happening": a count in words and where to see it.</summary>
public sealed record Happening(string Text, string Href)
{
    /// <summary>What the platform holds now, one small query a line; what is not there yet says how it begins.</summary>
    public static async Task<IReadOnlyList<Happening>> ReadAsync(AppDb db, T texts, CancellationToken cancel)
    {
        var open = (await db.Calls.Where(c => c.State == CallState.Open).OrderBy(c => c.CreatedAt).Take(5).ToListAsync(cancel))
            .Select(c => new Happening(texts["home.call.open", c.Title, Format.Instant(c.Dates.Close.ClosesAt)], $"/convocatorias/{c.Slug}"));
        var calls = await db.Calls.CountAsync(c => c.State != CallState.Draft, cancel);
        var entities = await db.CoordinationEntities.CountAsync(cancel);
        var programmes = await db.Programmes.CountAsync(cancel);
        var acts = await db.Acts.CountAsync(cancel);
        return
        [
            .. open,
            new(Say("home.calls", calls), "/convocatorias"),
            new(Say("home.entities", entities), "/entidades"),
            new(Say("home.programmes", programmes), "/programas"),
            new(Say("home.acts", acts), "/registro"),
        ];

        string Say(string key, long count) => count == 0 ? texts[key + ".none"] : texts.Count(count, key + ".one", key + ".many");
    }
}
