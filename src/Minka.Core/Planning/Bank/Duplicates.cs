using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Measures.Text;

namespace Minka.Core.Planning.Bank;

/// <summary>What of a project is compared.</summary>
public sealed record ComparedProject(ProjectId Id, ProjectId Root, string Code, string Title, string Objective, string? InvestmentCode, IReadOnlyList<string> Places, Money Cost, ProjectStage Stage);

/// <summary>Two projects that may be one, with what speaks for it.</summary>
/// <param name="Text">Likeness of the titles, or of titles and objectives where that is greater.</param>
/// <param name="Words">The words that make it.</param>
/// <param name="Places">Districts that both name.</param>
/// <param name="Amount">The smaller cost as a share of the larger; null where one has none.</param>
public sealed record DuplicatePair(ComparedProject First, ComparedProject Second, BasisPoints Text, IReadOnlyList<string> Words, IReadOnlyList<string> Places, bool SameCode, BasisPoints? Amount);

/// <summary>
/// Finds projects that may have been kept twice. A pair is told if both have one unique code; or if their texts are almost the same; or if they are much alike and a
/// shared place or a cost within a tenth speaks for it. Two different unique codes, or two copies of one project, are no pair.
/// </summary>
public static class Duplicates
{
    public const int Most = 200;

    /// <summary>The most certain first. O(words² of the most common word) at worst; 5,000 projects take well under a second.</summary>
    public static IReadOnlyList<DuplicatePair> Of(IReadOnlyList<ComparedProject> projects, BankRules rules)
    {
        // An idea often has a title only: titles are compared by themselves too, and the greater likeness counts.
        TextLikeness[] likenesses = [new([.. projects.Select(p => p.Title)]), new([.. projects.Select(p => $"{p.Title} {p.Objective}")])];
        var pairs = new Dictionary<(int, int), DuplicatePair>();
        foreach (var same in projects.Index().Where(p => p.Item.InvestmentCode is not null).GroupBy(p => p.Item.InvestmentCode))
        {
            var all = same.Select(s => s.Index).ToList();
            for (var i = 1; i < all.Count; i++) Add(all[i - 1], all[i]);
        }
        foreach (var alike in likenesses.SelectMany(l => l.Pairs(rules.LeastLikeness.Value / 10_000.0)).OrderByDescending(a => a.Likeness))
        {
            if (pairs.Count >= Most * 4) break;
            Add(alike.First, alike.Second);
        }
        return [.. pairs.Values.OrderByDescending(p => p.SameCode).ThenByDescending(p => p.Text).ThenBy(p => p.First.Code, CodeOrder.Natural).ThenBy(p => p.Second.Code, CodeOrder.Natural).Take(Most)];

        void Add(int first, int second)
        {
            var (a, b) = (projects[first], projects[second]);
            if (a.Root == b.Root || pairs.ContainsKey((first, second))) return;
            var sameCode = a.InvestmentCode is not null && a.InvestmentCode == b.InvestmentCode;
            if (!sameCode && a.InvestmentCode is not null && b.InvestmentCode is not null) return;
            var most = likenesses.MaxBy(l => l.Of(first, second))!;
            var text = new BasisPoints((int)Math.Round(most.Of(first, second) * 10_000, MidpointRounding.AwayFromZero));
            IReadOnlyList<string> shared = [.. a.Places.Intersect(b.Places, StringComparer.Ordinal)];
            BasisPoints? amount = a.Cost.IsPositive && b.Cost.IsPositive ? (a.Cost < b.Cost ? a.Cost : b.Cost).ShareOf(a.Cost < b.Cost ? b.Cost : a.Cost) : null;
            var speaks = shared.Count > 0 || amount is { Value: >= 9_000 } || (a.Places.Count == 0 || b.Places.Count == 0) && amount is null;
            if (!sameCode && text < rules.AloneLikeness && !speaks) return;
            // Far places and far amounts: the same work done elsewhere (two reservoirs of one design), not the same project.
            if (!sameCode && a.Places.Count > 0 && b.Places.Count > 0 && shared.Count == 0 && amount is not { Value: >= 9_000 }) return;
            pairs[(first, second)] = new(a, b, text, most.SharedBy(first, second), shared, sameCode, amount);
        }
    }
}

/// <summary>What people decided about two projects: the same, or not. A pair decided is not asked again.</summary>
public sealed class DuplicateDecision : IVersioned
{
    DuplicateDecision()
    {
    }

    /// <summary>The lower of the two ids.</summary>
    public ProjectId FirstId { get; private set; }
    public ProjectId SecondId { get; private set; }
    public EntityId EntityId { get; private set; }
    public bool IsSame { get; private set; }

    /// <summary>The one that went on, where they are the same.</summary>
    public ProjectId? KeptId { get; private set; }
    public string? Why { get; private set; }
    public DateTime DecidedAt { get; private set; }
    public int Version { get; private set; }

    public static (ProjectId First, ProjectId Second) InOrder(ProjectId a, ProjectId b) => a.Value.CompareTo(b.Value) < 0 ? (a, b) : (b, a);

    public static DuplicateDecision Of(EntityId entity, ProjectId a, ProjectId b)
    {
        var (first, second) = InOrder(a, b);
        return new() { EntityId = entity, FirstId = first, SecondId = second };
    }

    public void Decide(ProjectId? kept, string? why, DateTime now) =>
        (IsSame, KeptId, Why, DecidedAt) = (kept is not null, kept, PlanningRules.Optional(why, "why"), now);
}

/// <summary>The pairs of a bank that nobody has decided yet.</summary>
[UseCase]
public sealed class DuplicateList(AppDb db)
{
    public async Task<IReadOnlyList<DuplicatePair>> OpenAsync(EntityId entity, CancellationToken cancel = default)
    {
        var rows = await (
            from p in db.Projects.AsNoTracking()
            where p.EntityId == entity && p.Stage != ProjectStage.Discarded
            join s in db.ProjectSheets on p.Id equals s.ProjectId into sheets
            from s in sheets.DefaultIfEmpty()
            select new ComparedProject(p.Id, p.RootId, p.Code, p.Title, p.Objective, s.InvestmentCode, p.Places, p.PlannedCost, p.Stage)).ToListAsync(cancel);
        // Of the copies of one project, the first stands for all.
        List<ComparedProject> firsts = [.. rows.GroupBy(r => r.Root).Select(g => g.FirstOrDefault(r => r.Id == r.Root) ?? g.First())];
        var decided = (await db.DuplicateDecisions.AsNoTracking().Where(d => d.EntityId == entity).Select(d => new { d.FirstId, d.SecondId }).ToListAsync(cancel)).Select(d => (d.FirstId, d.SecondId)).ToHashSet();
        return [.. Duplicates.Of([.. firsts.OrderBy(f => f.Code, CodeOrder.Natural)], BankRules.Own).Where(p => !decided.Contains(DuplicateDecision.InOrder(p.First.Id, p.Second.Id)))];
    }

    /// <summary>The projects that a project took in, and the one that took it in.</summary>
    public async Task<(IReadOnlyList<(ProjectId Id, string Code, string Title)> Absorbed, (ProjectId Id, string Code, string Title)? By)> HistoryAsync(ProjectId id, CancellationToken cancel = default)
    {
        var projects = db.Projects;
        var rows = await (
            from d in db.DuplicateDecisions.AsNoTracking()
            where d.IsSame && (d.FirstId == id || d.SecondId == id)
            from p in projects
            where (p.Id == d.FirstId || p.Id == d.SecondId) && p.Id != id
            select new { d.KeptId, p.Id, p.Code, p.Title }).ToListAsync(cancel);
        var by = rows.Where(r => r.KeptId == r.Id).Select(r => ((ProjectId, string, string)?)(r.Id, r.Code, r.Title)).FirstOrDefault();
        return ([.. rows.Where(r => r.KeptId == id).Select(r => (r.Id, r.Code, r.Title))], by);
    }
}
