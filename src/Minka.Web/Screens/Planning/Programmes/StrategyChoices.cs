using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Programmes;

static class StrategyChoices
{
    public static async Task<IReadOnlyList<Choice>> OfAsync(AppDb db, T t, EntityId entity, StrategyId? also = null)
    {
        var all = await db.Strategies.Where(s => s.EntityId == entity && (s.State != StrategyState.Superseded || s.Id == also)).OrderByDescending(s => s.Number).ToListAsync();
        return [.. all.Select(s => new Choice(s.Id.Value.ToString(), s.Title, t.Of(s.State)))];
    }
}
