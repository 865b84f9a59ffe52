using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Rules;

/// <summary>A fund's own rules entered the platform as a version that nobody can change.</summary>
public sealed record RulePackStored(StoredRulePackId Id, string PackId, string PackVersion, Digest Digest) : IEvent;

/// <summary>Stores a rule pack that has no fault as a new version.</summary>
[UseCase]
public sealed class StoreRulePack(Writer writer)
{
    /// <param name="reading">As <see cref="RulePackReader"/> read it; its faults are shown by the page.</param>
    /// <exception cref="RuleBroken"><c>rules.pack-faulty</c>, or <c>rules.version-taken</c>: this id and version exist already.</exception>
    public Task<StoredRulePackId> ExecuteAsync(RulePackReading reading, Actor actor, CancellationToken cancel = default)
    {
        if (reading.Pack is not { } pack) throw new RuleBroken(RulesRules.PackFaulty, reading.Faults.Count);
        return writer.ActAsync("rulepack.store", actor, async work =>
        {
            if (BuiltInPacks.All.Any(r => r.Pack!.Id == pack.Id && r.Pack.Version == pack.Version)
                || await work.Db.StoredRulePacks.AnyAsync(p => p.PackId == pack.Id && p.PackVersion == pack.Version, cancel))
                throw new RuleBroken(RulesRules.VersionTaken, pack.Id, pack.Version);
            var stored = new StoredRulePack
            {
                Id = work.NewId<StoredRulePackId>(),
                PackId = pack.Id,
                PackVersion = pack.Version,
                Name = pack.Name,
                Mechanism = pack.Mechanism,
                Canonical = reading.Canonical,
                Digest = reading.Digest,
                StoredAt = work.Now,
            };
            work.Db.StoredRulePacks.Add(stored);
            work.Happened(new RulePackStored(stored.Id, pack.Id, pack.Version, reading.Digest));
            return stored.Id;
        }, new ActNote("rule-pack"), cancel);
    }
}
