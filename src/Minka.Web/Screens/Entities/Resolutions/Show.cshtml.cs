using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Assemblies;

namespace Minka.Web.Screens.Entities.Resolutions;

[Public]
public sealed class ShowModel(AppDb db) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public Resolution Resolution { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    /// <summary>What it asks of whom; the page shows organisations, never persons.</summary>
    public IReadOnlyList<ResolutionTask> Tasks { get; private set; } = [];

    public string? RevokedBy { get; private set; }

    public long? Leaf { get; private set; }

    public string MinutesHref => Assembly.State == AssemblyState.Closed ? $"/asambleas/{Assembly.Id.Value}/acta" : $"/asambleas/{Assembly.Id.Value}/convocatoria";

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        if (!int.TryParse(Route("number"), out var number)) throw new NotFound("resolution", Route("number"));
        Resolution = await db.Resolutions.SingleOrDefaultAsync(r => r.EntityId == Entity.Id && r.Number == number) ?? throw new NotFound("resolution", number);
        Assembly = await db.Assemblies.SingleAsync(a => a.Id == Resolution.AssemblyId);
        Tasks = await db.ResolutionTasks.Where(t => t.ResolutionId == Resolution.Id).OrderBy(t => t.DueOn).Take(100).ToListAsync();
        RevokedBy = Resolution.RevokedById is { } by ? (await db.Resolutions.SingleAsync(r => r.Id == by)).Code : null;
        Leaf = await AssemblyWords.LeafOfAsync(db, "motion.close-voting", Resolution.MotionId.Value);
    }
}
