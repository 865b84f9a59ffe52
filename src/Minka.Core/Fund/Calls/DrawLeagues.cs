using Minka.Core.Database;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Draws leagues and envelopes from the needs table and the entities accredited today.</summary>
[UseCase]
public sealed class DrawLeagues(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.draw-leagues", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            if (!file.Call.RulesMayChange) throw new RuleBroken(FundRules.RulesFrozen);
            var plan = await PlanAsync(work.Db, file, work.Today, cancel);
            work.Db.Leagues.RemoveRange(file.Leagues);
            for (var i = 0; i < plan.Count; i++)
            {
                work.Db.Leagues.Add(new League
                {
                    Id = work.NewId<LeagueId>(),
                    CallId = id,
                    Code = plan[i].Code,
                    Name = plan[i].Name,
                    Order = i + 1,
                    Envelope = plan[i].Envelope,
                    ProvinceCodes = plan[i].ProvinceCodes,
                    Applicants = plan[i].Applicants,
                });
            }
        }, new ActNote("call", id.Value), cancel);

    /// <summary>What would be drawn now.</summary>
    public static async Task<IReadOnlyList<PlannedLeague>> PlanAsync(AppDb db, CallFile file, DateOnly today, CancellationToken cancel = default)
    {
        var needs = file.PlacedNeeds;
        if (needs.Count < file.Call.ProvinceCodes.Count) throw new RuleBroken(FundRules.NeedsMissing, file.Call.ProvinceCodes.Count - needs.Count, "");
        var entities = await Accreditations.EntitiesInForceAsync(db, file.Call.FundId, today, cancel);
        var aside = file.Pack.Award.KeptAside();
        if (aside > file.Call.Budget) throw new RuleBroken(FundRules.SetAsidesExceed, aside, file.Call.Budget);
        return LeaguePlan.Draw(needs, [.. entities.Select(e => e.ProvinceCodes)], file.Pack, file.Call.Budget - aside);
    }
}
