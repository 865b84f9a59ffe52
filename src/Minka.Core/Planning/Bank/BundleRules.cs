using Minka.Core.Entities;
using Minka.Core.Rules;
using Minka.Measures.Bundling;

namespace Minka.Core.Planning.Bank;

/// <summary>When registered projects are alike enough to be candidates for one programme, from <c>rulepacks/bundles.json</c>.</summary>
/// <param name="MostYears">Projects registered so many years before the newest of the file, or earlier, are left out.</param>
/// <param name="Sources">Where each figure comes from, by its name in the pack.</param>
public sealed record BundleRules(BundleLimits Limits, WorkWords Words, int MostYears, IReadOnlyList<BundleRuleSource> Sources)
{
    static readonly Lazy<BundleRules> Known = new(() =>
    {
        var pack = RulePackFiles.Read<Pack>("bundles");
        return new(
            new()
            {
                LeastLikeness = pack.LeastLikenessBp.Value / 10_000.0,
                MostRatio = pack.MostRatioPercent.Value / 100.0,
                FewestProjects = (int)pack.FewestProjects.Value,
                MostProjects = (int)pack.MostProjects.Value,
                MostPlaces = (int)pack.MostPlaces.Value,
                MostAmount = pack.MostAmount.Value,
                MostKilometres = pack.MostKilometres.Value,
            },
            new(pack.Actions.Value.ToHashSet(StringComparer.Ordinal), pack.Places.Value.ToHashSet(StringComparer.Ordinal)),
            (int)pack.MostYears.Value,
            [
                new("least-likeness", pack.LeastLikenessBp.Value, pack.LeastLikenessBp.Source), new("most-ratio", pack.MostRatioPercent.Value, pack.MostRatioPercent.Source),
                new("fewest-projects", pack.FewestProjects.Value, pack.FewestProjects.Source), new("most-projects", pack.MostProjects.Value, pack.MostProjects.Source),
                new("most-places", pack.MostPlaces.Value, pack.MostPlaces.Source), new("most-amount", pack.MostAmount.Value, pack.MostAmount.Source), new("most-kilometres", pack.MostKilometres.Value, pack.MostKilometres.Source),
                new("most-years", pack.MostYears.Value, pack.MostYears.Source),
            ]);
    });

    public static BundleRules Own => Known.Value;

    sealed record Pack(
        Said<long> LeastLikenessBp, Said<long> MostRatioPercent, Said<long> FewestProjects, Said<long> MostProjects, Said<long> MostPlaces, Said<long> MostAmount, Said<long> MostKilometres, Said<long> MostYears,
        Said<string[]> Actions, Said<string[]> Places);

    sealed record Said<T>(T Value, LocalText Source);
}

/// <summary>A figure of the pack as it is written there, with its source.</summary>
public sealed record BundleRuleSource(string Name, long Value, LocalText Source);
