using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Bank;

public enum PlaceOutside
{
    Warn,
    Refuse,
}

/// <summary>What the bank asks, from <c>rulepacks/bank.json</c>.</summary>
/// <param name="PlaceOutside">What a place outside the entity's territory does.</param>
/// <param name="LeastLikeness">Texts at least so much alike are looked at as one project, where place, amount or code speak for it too.</param>
/// <param name="AloneLikeness">Texts at least so much alike are, whatever the rest.</param>
public sealed record BankRules(PlaceOutside PlaceOutside, BasisPoints LeastLikeness, BasisPoints AloneLikeness)
{
    static readonly Lazy<BankRules> Known = new(() =>
    {
        var pack = RulePackFiles.Read<Pack>("bank");
        return new(pack.PlaceOutside.Value, new(pack.Duplicates.LeastLikenessBp.Value), new(pack.Duplicates.AloneLikenessBp.Value));
    });

    public static BankRules Own => Known.Value;

    sealed record Pack(Said<PlaceOutside> PlaceOutside, DuplicateValues Duplicates);

    sealed record DuplicateValues(Said<int> LeastLikenessBp, Said<int> AloneLikenessBp);

    sealed record Said<T>(T Value);
}
