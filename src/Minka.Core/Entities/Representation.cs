using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// One person who speaks for a member, or stands in, from a day to a day. Whoever follows gets a row of their own, so the rows of a
/// member are its history. Personal throughout: for the entity's own people only.
/// </summary>
public sealed class Representation : IVersioned
{
    public required RepresentationId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required MemberId MemberId { get; init; }

    public required bool IsAlternate { get; init; }

    public required string Name { get; init; }

    public Guid? PersonId { get; private set; }

    public bool? IsWoman { get; private set; }

    /// <summary>The document that gives the power.</summary>
    public string? Power { get; private set; }

    public StoredFileId? PowerFileId { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day of the power, included.</summary>
    public DateOnly To { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public string? EndedWhy { get; private set; }

    public int Version { get; private set; }

    public bool IsInForceOn(DateOnly day) => EndedAt is null && From <= day && day <= To;

    internal void Set(Guid? person, bool? isWoman, string? power, DateOnly to) => (PersonId, IsWoman, Power, To) = (person, isWoman, MemberChecks.Blank(power), to);

    internal void End(string why, DateTime now) => (EndedAt, EndedWhy) = (now, why.Trim());
}

/// <summary>Questions about representatives for the pages and for the rules that count women.</summary>
public static class Representations
{
    /// <summary>Members of an entity whose representative on a day is a woman, as far as it was told.</summary>
    public static async Task<IReadOnlySet<MemberId>> WomenAsync(AppDb db, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await db.Representations.Where(r => r.EntityId == entity && !r.IsAlternate && r.IsWoman == true && r.EndedAt == null && r.From <= day && day <= r.To)
            .Select(r => r.MemberId).ToListAsync(cancel)).ToHashSet();

    /// <summary>
    /// Members for whom a woman speaks, as far as it was told: of who is in the room, the person who came; of others, the
    /// representative. Somebody named on the day, without accreditation, counts for neither.
    /// </summary>
    internal static async Task<IReadOnlySet<MemberId>> WomenSpeakingAsync(AppDb db, EntityId entity, IReadOnlyCollection<Attendance> attendances, CancellationToken cancel = default)
    {
        var told = await db.Representations.Where(r => r.EntityId == entity && r.IsWoman == true && r.EndedAt == null).Select(r => new { r.Id, r.MemberId, r.IsAlternate }).ToListAsync(cancel);
        var here = attendances.Where(a => a.LeftAt is null).ToDictionary(a => a.MemberId);
        return told.Where(r => here.GetValueOrDefault(r.MemberId) is { } stay
            ? stay.AlternateId is { } alternate ? alternate == r.Id : !stay.IsProxy && !r.IsAlternate
            : !r.IsAlternate).Select(r => r.MemberId).ToHashSet();
    }

    /// <summary>The alternates of an entity's members on a day, by member.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, string>> AlternatesAsync(AppDb db, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await db.Representations.Where(r => r.EntityId == entity && r.IsAlternate && r.EndedAt == null && r.From <= day && day <= r.To)
            .Select(r => new { r.MemberId, r.Name }).ToListAsync(cancel)).DistinctBy(r => r.MemberId).ToDictionary(r => r.MemberId, r => r.Name);
}

/// <param name="Name">Null or blank, for an alternate: nobody follows.</param>
/// <param name="To">Last day of the power; null: that of the mandate.</param>
/// <param name="PowerFile">The document itself.</param>
public sealed record RepresentativeInput(string? Name, bool IsAlternate, Guid? PersonId, bool? IsWoman, string? Power, DateOnly? To, string Why, byte[]? PowerFile = null, string PowerFileName = "");

/// <summary>Names who speaks for a member from today, or who stands in, in the place of whoever did; the one before stays in the history.</summary>
[UseCase]
public sealed class ReplaceRepresentative(Writer writer, FileStore files)
{
    static readonly string[] Papers = [FileTypes.Pdf, FileTypes.Jpeg, FileTypes.Png];

    public async Task ExecuteAsync(MemberId id, int version, RepresentativeInput input, Actor actor, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(input.Why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        if (!input.IsAlternate && string.IsNullOrWhiteSpace(input.Name)) throw new RuleBroken(EntitiesRules.RepresentativeMissing);
        if (input.Name is { Length: > MemberChecks.LongestText } || input.Power is { Length: > MemberChecks.LongestText }) throw new RuleBroken(EntitiesRules.TextTooLong, MemberChecks.LongestText);
        var file = input.PowerFile is { Length: > 0 } bytes ? await files.PutAsync(bytes, input.PowerFileName, Papers, cancel) : null;
        await writer.ActAsync("member.replace-representative", actor, async work =>
        {
            var member = await work.MemberAsync(id, cancel);
            if (member.Version != version) throw new ChangedMeanwhile("member");
            (await work.EntityAsync(member.EntityId, cancel)).MustBeActive();
            if (!member.IsInForceOn(work.Today)) throw new RuleBroken(EntitiesRules.MandateEnded, member.Organisation, member.MandateTo);
            var to = input.To ?? member.MandateTo;
            if (to < work.Today || to > member.MandateTo) throw new RuleBroken(EntitiesRules.PowerDates, work.Today, member.MandateTo);
            if (MemberChecks.Blank(input.Name) is { } name)
            {
                var roster = await Roster.ReadAsync(work.Db, member.EntityId, cancel, except: id);
                if (roster.PersonFault(name, input.PersonId, work.Today, to, "representante") is { } fault) throw new RuleBroken(fault.Code, [.. fault.Args]);
                if (await OpenAsync(work.Db, id, !input.IsAlternate, cancel) is { } other && MemberChecks.Plain(other.Name) == MemberChecks.Plain(name)) throw new RuleBroken(EntitiesRules.AlternateIsRepresentative, name);
            }
            await ReplaceAsync(work, member, input, to, file, cancel);
            work.Happened(new RepresentativeReplaced(member.EntityId, id, input.IsAlternate));
        }, new ActNote("member", id.Value, input.Why), cancel);
    }

    static async Task ReplaceAsync(Work work, Member member, RepresentativeInput input, DateOnly to, IncomingFile? file, CancellationToken cancel)
    {
        var former = input.IsAlternate ? (await OpenAsync(work.Db, member.Id, true, cancel))?.PersonId : null;
        await CloseAsync(work, member, input.IsAlternate, input.Why, cancel);
        if (former is { } gone && gone != input.PersonId && gone != member.RepresentativePersonId) await Representatives.RevokeAsync(work, member.EntityId, gone, member.Id, cancel);
        if (MemberChecks.Blank(input.Name) is { } name)
        {
            var person = input.IsAlternate ? null : input.PersonId;
            work.Db.Representations.Add(Make(work, member, input.IsAlternate, name, input.PersonId, input.IsWoman, input.Power, to, file?.AddTo(work).Id, work.Today));
            if (input.IsAlternate)
            {
                await Representatives.GrantAsync(work, member.EntityId, input.PersonId, cancel);
            }
            else
            {
                var before = member.RepresentativePersonId;
                member.Represent(name, person);
                if (before != person)
                {
                    await Representatives.GrantAsync(work, member.EntityId, person, cancel);
                    await Representatives.RevokeAsync(work, member.EntityId, before, member.Id, cancel);
                }
            }
        }
    }

    /// <summary>Ends who speaks for the member now. Of a member older than these rows it first writes down who did.</summary>
    internal static async Task CloseAsync(Work work, Member member, bool isAlternate, string why, CancellationToken cancel)
    {
        var open = await OpenAsync(work.Db, member.Id, isAlternate, cancel);
        if (open is null && !isAlternate)
        {
            open = Make(work, member, false, member.RepresentativeName, member.RepresentativePersonId, null, null, member.MandateTo, null, member.MandateFrom);
            work.Db.Representations.Add(open);
        }
        open?.End(why, work.Now);
    }

    internal static Representation Make(Work work, Member member, bool isAlternate, string name, Guid? person, bool? isWoman, string? power, DateOnly to, StoredFileId? file, DateOnly from)
    {
        var made = new Representation
        {
            Id = work.NewId<RepresentationId>(),
            EntityId = member.EntityId,
            MemberId = member.Id,
            IsAlternate = isAlternate,
            Name = name.Trim(),
            PowerFileId = file,
            From = from,
        };
        made.Set(person, isWoman, power, to);
        return made;
    }

    internal static Task<Representation?> OpenAsync(AppDb db, MemberId member, bool isAlternate, CancellationToken cancel) =>
        db.Representations.FirstOrDefaultAsync(r => r.MemberId == member && r.IsAlternate == isAlternate && r.EndedAt == null, cancel);
}
