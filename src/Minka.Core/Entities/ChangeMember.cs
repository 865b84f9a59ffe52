using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// Corrects a member's facts or names another representative; whoever represented it before stays in its history. Rolls of assemblies already convened stay as they were.
/// </summary>
[UseCase]
public sealed class ChangeMember(Writer writer)
{
    public Task ExecuteAsync(MemberId id, int version, MemberInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.change", actor, async work =>
        {
            var member = await work.MemberAsync(id, cancel);
            if (member.Version != version) throw new ChangedMeanwhile("member");
            var entity = await work.EntityAsync(member.EntityId, cancel);
            entity.MustBeActive();
            MemberChecks.MustHold(input, entity.Template, await Roster.ReadAsync(work.Db, member.EntityId, cancel, except: id), admitted: null);
            var before = member.RepresentativePersonId;
            var isOther = MemberChecks.Plain(member.RepresentativeName) != MemberChecks.Plain(input.RepresentativeName);
            if (isOther) await ReplaceRepresentative.CloseAsync(work, member, false, "–", cancel);
            member.Set(input);
            var profile = await work.Db.MemberProfiles.SingleOrDefaultAsync(p => p.MemberId == id, cancel);
            if (profile is null) work.Db.MemberProfiles.Add(profile = new MemberProfile { MemberId = id, EntityId = member.EntityId });
            profile.Set(input);
            var open = isOther ? null : await ReplaceRepresentative.OpenAsync(work.Db, id, false, cancel);
            if (open is not null) open.Set(input.RepresentativePersonId, input.RepresentativeIsWoman, input.Power, member.MandateTo);
            else work.Db.Representations.Add(ReplaceRepresentative.Make(work, member, false, input.RepresentativeName, input.RepresentativePersonId, input.RepresentativeIsWoman, input.Power, member.MandateTo, null, isOther ? work.Today : member.MandateFrom));
            await SetAlternateAsync(work, member, input.Alternate, cancel);
            if (before != member.RepresentativePersonId)
            {
                await Representatives.GrantAsync(work, member.EntityId, member.RepresentativePersonId, cancel);
                await Representatives.RevokeAsync(work, member.EntityId, before, id, cancel);
            }
            work.Happened(new MemberChanged(member.EntityId, id, member.Sector, member.InterestGroup, member.Votes));
        }, new ActNote("member", id.Value), cancel);

    static async Task SetAlternateAsync(Work work, Member member, AlternateInput? alternate, CancellationToken cancel)
    {
        var open = await ReplaceRepresentative.OpenAsync(work.Db, member.Id, true, cancel);
        if (open is not null && alternate is not null && MemberChecks.Plain(open.Name) == MemberChecks.Plain(alternate.Name))
        {
            open.Set(alternate.PersonId ?? open.PersonId, alternate.IsWoman ?? open.IsWoman, open.Power, member.MandateTo);
            await Representatives.GrantAsync(work, member.EntityId, open.PersonId, cancel);
            return;
        }
        open?.End("–", work.Now);
        if (open?.PersonId is { } gone && gone != member.RepresentativePersonId) await Representatives.RevokeAsync(work, member.EntityId, gone, member.Id, cancel);
        await Representatives.GrantAsync(work, member.EntityId, alternate?.PersonId, cancel);
        if (alternate is not null)
            work.Db.Representations.Add(ReplaceRepresentative.Make(work, member, true, alternate.Name, alternate.PersonId, alternate.IsWoman, null, member.MandateTo, null, open is null ? member.MandateFrom : work.Today));
    }
}

/// <summary>Ends a member's mandate before its time: it withdraws, or it is removed.</summary>
[UseCase]
public sealed class EndMandate(Writer writer)
{
    public Task ExecuteAsync(MemberId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.end", actor, async work =>
        {
            var member = await work.MemberAsync(id, cancel);
            member.End(work.Today, why);
            await ReplaceRepresentative.CloseAsync(work, member, false, why, cancel);
            var alternate = (await ReplaceRepresentative.OpenAsync(work.Db, id, true, cancel))?.PersonId;
            await ReplaceRepresentative.CloseAsync(work, member, true, why, cancel);
            await Representatives.RevokeAsync(work, member.EntityId, member.RepresentativePersonId, id, cancel);
            await Representatives.RevokeAsync(work, member.EntityId, alternate, id, cancel);
            work.Happened(new MandateEnded(member.EntityId, id));
        }, new ActNote("member", id.Value), cancel);
}
