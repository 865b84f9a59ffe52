using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<PrioritisationSession> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Total = await db.PrioritisationSessions.CountAsync(s => s.EntityId == Entity.Id);
        PageNumber = PageOf(Total, 50);
        Rows = await SliceAsync((PageNumber - 1) * 50, 50);
    }

    async Task<IReadOnlyList<PrioritisationSession>> SliceAsync(int from, int count) =>
        await db.PrioritisationSessions.Where(s => s.EntityId == Entity.Id).OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Entity.Slug}-priorizaciones", [T["priority.title"], T["priority.budget"], T["priority.rule"], T["priority.digest"], T["entities.state"]],
        Listing.AllAsync(SliceAsync).Select(s => (IReadOnlyList<object?>)[s.Title, s.Budget, T["selection.rule." + PriorityWords.KeyOf(s.Rule)], s.RuleDigest?.Hex, T.Of(s.State)]));
}
