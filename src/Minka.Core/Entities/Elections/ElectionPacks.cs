using Minka.Selection.Exact;

namespace Minka.Core.Entities.Elections;

/// <summary>A quota as a rule states it: a number, or a share of the seats rounded up.</summary>
/// <param name="Share">An exact fraction, "3/10".</param>
public sealed record QuotaRule(QuotaKind Kind, Sector? Sector = null, int? Least = null, string? Share = null)
{
    public Quota For(int seats) => new(Kind, Least ?? (Fraction.TryParse(Share, out var share) ? (int)(share * seats).Ceiling() : 0), Sector);
}

/// <summary>How an organ is elected, as a norm or a body's practice has it.</summary>
/// <param name="Templates">Kinds of entity that it is meant for; none: all.</param>
/// <param name="Seats">Null: the assembly says.</param>
public sealed record ElectionPack(string Id, IReadOnlyList<string> Templates, Words Organ, int? Seats, ElectionMajority Majority, IReadOnlyList<QuotaRule> Quotas, string Source, string Confidence)
{
    /// <summary>The rule of one election: seats and source of the draw are the assembly's, all else is the pack's.</summary>
    public ElectionRule For(int seats, string beacon) => new(Seats ?? seats, Majority, [.. Quotas.Select(q => q.For(Seats ?? seats)).Where(q => q.Least > 0)], Source, beacon) { Pack = Id };
}

/// <summary>The rules, from <c>rulepacks/elections.json</c>.</summary>
public static class ElectionPacks
{
    sealed record File(IReadOnlyList<ElectionPack> Rules);

    static readonly Lazy<IReadOnlyList<ElectionPack>> List = new(() => RulePackFiles.Read<File>("elections").Rules);

    public static IReadOnlyList<ElectionPack> All => List.Value;

    public static ElectionPack? Find(string? id) => All.FirstOrDefault(p => p.Id == id);

    public static IReadOnlyList<ElectionPack> Of(string template) => [.. All.Where(p => p.Templates.Count == 0 || p.Templates.Contains(template))];
}
