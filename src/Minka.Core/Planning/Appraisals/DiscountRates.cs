using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Appraisals;

/// <summary>A social discount rate with its dates: reference data, never a constant of the code.</summary>
/// <param name="From">First year in which it holds; null where no source tells.</param>
/// <param name="To">Last year; null while it holds.</param>
/// <param name="Source">The norm, or "sin fuente".</param>
public sealed record DiscountRate(string Code, string Es, string En, int RateBp, int? From, int? To, string Source, Confidence Confidence)
{
    public BasisPoints Rate => new(RateBp);

    public LocalText Name => new(Es, En);
}

/// <summary>The rates, from <c>rulepacks/discount-rates.json</c>.</summary>
public static class DiscountRates
{
    static readonly Lazy<IReadOnlyList<DiscountRate>> List = new(() => RulePackFiles.Read<Pack>("discount-rates").Rates);

    public static IReadOnlyList<DiscountRate> All => List.Value;

    /// <summary>The one that holds now.</summary>
    public static DiscountRate Current => All.First(r => r.To is null);

    public static DiscountRate? Find(string? code) => All.FirstOrDefault(r => r.Code == code);

    sealed record Pack(IReadOnlyList<DiscountRate> Rates);
}
