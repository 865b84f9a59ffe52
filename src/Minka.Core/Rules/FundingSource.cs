namespace Minka.Core.Rules;

/// <summary>Who pays: the one list, used for cost lines, funding tables, matches and agreements alike.</summary>
public enum FundingSource
{
    Entity,
    District,
    Province,
    Region,
    Nation,
    Cooperation,
    PrivateCash,
    PrivateInKind,
    Fund,
}

public static class FundingSources
{
    public static readonly IReadOnlyList<FundingSource> All = Enum.GetValues<FundingSource>();

    public static bool IsPrivate(this FundingSource source) => source is FundingSource.PrivateCash or FundingSource.PrivateInKind;

    public static bool IsInKind(this FundingSource source) => source is FundingSource.PrivateInKind;

    /// <summary>Money of a budget of the State, which has certificates and forecasts.</summary>
    public static bool IsPublic(this FundingSource source) => source is FundingSource.District or FundingSource.Province or FundingSource.Region or FundingSource.Nation;

    /// <summary>Everything but the fund's own grant counts as match.</summary>
    public static bool IsMatch(this FundingSource source) => source is not FundingSource.Fund;
}
