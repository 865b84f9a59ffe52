using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>An assembly with what its decisions need.</summary>
/// <param name="Mandates">Of the members on the roll, as they are now: a mandate that ended since the convocation counts no more.</param>
sealed record AssemblyRoom(Assembly Assembly, CoordinationEntity Entity, IReadOnlyList<RollSeat> Roll, IReadOnlyList<Attendance> Attendances, IReadOnlyDictionary<MemberId, Mandate> Mandates)
{
    public CompositionTemplate Template => Entity.Template;

    public IReadOnlyList<MemberId> Members { get; } = [.. Roll.Select(s => s.MemberId)];

    public IReadOnlyList<MemberId> MembersOn(DateOnly day) => [.. Members.Where(m => Mandates[m].Covers(day))];

    public QuorumReport QuorumAt(DateTime instant, AssemblyCall call) =>
        Quorum.At(instant, call, Template.QuorumOf(call).Kind, MembersOn(LegalTime.DayIn(instant)), Attendances.Select(a => a.Presence));

    public QuorumReport QuorumAt(DateTime instant) => QuorumAt(instant, Assembly.Call ?? AssemblyCall.First);

    public IReadOnlySet<MemberId> PresentAt(DateTime instant) => Quorum.PresentAt(instant, Members, Attendances.Select(a => a.Presence));

    public RollSeat Seat(MemberId member) => Roll.FirstOrDefault(s => s.MemberId == member) ?? throw new RuleBroken(EntitiesRules.NotOnRoll);
}

/// <summary>From the first day to the last one, both included.</summary>
readonly record struct Mandate(DateOnly From, DateOnly To)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
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
        var ids = roll.ConvertAll(s => s.MemberId);
        var mandates = await db.Members.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.MandateFrom, m.MandateTo }).ToListAsync(cancel);
        return new AssemblyRoom(assembly, entity, roll, attendances, mandates.ToDictionary(m => m.Id, m => new Mandate(m.MandateFrom, m.MandateTo)));
    }
}
