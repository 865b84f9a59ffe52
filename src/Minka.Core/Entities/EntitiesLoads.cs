using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>An assembly with what its decisions need.</summary>
sealed record AssemblyRoom(Assembly Assembly, CoordinationEntity Entity, IReadOnlyList<RollSeat> Roll, IReadOnlyList<Attendance> Attendances)
{
    public CompositionTemplate Template => Entity.Template;

    public IReadOnlyList<MemberId> Members { get; } = [.. Roll.Select(s => s.MemberId)];

    public QuorumReport QuorumAt(DateTime instant, AssemblyCall call) =>
        Quorum.At(instant, call, Template.QuorumOf(call).Kind, Members, Attendances.Select(a => a.Presence));

    public QuorumReport QuorumAt(DateTime instant) => QuorumAt(instant, Assembly.Call ?? AssemblyCall.First);

    public IReadOnlySet<MemberId> PresentAt(DateTime instant) => Quorum.PresentAt(instant, Members, Attendances.Select(a => a.Presence));

    public RollSeat Seat(MemberId member) => Roll.FirstOrDefault(s => s.MemberId == member) ?? throw new RuleBroken(EntitiesRules.NotOnRoll);
}

static class EntitiesLoads
{
    public static async Task<CoordinationEntity> EntityAsync(this Work work, EntityId id, CancellationToken cancel) =>
        await work.Db.CoordinationEntities.SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new NotFound("entity", id.Value);

    public static async Task<Assembly> AssemblyAsync(this Work work, AssemblyId id, CancellationToken cancel) =>
        await work.Db.Assemblies.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("assembly", id.Value);

    public static async Task<Motion> MotionAsync(this Work work, MotionId id, CancellationToken cancel) =>
        await work.Db.Motions.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotFound("motion", id.Value);

    public static Task<AssemblyRoom> RoomAsync(this Work work, AssemblyId id, CancellationToken cancel) => work.Db.RoomAsync(id, cancel);

    public static async Task<AssemblyRoom> RoomAsync(this AppDb db, AssemblyId id, CancellationToken cancel)
    {
        var assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("assembly", id.Value);
        var entity = await db.CoordinationEntities.SingleAsync(e => e.Id == assembly.EntityId, cancel);
        var roll = await db.RollSeats.Where(s => s.AssemblyId == id).OrderBy(s => s.Organisation).ToListAsync(cancel);
        var attendances = await db.Attendances.Where(a => a.AssemblyId == id).OrderBy(a => a.ArrivedAt).ToListAsync(cancel);
        return new AssemblyRoom(assembly, entity, roll, attendances);
    }
}
