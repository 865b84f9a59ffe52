using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>An assembly with what its decisions need.</summary>
/// <param name="Law">What holds in it: its template with what its statutes ask, and its clock.</param>
/// <param name="Mandates">Of the members on the roll, as they are now: a mandate that ended since the convocation counts no more.</param>
sealed record AssemblyRoom(Assembly Assembly, CoordinationEntity Entity, EntityLaw Law, IReadOnlyList<RollSeat> Roll, IReadOnlyList<Attendance> Attendances, IReadOnlyDictionary<MemberId, Mandate> Mandates,
    IReadOnlyList<Proxy> Proxies, IReadOnlyList<SessionBreak> Breaks, WrittenProcedure? Written)
{
    public CompositionTemplate Template => Law.Template;

    /// <summary>Seats for which a woman speaks; null where no rule counts women, and nobody asks.</summary>
    public IReadOnlySet<MemberId>? Women { get; init; }

    public DateOnly DayIn(DateTime instant) => Law.Zone.DayIn(instant);

    public SeatWeight WeightOf(RollSeat seat) => seat.Weight with { Woman = Women?.Contains(seat.MemberId) };

    public IReadOnlyList<MemberId> Members { get; } = [.. Roll.Select(s => s.MemberId)];

    public IReadOnlyList<MemberId> MembersOn(DateOnly day) => [.. Members.Where(m => Mandates[m].Covers(day))];

    public QuorumReport QuorumAt(DateTime instant, AssemblyCall call)
    {
        var inForce = MembersOn(DayIn(instant));
        var heads = Quorum.PresentAt(instant, inForce, Attendances.Select(a => a.Presence)).ToHashSet();
        if (Template.ProxyRule.CountForQuorum) heads.UnionWith(CarriedAt(instant).Where(inForce.Contains));
        var kind = Template.QuorumOf(call).Kind;
        return new QuorumReport(call, kind, inForce.Count, heads.Count, Quorum.Required(kind, inForce.Count), instant);
    }

    public QuorumReport QuorumAt(DateTime instant) => QuorumAt(instant, Assembly.Call ?? AssemblyCall.First);

    public IReadOnlySet<MemberId> PresentAt(DateTime instant) => Quorum.PresentAt(instant, Members, Attendances.Select(a => a.Presence));

    public IReadOnlyList<Proxy> ProxiesAt(DateTime instant) => [.. Proxies.Where(p => p.HoldsAt(instant))];

    /// <summary>Members for whom somebody in the room holds a proxy.</summary>
    public IReadOnlySet<MemberId> CarriedAt(DateTime instant)
    {
        var here = PresentAt(instant);
        return ProxiesAt(instant).Where(p => here.Contains(p.HolderId) && !here.Contains(p.GiverId)).Select(p => p.GiverId).ToHashSet();
    }

    public bool MayVoteAt(DateTime instant, MemberId member) => Written is not null || PresentAt(instant).Contains(member) || CarriedAt(instant).Contains(member);

    /// <summary>Seats that may vote on a motion now: in force, there or represented, without conflict.</summary>
    public IReadOnlyList<RollSeat> VotersAt(DateTime instant, IReadOnlySet<MemberId>? conflicted = null)
    {
        var (here, carried, day) = (PresentAt(instant), CarriedAt(instant), DayIn(instant));
        return [.. Roll.Where(s => Mandates[s.MemberId].Covers(day) && (here.Contains(s.MemberId) || carried.Contains(s.MemberId)) && conflicted?.Contains(s.MemberId) != true)];
    }

    public RollSeat Seat(MemberId member) => Roll.FirstOrDefault(s => s.MemberId == member) ?? throw new RuleBroken(EntitiesRules.NotOnRoll);
}

/// <summary>From the first day to the last one, both included.</summary>
readonly record struct Mandate(DateOnly From, DateOnly To)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <summary>What binds an entity: its template, with what its own statutes ask beyond it, and its clock.</summary>
public sealed record EntityLaw(CompositionTemplate Template, LegalZone Zone);

/// <summary>Reads what binds entities.</summary>
public static class EntityLaws
{
    public static async Task<EntityLaw> LawAsync(this AppDb db, EntityId id, CancellationToken cancel = default) => (await db.LawsAsync([id], cancel))[id];

    /// <summary>Of several at once.</summary>
    public static async Task<IReadOnlyDictionary<EntityId, EntityLaw>> LawsAsync(this AppDb db, IReadOnlyCollection<EntityId> ids, CancellationToken cancel = default) =>
        (await (from e in db.CoordinationEntities
                where ids.Contains(e.Id)
                join s in db.EntityStatutes on e.Id equals s.EntityId into ss
                from s in ss.DefaultIfEmpty()
                select new { e.Id, e.TemplateId, LeastWomen = s == null ? null : s.LeastWomen, Zone = s == null ? null : s.Zone }).ToListAsync(cancel))
            .ToDictionary(e => e.Id, e => Of(e.TemplateId, e.LeastWomen, e.Zone));

    internal static EntityLaw Of(string template, BasisPoints? leastWomen, string? zone) => new(CompositionTemplates.Get(template).With(leastWomen), EntityZones.Of(CompositionTemplates.Get(template), zone));
}

static class EntitiesLoads
{
    public static async Task<CoordinationEntity> EntityAsync(this Work work, EntityId id, CancellationToken cancel) =>
        await work.Db.CoordinationEntities.SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new NotFound("entity", id.Value);

    public static async Task<Member> MemberAsync(this Work work, MemberId id, CancellationToken cancel) =>
        await work.Db.Members.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotFound("member", id.Value);

    public static async Task<Assembly> AssemblyAsync(this Work work, AssemblyId id, CancellationToken cancel) =>
        await work.Db.Assemblies.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("assembly", id.Value);

    public static async Task<Motion> MotionAsync(this Work work, MotionId id, CancellationToken cancel) =>
        await work.Db.Motions.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotFound("motion", id.Value);

    /// <summary>Whether a motion is being voted on, or the box of an election is open.</summary>
    public static async Task<bool> AnyVotingAsync(this AppDb db, AssemblyId id, CancellationToken cancel) =>
        await db.Motions.AnyAsync(m => m.AssemblyId == id && m.State == MotionState.Voting, cancel)
        || await db.BallotBoxes.AnyAsync(b => b.AssemblyId == id && b.State == BallotBoxState.Open, cancel);

    public static Task<AssemblyRoom> RoomAsync(this Work work, AssemblyId id, CancellationToken cancel) => work.Db.RoomAsync(id, cancel);

    public static async Task<AssemblyRoom> RoomAsync(this AppDb db, AssemblyId id, CancellationToken cancel)
    {
        var assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("assembly", id.Value);
        var entity = await db.CoordinationEntities.SingleAsync(e => e.Id == assembly.EntityId, cancel);
        var roll = await db.RollSeats.Where(s => s.AssemblyId == id).OrderBy(s => s.Organisation).ToListAsync(cancel);
        var attendances = await db.Attendances.Where(a => a.AssemblyId == id).OrderBy(a => a.ArrivedAt).ToListAsync(cancel);
        var ids = roll.ConvertAll(s => s.MemberId);
        var mandates = await db.Members.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.MandateFrom, m.MandateTo }).ToListAsync(cancel);
        var proxies = await db.Proxies.Where(p => p.AssemblyId == id).OrderBy(p => p.GivenAt).ThenBy(p => p.GiverId).ToListAsync(cancel);
        var breaks = await db.SessionBreaks.Where(b => b.AssemblyId == id).OrderBy(b => b.Number).ToListAsync(cancel);
        var written = await db.WrittenProcedures.SingleOrDefaultAsync(w => w.AssemblyId == id, cancel);
        var law = await db.LawAsync(entity.Id, cancel);
        return new AssemblyRoom(assembly, entity, law, roll, attendances, mandates.ToDictionary(m => m.Id, m => new Mandate(m.MandateFrom, m.MandateTo)), proxies, breaks, written)
        {
            Women = law.Template.CountsWomen ? await Representations.WomenSpeakingAsync(db, entity.Id, attendances, cancel) : null,
        };
    }
}
