using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Room;

public static class RoomTables
{
    extension(AppDb db)
    {
        public DbSet<RoomDoor> RoomDoors => db.Set<RoomDoor>();
    }
}

sealed class RoomDoorMapping : IEntityTypeConfiguration<RoomDoor>
{
    public void Configure(EntityTypeBuilder<RoomDoor> b)
    {
        b.ToTable("RoomDoors");
        b.HasKey(d => d.AssemblyId);
        b.HasOne<Assembly>().WithMany().HasForeignKey(d => d.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Codes of the rules of the room; their texts lie under <c>rule.CODE</c>.</summary>
public static class RoomRules
{
    public const string DoorShut = "room.door-shut";
    public const string CodeWrong = "room.code-wrong";
    public const string NotYours = "room.not-yours";
}

public sealed record RoomDoorOpened(AssemblyId AssemblyId, bool AsksCode) : IEvent;

public sealed record RoomDoorShut(AssemblyId AssemblyId) : IEvent;

/// <summary>
/// How representatives write themselves down as present: with the code that the room's screen shows, or, where the assembly meets at a
/// distance, by having signed in. The code changes every minute, so that it is of little use to who is not there.
/// </summary>
public sealed class RoomDoor : IVersioned
{
    public const int SecondsOfACode = 60;

    public required AssemblyId AssemblyId { get; init; }

    public byte[] Secret { get; private set; } = [];

    /// <summary>Whether the code is asked; otherwise signing in is enough.</summary>
    public bool AsksCode { get; private set; }

    public bool IsOpen { get; private set; }

    public int Version { get; private set; }

    internal void Open(bool asksCode, byte[] secret) => (IsOpen, AsksCode, Secret) = (true, asksCode, secret);

    internal void Shut() => IsOpen = false;

    /// <summary>Six digits, for telephones' number keys.</summary>
    public string CodeAt(DateTime now) => CodeOf(WindowOf(now));

    /// <summary>Whether it is the code of this minute or of the one before: typing takes time.</summary>
    public bool IsCode(string? typed, DateTime now)
    {
        var digits = string.Concat((typed ?? "").Where(char.IsAsciiDigit));
        return digits == CodeOf(WindowOf(now)) || digits == CodeOf(WindowOf(now) - 1);
    }

    static long WindowOf(DateTime now) => now.Ticks / (TimeSpan.TicksPerSecond * SecondsOfACode);

    string CodeOf(long window)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, window);
        var mac = HMACSHA256.HashData(Secret, message);
        return (BinaryPrimitives.ReadUInt32BigEndian(mac) % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Opens and shuts the door.</summary>
[UseCase]
public sealed class OpenDoor(Writer writer)
{
    public Task ExecuteAsync(AssemblyId id, bool asksCode, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("room.open", actor, async work =>
        {
            var assembly = await work.AssemblyAsync(id, cancel);
            if (assembly.State is not (AssemblyState.Convened or AssemblyState.InSession)) throw new RuleBroken(EntitiesRules.NotInSession);
            var door = await work.Db.RoomDoors.SingleOrDefaultAsync(d => d.AssemblyId == id, cancel);
            if (door is null) work.Db.RoomDoors.Add(door = new RoomDoor { AssemblyId = id });
            door.Open(asksCode, work.Entropy.Bytes(32));
            work.Happened(new RoomDoorOpened(id, asksCode));
        }, new ActNote("assembly", id.Value), cancel);

    public Task ShutAsync(AssemblyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("room.shut", actor, async work =>
        {
            var door = await work.Db.RoomDoors.SingleOrDefaultAsync(d => d.AssemblyId == id && d.IsOpen, cancel) ?? throw new RuleBroken(RoomRules.DoorShut);
            door.Shut();
            work.Happened(new RoomDoorShut(id));
        }, new ActNote("assembly", id.Value), cancel);
}

/// <summary>
/// A representative writes down that the member is present. Sent again it changes nothing. It loads one seat, not the room, so that a
/// thousand may come in within seconds.
/// </summary>
[UseCase]
public sealed class ArriveBySelf(Writer writer, AppDb db)
{
    /// <returns>False: the member was there already.</returns>
    public async Task<bool> ExecuteAsync(AssemblyId id, MemberId member, string? code, Actor actor, CancellationToken cancel = default)
    {
        if (actor.PersonId is null) throw new RuleBroken(RoomRules.NotYours);
        if (await IsThereAsync(db, id, member, actor.PersonId, cancel)) return false;
        return await writer.ActAsync("room.arrive", actor, async work =>
        {
            if (await SeatLook.FindAsync(work.Db, id, member, cancel) is not { } look) throw await work.Db.Assemblies.AnyAsync(a => a.Id == id, cancel) ? new RuleBroken(EntitiesRules.NotOnRoll) : new NotFound("assembly", id.Value);
            if (look.Assembly.State is not (AssemblyState.Convened or AssemblyState.InSession)) throw new RuleBroken(EntitiesRules.NotInSession);
            if (await work.Db.RoomDoors.SingleOrDefaultAsync(d => d.AssemblyId == id, cancel) is not { IsOpen: true } door) throw new RuleBroken(RoomRules.DoorShut);
            if (door.AsksCode && !door.IsCode(code, work.Now)) throw new RuleBroken(RoomRules.CodeWrong);
            var seat = look.Member;
            if (look.Stay is { } stay && await IsThereAsync(work.Db, seat, stay, actor.PersonId, cancel)) return false;
            if (look.Seat is null) throw new RuleBroken(EntitiesRules.NotOnRoll);
            var today = look.Law.Zone.DayIn(work.Now);
            var (may, alternate) = await Speakers.MayAsync(work.Db, look.Law.Template, seat, null, actor.PersonId, today, cancel);
            if (!may) throw new RuleBroken(RoomRules.NotYours);
            if (!seat.IsInForceOn(today)) throw new RuleBroken(EntitiesRules.VoteMandateExpired, seat.Organisation, seat.MandateTo);
            work.Db.Attendances.Add(new Attendance
            {
                Id = work.NewId<AttendanceId>(),
                AssemblyId = id,
                MemberId = member,
                Attendee = alternate is null ? seat.RepresentativeName : await work.Db.Representations.Where(r => r.Id == alternate).Select(r => r.Name).SingleAsync(cancel),
                IsProxy = alternate is not null,
                AlternateId = alternate,
                ArrivedAt = work.Now,
            });
            work.Happened(new MemberArrived(id, member, IsProxy: alternate is not null));
            return true;
        }, new ActNote("assembly", id.Value), cancel);
    }

    /// <exception cref="RuleBroken">The representative is there and the alternate comes, or the other way round.</exception>
    static async Task<bool> IsThereAsync(AppDb db, AssemblyId id, MemberId member, Guid? person, CancellationToken cancel)
    {
        if (await db.StayAsync(id, member, cancel) is not { } stay) return false;
        return await IsThereAsync(db, await db.Members.SingleAsync(m => m.Id == member, cancel), stay, person, cancel);
    }

    static async Task<bool> IsThereAsync(AppDb db, Member seat, Attendance stay, Guid? person, CancellationToken cancel)
    {
        if (stay.IsProxy && stay.AlternateId is null) return true;
        return (await Speakers.NowAsync(db, seat, stay, cancel)).Person == person ? true : throw new RuleBroken(EntitiesRules.OtherSpeaks, seat.Organisation);
    }
}

/// <summary>What the room's screen tells: counts only, read anew every second.</summary>
/// <param name="Code">Of this minute; null: the door is shut, or no code is asked.</param>
/// <param name="TookPart">Members whose ballot is in, or whose vote is written, while a voting is open.</param>
public sealed record RoomState(string Title, string EntityName, AssemblyState State, int Roll, int Present, int Needed, string? Code, bool DoorOpen, string? Voting, int TookPart, DateTime At);

[UseCase]
public sealed class RoomScreen(AppDb db)
{
    public async Task<RoomState?> FindAsync(AssemblyId id, DateTime now, CancellationToken cancel = default)
    {
        if (await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } assembly) return null;
        var entity = await db.CoordinationEntities.SingleAsync(e => e.Id == assembly.EntityId, cancel);
        var roll = await db.RollSeats.CountAsync(s => s.AssemblyId == id, cancel);
        var present = await db.Attendances.Where(a => a.AssemblyId == id && a.LeftAt == null).Select(a => a.MemberId).Distinct().CountAsync(cancel);
        var door = await db.RoomDoors.SingleOrDefaultAsync(d => d.AssemblyId == id && d.IsOpen, cancel);
        var box = await db.BallotBoxes.Where(b => b.AssemblyId == id && b.State == BallotBoxState.Open).Select(b => new { b.Id, b.Title }).FirstOrDefaultAsync(cancel);
        var took = box is null ? 0 : await db.BallotParticipations.CountAsync(p => p.BoxId == box.Id, cancel);
        var title = box?.Title;
        // A roll call has no box: how many votes are written, not which.
        if (box is null && await db.Motions.Where(m => m.AssemblyId == id && m.State == MotionState.Voting).Select(m => new { m.Id, m.Title }).FirstOrDefaultAsync(cancel) is { } motion)
        {
            title = motion.Title;
            took = await db.Votes.CountAsync(v => v.MotionId == motion.Id && v.Choice != Choice.Conflict, cancel);
        }
        var needed = Quorum.Required(entity.Template.QuorumOf(assembly.Call ?? AssemblyCall.First).Kind, roll);
        return new RoomState(assembly.Title, entity.Name, assembly.State, roll, present, needed, door is { AsksCode: true } ? door.CodeAt(now) : null, door is not null, title, took, now);
    }
}
