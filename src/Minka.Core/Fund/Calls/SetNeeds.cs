using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Writes the needs table of a call anew.</summary>
[UseCase]
public sealed class SetNeeds(Writer writer)
{
    /// <param name="rows">Figures with their source; those of provinces outside the call only serve as reference for positions.</param>
    public Task ExecuteAsync(CallId id, IReadOnlyList<NeedRow> rows, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.set-needs", actor, async work =>
        {
            var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
            if (!call.RulesMayChange) throw new RuleBroken(FundRules.RulesFrozen);
            var mine = rows.Where(r => call.ProvinceCodes.Contains(r.ProvinceCode)).ToList();
            if (mine.Any(r => string.IsNullOrWhiteSpace(r.Source))) throw new RuleBroken(FundRules.NeedsSource);
            if (mine.Count != mine.DistinctBy(r => r.ProvinceCode).Count()) throw new RuleBroken(FundRules.NeedsFaulty);
            var missing = call.ProvinceCodes.Except(mine.Select(r => r.ProvinceCode)).ToList();
            if (missing.Count > 0) throw new RuleBroken(FundRules.NeedsMissing, missing.Count, string.Join(", ", missing.Take(8)));
            var names = mine.ToDictionary(r => r.ProvinceCode, StringComparer.Ordinal);
            work.Db.TerritoryNeeds.RemoveRange(await work.Db.TerritoryNeeds.Where(n => n.CallId == id).ToListAsync(cancel));
            await work.FlushAsync(cancel);
            foreach (var placed in NeedPositions.Place(mine, rows))
            {
                work.Db.TerritoryNeeds.Add(new TerritoryNeed
                {
                    CallId = id,
                    ProvinceCode = placed.ProvinceCode,
                    ProvinceName = names[placed.ProvinceCode].ProvinceName,
                    Population = placed.Population,
                    NeedBp = placed.Need,
                    OwnResourcesPerHead = placed.OwnResourcesPerHead,
                    NeedPosition = placed.NeedPosition,
                    ResourcesPosition = placed.ResourcesPosition,
                    Source = names[placed.ProvinceCode].Source.Trim(),
                });
            }
        }, new ActNote("call", id.Value), cancel);
}
