using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>An accredited entity begins to apply to an open call for a version of one of its programmes.</summary>
[UseCase]
public sealed class StartApplication(Writer writer, ApplicationVault vault, IEntropy entropy, TimeProvider time)
{
    public Task<ApplicationId> ExecuteAsync(CallId callId, EntityId entityId, ProgrammeVersionId versionId, Actor actor, CancellationToken cancel = default)
    {
        var id = ApplicationId.From(entropy.NewId(time));
        var wrapped = vault.NewKey(id);
        return writer.ActAsync("application.start", actor, async work =>
        {
            var call = await work.Db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Id == callId, cancel) ?? throw new NotFound("call", callId.Value);
            if (!call.TakesApplicationsAt(work.Now)) throw new RuleBroken(ApplicationsRules.CallNotOpen, call.Title);
            var entity = await work.Db.CoordinationEntities.AsNoTracking().SingleOrDefaultAsync(e => e.Id == entityId, cancel) ?? throw new NotFound("entity", entityId.Value);
            entity.MustBeActive();
            if (await Accreditations.UntilAsync(work.Db, call.FundId, entityId, work.Today, cancel) is null) throw new RuleBroken(ApplicationsRules.NotAccredited, entity.Name);
            if (!entity.ProvinceCodes.Any(call.ProvinceCodes.Contains)) throw new RuleBroken(ApplicationsRules.ProvinceNotEligible, entity.Name);
            if (!await work.Db.ProgrammeVersions.AnyAsync(v => v.Id == versionId && v.EntityId == entityId, cancel)) throw new RuleBroken(ApplicationsRules.VersionOfAnother);
            var most = (await FrozenReads.RulesAsync(work.Db, callId, call.Round, cancel) ?? throw new NotFound("rules", call.Slug)).MostApplications;
            var others = await work.Db.Applications.CountAsync(a => a.CallId == callId && a.EntityId == entityId && a.State != ApplicationState.Withdrawn, cancel);
            if (others >= most) throw most == 1 ? new RuleBroken(ApplicationsRules.AlreadyStarted, entity.Name) : new RuleBroken(ApplicationsRules.EnoughStarted, entity.Name, most);
            await work.MustBeAnotherProgrammeAsync(callId, entityId, null, versionId, cancel);
            work.Db.Applications.Add(Application.Start(id, callId, call.FundId, entityId, versionId, wrapped, work.Now));
            work.Happened(new ApplicationStarted(id, callId));
            return id;
        }, new ActNote(Application.Subject, id.Value), cancel);
    }
}
