using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Assemblies;

/// <summary>The convocation as a paper: from data only, without names of persons.</summary>
[Public]
public sealed class ConvocationModel(AppDb db) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public IReadOnlyList<Motion> Motions { get; private set; } = [];

    /// <summary>The agenda as it was told; motions that came later follow it.</summary>
    public IReadOnlyList<AgendaItem> Agenda { get; private set; } = [];

    /// <summary>Organisations that no e-mail reaches, for the secretariat; organisations only.</summary>
    public IReadOnlyList<string> ByPaper { get; private set; } = [];

    public IReadOnlyList<string> Roll { get; private set; } = [];

    public long? Leaf { get; private set; }

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        Motions = await db.Motions.Where(m => m.AssemblyId == id).OrderBy(m => m.Order).ToListAsync();
        Agenda = await db.AgendaItems.Where(i => i.AssemblyId == id).OrderBy(i => i.Order).ToListAsync();
        if (May(Role.Secretary))
        {
            var people = db.People;
            ByPaper = await (from s in db.RollSeats
                             where s.AssemblyId == id
                             join m in db.Members on s.MemberId equals m.Id
                             where !people.Any(p => p.Id == m.RepresentativePersonId && (p.Email != null || p.IsDemo))
                             orderby s.Organisation
                             select s.Organisation).Take(2_000).ToListAsync();
        }
        Roll = await db.RollSeats.Where(s => s.AssemblyId == id).OrderBy(s => s.Organisation).Select(s => s.Organisation).ToListAsync();
        // The roll is that of the convocation, and its act names the entity: the assembly's own number tells which.
        Leaf = await AssemblyWords.LeafAtAsync(db, "assembly.convene", Entity.Id.Value, Assembly.ConvenedAt);
    }
}
