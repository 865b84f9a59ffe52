using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Corrects a member's facts or names another representative. Rolls of assemblies already convened stay as they were.</summary>
[UseCase]
public sealed class ChangeMember(Writer writer)
{
    public Task ExecuteAsync(MemberId id, int version, MemberInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.change", actor, async work =>
        {
            var member = await work.Db.Members.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotFound("member", id.Value);
            if (member.Version != version) throw new ChangedMeanwhile("member");
            var entity = await work.EntityAsync(member.EntityId, cancel);
            entity.MustBeActive();
            var others = await work.Db.Members.Where(m => m.EntityId == member.EntityId && m.Id != id).ToListAsync(cancel);
            MemberChecks.MustHold(input, entity.Template, others);
            var before = member.RepresentativePersonId;
            member.Set(input);
            if (before != member.RepresentativePersonId)
            {
                await Representatives.GrantAsync(work, member.EntityId, member.RepresentativePersonId, cancel);
                await Representatives.RevokeAsync(work, member.EntityId, before, id, cancel);
            }
            work.Happened(new MemberChanged(member.EntityId, id, member.Sector, member.InterestGroup, member.Votes));
        }, new ActNote("member", id.Value), cancel);
}

/// <summary>Ends a member's mandate before its time.</summary>
[UseCase]
public sealed class EndMandate(Writer writer)
{
    public Task ExecuteAsync(MemberId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.end", actor, async work =>
        {
            var member = await work.Db.Members.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotFound("member", id.Value);
            member.End(work.Today, why);
            work.Happened(new MandateEnded(member.EntityId, id));
        }, new ActNote("member", id.Value), cancel);
}
