using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

public enum ComplianceKind
{
    /// <summary>Members came or went, or another woman or man speaks where women are counted.</summary>
    Members,

    /// <summary>A decision: the composition of the votes really cast.</summary>
    Vote,

    /// <summary>An election of an organ: that of the members who took part.</summary>
    Election,
}

/// <param name="At">For members the first instant of the day.</param>
/// <param name="Title">Of the motion or the organ; null for members.</param>
/// <param name="Seats">Seats that counted; null where only the reasons were kept.</param>
/// <param name="Reasons">One for each limit, with its figures, as they were judged then.</param>
public sealed record ComplianceEntry(DateTime At, DateOnly Day, ComplianceKind Kind, string? Title, AssemblyId? Assembly, int? Order, int? Seats, IReadOnlyList<CompositionSegment> Segments, IReadOnlyList<Reason> Reasons)
{
    public bool IsMet => Reasons.AllMet();

    /// <summary>The sector's share of the votes that counted; null where there were none.</summary>
    public BasisPoints? ShareOf(Sector sector) => Segments.Sum(s => s.Votes) is > 0 and var all ? Composition.Share(Segments.Where(s => s.Sector == sector).Sum(s => s.Votes), all) : null;
}

/// <summary>
/// How an entity kept its rule of composition over time. Of members, each day on which some came, went or changed, judged anew from their
/// mandates and the facts that were on record that day; of decisions, what was judged and kept at the close of each.
/// </summary>
/// <remarks>The share of women that statutes add is that of the statutes of the day; where an old entry of the register does not tell it, that of today.</remarks>
[UseCase]
public sealed class ComplianceHistory(AppDb db)
{
    /// <summary>Days of change that are told, the newest: each judges all members.</summary>
    public const int MostDays = 400;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ComplianceEntry>> ReadAsync(EntityId id, DateTime now, CancellationToken cancel = default)
    {
        var law = await db.LawAsync(id, cancel);
        List<ComplianceEntry> all = [.. await MembersAsync(id, law, law.Zone.DayIn(now), cancel), .. await VotesAsync(id, law.Zone, cancel), .. await ElectionsAsync(id, law.Zone, cancel)];
        return [.. all.OrderByDescending(e => e.At).ThenBy(e => e.Kind).ThenByDescending(e => e.Order)];
    }

    async Task<IReadOnlyList<ComplianceEntry>> MembersAsync(EntityId id, EntityLaw law, DateOnly today, CancellationToken cancel)
    {
        var members = await db.Members.Where(m => m.EntityId == id).Select(m => new { m.Id, m.Sector, m.InterestGroup, m.Votes, m.MandateFrom, m.MandateTo }).ToListAsync(cancel);
        var statutes = await StatutesAsync(id, law, cancel);
        var women = law.Template.CountsWomen || statutes.Exists(s => s.Template.CountsWomen)
            ? (await db.Representations.Where(r => r.EntityId == id && !r.IsAlternate && r.IsWoman == true).Select(r => new { r.MemberId, r.From, r.To, r.EndedAt }).ToListAsync(cancel))
                .ConvertAll(r => (r.MemberId, r.From, To: r.EndedAt is { } ended && law.Zone.DayIn(ended).AddDays(-1) < r.To ? law.Zone.DayIn(ended).AddDays(-1) : r.To))
            : [];
        // A mandate may be older than the entity's entry here; nothing of it was kept before that.
        var created = await db.CoordinationEntities.Where(e => e.Id == id).Select(e => e.CreatedAt).SingleAsync(cancel);
        var first = law.Zone.DayIn(created);
        var records = await RecordsAsync(id, [.. members.Select(m => m.Id)], law.Zone, cancel);
        var days = members.SelectMany(m => new[] { m.MandateFrom, m.MandateTo.AddDays(1) }).Concat(records.SelectMany(r => r.Skip(1)).Select(r => r.From)).Concat(women.SelectMany(w => new[] { w.From, w.To.AddDays(1) }))
            .Concat(statutes.Where((s, i) => i > 0 && s.Least != statutes[i - 1].Least).Select(s => s.From))
            .Where(d => d <= today).Select(d => d < first ? first : d).Distinct().OrderDescending().Take(MostDays);
        return [.. days.Select(day =>
        {
            var speaking = women.Where(w => w.From <= day && day <= w.To).Select(w => w.MemberId).ToHashSet();
            var template = statutes.FindLast(s => s.From <= day)?.Template ?? law.Template;
            var report = Composition.OfMembers(template, members.Where(m => m.MandateFrom <= day && day <= m.MandateTo)
                .Select(m => (records[m.Id].LastOrDefault(r => r.From <= day) ?? records[m.Id].FirstOrDefault() ?? new(m.Id, day, m.Sector, m.InterestGroup, m.Votes))
                    .Seat(template.CountsWomen ? speaking.Contains(m.Id) : null)));
            return new ComplianceEntry(law.Zone.StartOf(day), day, ComplianceKind.Members, null, null, null, report.Seats, report.Segments, report.Reasons);
        })];
    }

    /// <summary>What binds the entity, from its creation on and from each day on which statutes were written down; oldest first.</summary>
    async Task<List<DatedTemplate>> StatutesAsync(EntityId id, EntityLaw law, CancellationToken cancel)
    {
        var entity = (Guid?)id.Value;
        var indices = await db.Acts.Where(a => a.Kind == "entity.set-statute" && a.SubjectId == entity).Select(a => a.Index).ToListAsync(cancel);
        if (indices.Count == 0) return [];
        var template = CompositionTemplates.Get(await db.CoordinationEntities.Where(e => e.Id == id).Select(e => e.TemplateId).SingleAsync(cancel));
        List<DatedTemplate> told = [new(DateOnly.MinValue, null, template)];
        foreach (var body in await db.Leaves.Where(l => indices.Contains(l.Index)).OrderBy(l => l.Index).Select(l => l.Body).ToListAsync(cancel))
        {
            using var leaf = JsonDocument.Parse(body);
            var day = law.Zone.DayIn(leaf.RootElement.GetProperty("at").GetDateTime());
            var happened = leaf.RootElement.GetProperty("events").EnumerateArray().First(e => e.GetProperty("type").GetString() == "statuteSet");
            // Statutes that an old entry does not tell: what was asked before them is not known either.
            if (!happened.TryGetProperty("leastWomen", out _)) told = [new(DateOnly.MinValue, null, law.Template)];
            else if (happened.Deserialize<StatuteSet>(CanonicalJson.Options)!.LeastWomen is var least) told.Add(new(day, least, template.With(least)));
        }
        return told;
    }

    sealed record DatedTemplate(DateOnly From, BasisPoints? Least, CompositionTemplate Template);

    /// <summary>What the register tells of each member that was ever changed, oldest first; nothing of the others, whose facts were always those of today.</summary>
    async Task<ILookup<MemberId, MemberRecord>> RecordsAsync(EntityId id, List<MemberId> members, LegalZone zone, CancellationToken cancel)
    {
        var ids = members.ConvertAll(m => (Guid?)m.Value);
        var changes = await db.Acts.Where(a => a.Kind == "member.change" && ids.Contains(a.SubjectId)).Select(a => new { a.Index, a.SubjectId }).ToListAsync(cancel);
        if (changes.Count == 0) return Enumerable.Empty<MemberRecord>().ToLookup(r => r.Member);
        var changed = changes.Select(c => c.SubjectId!.Value).ToHashSet();
        var entity = (Guid?)id.Value;
        var admissions = await db.Acts.Where(a => (a.Kind == "member.add" || a.Kind == "member.import") && a.SubjectId == entity).Select(a => a.Index).ToListAsync(cancel);
        List<long> indices = [.. changes.Select(c => c.Index), .. admissions];
        var leaves = await db.Leaves.Where(l => indices.Contains(l.Index)).OrderBy(l => l.Index).Select(l => l.Body).ToListAsync(cancel);
        return leaves.SelectMany(Told).Where(r => changed.Contains(r.Member.Value)).ToLookup(r => r.Member);

        IEnumerable<MemberRecord> Told(byte[] body)
        {
            using var leaf = JsonDocument.Parse(body);
            var day = zone.DayIn(leaf.RootElement.GetProperty("at").GetDateTime());
            foreach (var happened in leaf.RootElement.GetProperty("events").EnumerateArray())
            {
                if (happened.GetProperty("type").GetString() is "memberAdmitted" or "memberChanged" && happened.Deserialize<MemberChanged>(CanonicalJson.Options) is { } told)
                    yield return new(told.MemberId, day, told.Sector, told.InterestGroup, told.Votes);
            }
        }
    }

    /// <summary>A member as it was on record from a day on.</summary>
    sealed record MemberRecord(MemberId Member, DateOnly From, Sector Sector, string InterestGroup, int Votes)
    {
        public SeatWeight Seat(bool? woman) => new(Sector, InterestGroup, Votes, woman);
    }

    async Task<IReadOnlyList<ComplianceEntry>> VotesAsync(EntityId id, LegalZone zone, CancellationToken cancel) =>
        [.. (await (from m in db.Motions where m.VotingClosedAt != null join a in db.Assemblies on m.AssemblyId equals a.Id where a.EntityId == id select m).ToListAsync(cancel))
            .Where(m => m.Outcome is not null).Select(m => new ComplianceEntry(m.VotingClosedAt!.Value, zone.DayIn(m.VotingClosedAt!.Value), ComplianceKind.Vote, m.Title, m.AssemblyId, m.Order,
                m.Outcome!.Composition.Seats, m.Outcome.Composition.Segments, m.Outcome.Composition.Reasons))];

    async Task<IReadOnlyList<ComplianceEntry>> ElectionsAsync(EntityId id, LegalZone zone, CancellationToken cancel) =>
        [.. (await (from e in db.OrganElections where e.DecidedAt != null join a in db.Assemblies on e.AssemblyId equals a.Id where a.EntityId == id select e).ToListAsync(cancel))
            .Where(e => e.Result is not null).Select(e => new ComplianceEntry(e.DecidedAt!.Value, zone.DayIn(e.DecidedAt!.Value), ComplianceKind.Election, e.Organ, e.AssemblyId, null,
                null, [], [.. e.Result!.Reasons.Where(r => r.Code.StartsWith("composition.", StringComparison.Ordinal))]))];
}
