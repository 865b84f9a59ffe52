using Microsoft.EntityFrameworkCore;
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
            var others = await work.Db.Members.Where(m => m.EntityId == entityId).ToListAsync(cancel);
            MemberChecks.MustHold(input, entity.Template, others);
            var member = Admit(work, entityId, input);
            await Representatives.GrantAsync(work, entityId, member.RepresentativePersonId, cancel);
            return member.Id;
        }, new ActNote("entity", entityId.Value), cancel);

    internal static Member Admit(Work work, EntityId entityId, MemberInput input)
    {
        var member = new Member { Id = work.NewId<MemberId>(), EntityId = entityId };
        member.Set(input);
        work.Db.Members.Add(member);
        work.Happened(new MemberAdmitted(entityId, member.Id, member.Sector, member.InterestGroup, member.Votes));
        return member;
    }
}
