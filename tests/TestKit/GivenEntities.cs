using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.TestKit;

/// <param name="Actor">Its secretary.</param>
public sealed record GivenEntity(EntityId Id, string Slug, IReadOnlyList<MemberId> Members, Actor Actor);

/// <summary>An assembly in session with everybody present.</summary>
public sealed record GivenSession(GivenEntity Entity, AssemblyId Id);

public sealed partial class Given
{
    static readonly (Sector Sector, string Group)[] Mix =
    [
        (Sector.Public, "provincial-government"), (Sector.Private, "producers"), (Sector.Social, "communities"), (Sector.Public, "district-government"),
        (Sector.Private, "business"), (Sector.Social, "women"), (Sector.Public, "district-government"), (Sector.Private, "tourism"), (Sector.Social, "youth"),
    ];

    /// <summary>An entity from a template, whose members take sectors in turn so that its composition rule is met.</summary>
    /// <param name="secretary">A person who becomes its secretary; null: nobody who can sign in.</param>
    public async Task<GivenEntity> EntityAsync(string template = "fdd-alliance", int members = 12, string? name = null, string province = "0605", Guid? secretary = null)
    {
        var actor = new Actor(secretary, "secretary");
        var number = Next().ToString(CultureInfo.InvariantCulture);
        var (id, slug) = await WithAsync<CreateEntity, (EntityId, string)>(c => c.ExecuteAsync(new EntityInput(name ?? $"Alianza de prueba {number}", template, [province]), actor));
        var list = new List<MemberId>();
        // A local coordination council has 40 civil seats for each 100 public ones: 10 of 14, 5 of 7.
        var civil = template == "ccl" ? ((members * 2) + 3) / 7 : 0;
        for (var i = 0; i < members; i++)
        {
            var (sector, group) = template == "ccl"
                ? i < civil ? (Sector.Social, "communities") : (Sector.Public, "district-government")
                : Mix[i % Mix.Length];
            list.Add(await WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(id, Member($"Organización {(i + 1).ToString("00", CultureInfo.InvariantCulture)} de {number}", sector, group), actor)));
        }
        return new GivenEntity(id, slug, list, actor);
    }

    /// <summary>A member's facts, in force from a month ago for two years less a month.</summary>
    public MemberInput Member(string organisation, Sector sector = Sector.Social, string group = "communities", int votes = 1, Guid? person = null)
    {
        var today = LegalTime.DayIn(Clock.Now);
        return new(organisation, null, sector, group, votes, null, $"Representante de {organisation}", today.AddDays(-30), today.AddDays(-30).AddYears(2).AddDays(-1), person);
    }

    /// <summary>Convenes an assembly for the earliest day that the template allows; the clock stays.</summary>
    public async Task<AssemblyId> AssemblyAsync(GivenEntity entity, string title = "Asamblea ordinaria")
    {
        var first = Clock.Now.AddDays(7);
        return await WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, new ConvocationInput(title, "Local comunal", first, first.AddMinutes(30)), entity.Actor));
    }

    /// <summary>Convenes, moves the clock to the day (seven days on), writes who is there and opens the session.</summary>
    /// <param name="present">How many of the members come; null: all.</param>
    public async Task<GivenSession> SessionAsync(GivenEntity entity, int? present = null)
    {
        var id = await AssemblyAsync(entity);
        Clock.Advance(TimeSpan.FromDays(7));
        await WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. entity.Members.Take(present ?? entity.Members.Count)], entity.Actor));
        await WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        return new GivenSession(entity, id);
    }

    /// <summary>Puts a motion to the vote and has all members who are present vote yes.</summary>
    public async Task<MotionOutcome> VoteAsync(GivenSession session, MotionInput motion)
    {
        var actor = session.Entity.Actor;
        var id = await WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, motion, actor));
        await WithAsync<OpenVoting>(o => o.ExecuteAsync(id, actor));
        var there = await ReadAsync(db => db.Attendances.Where(a => a.AssemblyId == session.Id && a.LeftAt == null).Select(a => a.MemberId).ToListAsync());
        await WithAsync<CastVote>(c => c.ExecuteAsync(id, [.. there.Select(m => (m, Choice.Yes))], actor));
        return await WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(id, actor));
    }

    /// <summary>An assembly of all members adopts a resolution about the subject; the clock moves seven days on.</summary>
    /// <param name="signed">Whether a signed scan of the minutes is attached.</param>
    public async Task<Resolution> AdoptedResolutionAsync(GivenEntity entity, MotionSubject? subject = null, bool signed = true)
    {
        var session = await SessionAsync(entity);
        await VoteAsync(session, new MotionInput(subject?.Label ?? "Acuerdo de prueba", "Aprobar lo presentado.", subject));
        var digest = await WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        if (signed)
        {
            var scan = System.Text.Encoding.ASCII.GetBytes($"%PDF-1.4 acta {session.Id.Value}");
            await WithAsync<AttachSignature, SignatureId>(a => a.ExecuteAsync(new SignedSubject(Assembly.MinutesSubject, session.Id.Value, digest),
                new SignatureInput(scan, "acta.pdf", "Mesa directiva"), entity.Actor));
        }
        return await ReadAsync(db => db.Resolutions.SingleAsync(r => r.AssemblyId == session.Id));
    }
}
