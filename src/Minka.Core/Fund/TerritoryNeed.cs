using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>
/// What the leagues, envelopes and least match of a call know of a province: its figures, its positions among its peers,
/// and where the figures were taken from. A figure that nobody publishes is null, and its position is the middle.
/// </summary>
public sealed class TerritoryNeed
{
    public required CallId CallId { get; init; }

    public required string ProvinceCode { get; init; }

    public required string ProvinceName { get; init; }

    public long? Population { get; init; }

    /// <summary>How needy the territory is: greater is needier.</summary>
    public BasisPoints? NeedBp { get; init; }

    public Money? OwnResourcesPerHead { get; init; }

    /// <summary>From 0 (least need) to 10,000, by mid-rank.</summary>
    public required int NeedPosition { get; init; }

    /// <summary>From 0 (fewest resources) to 10,000, by mid-rank.</summary>
    public required int ResourcesPosition { get; init; }

    public required string Source { get; init; }
}
