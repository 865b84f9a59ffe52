using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Funds;

/// <summary>Suspends an accreditation, and lifts the suspension. Its last day does not move.</summary>
[UseCase]
public sealed class SuspendAccreditation(Writer writer)
{
    public Task SuspendAsync(AccreditationId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.suspend-accreditation", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(FundRules.WhyMissing);
            var (accreditation, stops) = await LoadAsync(work, id, cancel);
            Accreditation.Table.Next(accreditation.StateOn(work.Today, stops), "suspend");
            work.Db.AccreditationStops.Add(new AccreditationStop { Id = work.NewId<AccreditationStopId>(), AccreditationId = id, Why = why.Trim(), At = work.Now });
            work.Happened(new AccreditationSuspended(accreditation.FundId, accreditation.EntityId, id));
        }, new ActNote("accreditation", id.Value, why), cancel);

    public Task ResumeAsync(AccreditationId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.resume-accreditation", actor, async work =>
        {
            var (accreditation, stops) = await LoadAsync(work, id, cancel);
            Accreditation.Table.Next(accreditation.StateOn(work.Today, stops), "resume");
            stops.First(s => s.LiftedAt is null).Lift(why, work.Now);
            work.Happened(new AccreditationResumed(accreditation.FundId, accreditation.EntityId, id));
        }, new ActNote("accreditation", id.Value, why), cancel);

    internal static async Task<(Accreditation Accreditation, List<AccreditationStop> Stops)> LoadAsync(Work work, AccreditationId id, CancellationToken cancel) =>
        (await work.Db.Accreditations.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("accreditation", id.Value),
            await work.Db.AccreditationStops.Where(s => s.AccreditationId == id).ToListAsync(cancel));
}

/// <summary>Gives a new accreditation from the day after the last one's end, on the composition of today; early enough, and not before.</summary>
[UseCase]
public sealed class RenewAccreditation(Writer writer)
{
    public Task<AccreditationId> ExecuteAsync(AccreditationId id, DateOnly to, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.renew-accreditation", actor, async work =>
        {
            var (accreditation, stops) = await SuspendAccreditation.LoadAsync(work, id, cancel);
            var state = accreditation.StateOn(work.Today, stops);
            if (state == AccreditationState.Suspended) throw new RuleBroken(FundRules.AccreditationSuspended);
            if (state == AccreditationState.Revoked) throw new RuleBroken(FundRules.AccreditationEnded, accreditation.ValidTo);
            var earliest = accreditation.ValidTo.AddDays(-AccreditationClocks.RenewalDays);
            if (work.Today < earliest) throw new RuleBroken(FundRules.AccreditationTooEarly, earliest, accreditation.ValidTo);
            var from = accreditation.ValidTo < work.Today ? work.Today : accreditation.ValidTo.AddDays(1);
            return await AccreditEntity.GiveAsync(work, accreditation.FundId, accreditation.EntityId, from, to, cancel);
        }, new ActNote("accreditation", id.Value), cancel);
}

/// <summary>An entity that is dissolved keeps no accreditation.</summary>
sealed class EndAccreditationsOfDissolved : IEventHandler<EntityDissolved>
{
    public async Task HandleAsync(EntityDissolved happened, Work work)
    {
        var today = work.Today;
        foreach (var accreditation in await work.Db.Accreditations.Where(a => a.EntityId == happened.EntityId && a.RevokedAt == null && a.ValidTo >= today).ToListAsync())
        {
            accreditation.Revoke(work.Act.Why ?? "disolución", work.Now);
            work.Happened(new AccreditationRevoked(accreditation.FundId, accreditation.EntityId, accreditation.Id));
        }
    }
}
