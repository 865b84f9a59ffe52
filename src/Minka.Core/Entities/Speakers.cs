using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>
/// Who speaks for a member: its representative, or the accredited alternate instead, never both. In a room it is whoever was written down
/// as present; in writing, whoever of the two answers first.
/// </summary>
static class Speakers
{
    /// <summary>The accredited alternate in force; null where the rule has the representative attend in person.</summary>
    public static async Task<Representation?> AlternateAsync(AppDb db, MemberId member, DateOnly day, CancellationToken cancel) =>
        await db.Representations.FirstOrDefaultAsync(r => r.MemberId == member && r.IsAlternate && r.EndedAt == null && r.From <= day && day <= r.To, cancel);

    /// <summary>Who speaks now.</summary>
    /// <param name="stay">The open one, if any.</param>
    public static async Task<(Guid? Person, RepresentationId? Alternate)> NowAsync(AppDb db, Member member, Attendance? stay, CancellationToken cancel) =>
        stay?.AlternateId is { } alternate
            ? (await db.Representations.Where(r => r.Id == alternate).Select(r => r.PersonId).SingleAsync(cancel), alternate)
            : (member.RepresentativePersonId, null);

    /// <summary>Whether the person may act for the member now, and as which alternate.</summary>
    /// <exception cref="RuleBroken">The other one is written down as present.</exception>
    public static async Task<(bool May, RepresentationId? Alternate)> MayAsync(AppDb db, CompositionTemplate template, Member member, Attendance? stay, Guid? person, DateOnly day, CancellationToken cancel)
    {
        if (person is null) return (false, null);
        var isRepresentative = member.RepresentativePersonId == person;
        if (stay is not null)
        {
            var now = await NowAsync(db, member, stay, cancel);
            if (now.Person == person) return (true, now.Alternate);
            if (isRepresentative || (await AlternateAsync(db, member.Id, day, cancel))?.PersonId == person) throw new RuleBroken(EntitiesRules.OtherSpeaks, member.Organisation);
            return (false, null);
        }
        if (isRepresentative) return (true, null);
        return template.Attendance.MayDelegate(member.InterestGroup) && await AlternateAsync(db, member.Id, day, cancel) is { } alternate && alternate.PersonId == person ? (true, alternate.Id) : (false, null);
    }

    public static Task<Attendance?> StayAsync(this AppDb db, AssemblyId assembly, MemberId member, CancellationToken cancel) =>
        db.Attendances.FirstOrDefaultAsync(a => a.AssemblyId == assembly && a.MemberId == member && a.LeftAt == null, cancel);
}
