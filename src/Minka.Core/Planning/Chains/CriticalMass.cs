using Minka.Core.Kernel;

namespace Minka.Core.Planning.Chains;

/// <summary>How much of a demand one project closes by itself.</summary>
/// <param name="Closes">The gap without it less the gap with it alone.</param>
public sealed record GapClosing(ProjectId? Project, string Title, Quantity Closes, Quantity GapAfter);

/// <summary>What one buyer asks in one season against what the chain offers.</summary>
/// <param name="Offered">All that the actors of the counted link offer in the season.</param>
/// <param name="Fit">The part of it that meets every standard of this buyer.</param>
/// <param name="Gap">What fit volume lacks to the minimum lot; zero when it is reached.</param>
/// <param name="Reasons">Each with the figures it used.</param>
/// <param name="Closings">Each project by itself, those that close most first.</param>
/// <param name="GapWithAll">What is left when all projects are done: together they may close more than each alone.</param>
public sealed record DemandState(ChainDemand Demand, Quantity Offered, Quantity Fit, Quantity Gap, IReadOnlyList<Reason> Reasons, IReadOnlyList<GapClosing> Closings, Quantity GapWithAll)
{
    public bool IsReached => Gap == Quantity.Zero;
}

/// <summary>The critical mass of a chain (masa crítica): whether it offers, in each season, a lot for which a buyer comes. A pure value of the chain.</summary>
public sealed record CriticalMass(IReadOnlyList<SeasonVolume> Offered, IReadOnlyList<DemandState> Demands)
{
    public int Reached => Demands.Count(d => d.IsReached);

    public static CriticalMass Of(ChainContent chain)
    {
        var counted = chain.Actors.Where(a => a.Link == chain.Counted).ToList();
        return new([.. chain.Seasons.Select(s => new SeasonVolume(s, counted.SumQuantity(a => a.VolumeIn(s))))],
            [.. chain.Demands.OrderBy(d => d.Code, CodeOrder.Natural).Select(d => StateOf(chain, counted, d))]);
    }

    static DemandState StateOf(ChainContent chain, List<ChainActor> counted, ChainDemand demand)
    {
        var offered = counted.SumQuantity(a => a.VolumeIn(demand.Season));
        var fit = Fit(counted, [], demand);
        var gap = Short(fit, demand);
        var effects = chain.Effects.Where(e => counted.Any(a => a.Code == e.Actor)).ToList();
        var projects = effects.GroupBy(e => e.Project?.Value.ToString() ?? e.Title.ToUpperInvariant(), StringComparer.Ordinal);
        var closings = projects.Select(group =>
        {
            var after = Short(Fit(counted, [.. group], demand), demand);
            return new GapClosing(group.First().Project, group.First().Title, gap - after, after);
        }).OrderByDescending(c => c.Closes).ThenBy(c => c.Title, StringComparer.Ordinal).ToList();
        return new(demand, offered, fit, gap, Reasons(chain, counted, demand, offered, fit, gap), closings, Short(Fit(counted, effects, demand), demand));
    }

    /// <summary>What an actor adds counts as fit only if the actor itself meets the standards once the same effects are done.</summary>
    static Quantity Fit(List<ChainActor> counted, IReadOnlyList<ChainEffect> effects, ChainDemand demand) => counted
        .Where(a => demand.Requires.All(code => a.Meets.Contains(code) || effects.Any(e => e.Actor == a.Code && e.Brings.Contains(code))))
        .SumQuantity(a => a.VolumeIn(demand.Season) + effects.Where(e => e.Actor == a.Code).SelectMany(e => e.Adds).Where(v => v.Season == demand.Season).SumQuantity(v => v.Volume));

    static Quantity Short(Quantity fit, ChainDemand demand) => fit >= demand.MinimumLot ? Quantity.Zero : demand.MinimumLot - fit;

    static List<Reason> Reasons(ChainContent chain, List<ChainActor> counted, ChainDemand demand, Quantity offered, Quantity fit, Quantity gap)
    {
        var reasons = new List<Reason> { new("chain.volume", offered >= demand.MinimumLot, offered, chain.Unit, demand.Season, demand.MinimumLot) };
        var present = counted.Where(a => a.VolumeIn(demand.Season).IsPositive).ToList();
        foreach (var code in demand.Requires)
        {
            if (chain.Standards.FirstOrDefault(s => s.Code == code) is not { } standard)
            {
                reasons.Add(Reason.Fails("chain.standard-unknown", code));
                continue;
            }
            var lacking = present.Where(a => !a.Meets.Contains(code)).Select(a => a.Name).ToList();
            var met = present.Where(a => a.Meets.Contains(code)).SumQuantity(a => a.VolumeIn(demand.Season));
            if (lacking.Count == 0) reasons.Add(Reason.Ok("chain.standard-met", standard.Name, met, chain.Unit));
            else reasons.Add(Reason.Fails("chain.standard-lacking", standard.Name, met, offered, chain.Unit, string.Join(", ", lacking)));
        }
        if (counted.Count > present.Count)
            reasons.Add(Reason.Note("chain.without-volume", demand.Season, string.Join(", ", counted.Except(present).Select(a => a.Name))));
        reasons.Add(gap == Quantity.Zero ? Reason.Ok("chain.lot-reached", fit, chain.Unit, demand.MinimumLot) : Reason.Fails("chain.lot-short", fit, chain.Unit, demand.MinimumLot, gap));
        return reasons;
    }
}
