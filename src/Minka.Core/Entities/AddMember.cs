using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Admits an organisation to an entity for a mandate.</summary>
[UseCase]
public sealed class AddMember(Writer writer)
{
    public Task<MemberId> ExecuteAsync(EntityId entityId, MemberInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.add", actor, async work =>
        {
            var entity = await work.EntityAsync(entityId, cancel);
            entity.MustBeActive();
            MemberChecks.MustHold(input, entity.Template, await Roster.ReadAsync(work.Db, entityId, cancel), work.Today);
            var member = Admit(work, entityId, input);
            await Representatives.GrantAsync(work, entityId, member.RepresentativePersonId, cancel);
            await Representatives.GrantAsync(work, entityId, input.Alternate?.PersonId, cancel);
            return member.Id;
        }, new ActNote("entity", entityId.Value), cancel);

    internal static Member Admit(Work work, EntityId entityId, MemberInput input)
    {
        var member = new Member { Id = work.NewId<MemberId>(), EntityId = entityId };
        member.Set(input);
        var profile = new MemberProfile { MemberId = member.Id, EntityId = entityId };
        profile.Set(input);
        work.Db.Members.Add(member);
        work.Db.MemberProfiles.Add(profile);
        work.Db.Representations.Add(ReplaceRepresentative.Make(work, member, false, input.RepresentativeName, input.RepresentativePersonId, input.RepresentativeIsWoman, input.Power, member.MandateTo, null, member.MandateFrom));
        if (input.Alternate is { } alternate)
            work.Db.Representations.Add(ReplaceRepresentative.Make(work, member, true, alternate.Name, alternate.PersonId, alternate.IsWoman, null, member.MandateTo, null, member.MandateFrom));
        work.Happened(new MemberAdmitted(entityId, member.Id, member.Sector, member.InterestGroup, member.Votes));
        return member;
    }
}
