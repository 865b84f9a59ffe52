using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Pledges;

/// <summary>Writes down what a partner promises.</summary>
[UseCase]
public sealed class MakePledge(Writer writer)
{
    public Task<PledgeId> ExecuteAsync(ProgrammeId id, PledgeInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("pledge.make", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            if (await work.Db.Pledges.CountAsync(p => p.ProgrammeId == id, cancel) >= PledgeRules.Most) throw new RuleBroken(PledgeRules.TooMany, PledgeRules.Most);
            var pledge = Pledge.Make(work.NewId<PledgeId>(), programme, input);
            work.Db.Pledges.Add(pledge);
            work.Happened(new PledgeMade(pledge.Id, id, pledge.Source, pledge.Promised()));
            return pledge.Id;
        }, new ActNote("programme", id.Value), cancel);
}
