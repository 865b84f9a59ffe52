using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;

namespace Minka.Core.Entities.Prioritisation;

public readonly record struct PrioritisationId(Guid Value) : ITypedId<PrioritisationId>
{
    public static PrioritisationId From(Guid value) => new(value);
}

public enum PrioritisationState
{
    Drafted,

    /// <summary>Options, budget and rule are in the register; nothing of them changes any more.</summary>
    Fixed,
    Open,
    Closed,
}

/// <summary>What is chosen: an axis or a project, opaque here.</summary>
/// <param name="Pictogram">Name of a drawing, for who reads little; or null.</param>
public sealed record PriorityOption(string Id, string Name, Money Cost, string? Place, string? Pictogram);

public sealed record Workshop(string Id, string Place);

/// <summary>The rule that decides, in the words of the library.</summary>
public sealed record PriorityRule(PbRule Rule, Completion Completion)
{
    // The last place of a ballot is worth one point: with none it would be worth what is left out.
    public const int LastPlace = 1;

    public PbSettings Settings => new() { Rule = Rule, Completion = Completion, BordaOffset = LastPlace };
}

/// <param name="Order">Options funded, in the order of the rule.</param>
public sealed record RuleOutcome(PriorityRule Rule, IReadOnlyList<string> Order, Money Spent);

/// <param name="Chosen">By the rule fixed beforehand: the one that counts.</param>
/// <param name="Others">By the other rules, to compare.</param>
public sealed record PriorityResult(int Ballots, int OnPaper, RuleOutcome Chosen, IReadOnlyList<RuleOutcome> Others, Digest FileDigest)
{
    /// <summary>Marks or points by option; of an order of preference, the ballots that name it. Null in results older than this count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BallotCount? Count { get; init; }

    /// <summary>Of an order of preference, the points that its places are worth; null for other ballots.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OptionCount>? Places { get; init; }
}

/// <summary>An assembly chooses axes or projects within a budget, in workshops at several places, by telephone or on paper.</summary>
public sealed class PrioritisationSession : IVersioned
{
    public static readonly Transitions<PrioritisationState> Table = new("prioritisation",
        new Transition<PrioritisationState>(PrioritisationState.Drafted, "fix", PrioritisationState.Fixed, "secretary"),
        new Transition<PrioritisationState>(PrioritisationState.Fixed, "open", PrioritisationState.Open, "secretary"),
        new Transition<PrioritisationState>(PrioritisationState.Open, "close", PrioritisationState.Closed, "secretary"));

    public required PrioritisationId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required string Title { get; init; }

    public required Money Budget { get; init; }

    public required BallotForm Form { get; init; }

    /// <summary>Marks that a ballot may have, or points.</summary>
    public required int Most { get; init; }

    public required IReadOnlyList<PriorityOption> Options { get; init; }

    public required PriorityRule Rule { get; init; }

    public required IReadOnlyList<Workshop> Workshops { get; init; }

    public required DateTime CreatedAt { get; init; }

    public PrioritisationState State { get; private set; }

    /// <summary>Of everything that decides: options, budget, paper and rule.</summary>
    public Digest? RuleDigest { get; private set; }

    public DateTime? OpenedAt { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    public PriorityResult? Result { get; private set; }

    public int Version { get; private set; }

    public BallotPaper Paper => new(Form, [.. Options.Select(o => new BallotOption(o.Id, o.Name, o.Place))], Most);

    /// <param name="sounds">Digests of recordings by option, in order: they are part of what is fixed, where there are any.</param>
    internal void Fix(IReadOnlyList<(string Option, Digest Sound)> sounds) => (State, RuleDigest) = (Table.Next(State, "fix"), sounds.Count == 0
        ? CanonicalJson.DigestOf(new { Title, Budget, Form, Most, Options, Rule, Workshops })
        : CanonicalJson.DigestOf(new { Title, Budget, Form, Most, Options, Rule, Workshops, Sounds = sounds.Select(s => new { s.Option, s.Sound }) }));

    internal void Open(DateTime now) => (State, OpenedAt) = (Table.Next(State, "open"), now);

    internal void Close(PriorityResult result, DateTime now) => (State, Result, ClosedAt) = (Table.Next(State, "close"), result, now);

    public void MustBeOpen()
    {
        if (State != PrioritisationState.Open) throw new RuleBroken(PriorityRules.NotOpen);
    }

    /// <summary>The election as the library counts it: amounts in soles, options in the order of the paper.</summary>
    public Election ElectionOf(IEnumerable<Marking> ballots)
    {
        var kind = Form switch { BallotForm.Points => BallotKind.Cumulative, BallotForm.Ranking => BallotKind.Ordinal, _ => BallotKind.Approval };
        var cast = ballots.Where(b => b is { IsNull: false }).GroupBy(b => string.Join(',', b.Values), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            var values = g.First().Values;
            var marked = Enumerable.Range(0, values.Count).Where(i => values[i] > 0);
            if (kind == BallotKind.Ordinal) marked = marked.OrderBy(i => values[i]);
            var chosen = marked.ToList();
            return new Minka.Selection.Participatory.Ballot([.. chosen.Select(i => Options[i].Id)], kind == BallotKind.Cumulative ? [.. chosen.Select(i => (Fraction)values[i])] : null, g.Count());
        }).ToList();
        return Election.Create(Title, kind, Soles(Budget), Options.Select(o => new Project(o.Id, Soles(o.Cost)) { Name = o.Name }), cast);
    }

    /// <summary>Points of each option by the places that ballots give it: the last is worth one, each before it one more.</summary>
    internal IReadOnlyList<OptionCount> PlacesIn(IEnumerable<Marking> ballots)
    {
        var points = new long[Options.Count];
        foreach (var ballot in ballots.Where(b => !b.IsNull))
        {
            var named = ballot.Values.Count(v => v > 0);
            for (var i = 0; i < points.Length; i++) points[i] += ballot.Values[i] > 0 ? named - ballot.Values[i] + PriorityRule.LastPlace : 0;
        }
        return [.. Options.Select((o, i) => new OptionCount(o.Id, points[i]))];
    }

    static Fraction Soles(Money money) => new(money.Minor, 100);
}

/// <summary>
/// The right to one ballot, printed on paper and handed out without noting to whom. Only the digest of its code is kept; used, it says that
/// a ballot came, not which.
/// </summary>
public sealed class VotingSlip : IVersioned
{
    public required PrioritisationId SessionId { get; init; }

    public required Digest Code { get; init; }

    public required string WorkshopId { get; init; }

    public bool IsUsed { get; private set; }

    public int Version { get; private set; }

    internal void Use() => IsUsed = true;
}

/// <summary>One typing of a workshop's paper ballots. Two that agree, ballot by ballot, are counted.</summary>
public sealed class PaperBatch : IVersioned
{
    public required PrioritisationId SessionId { get; init; }

    public required string WorkshopId { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Round { get; init; }

    /// <summary>In the order of the numbered sheets.</summary>
    public IReadOnlyList<Marking> Ballots { get; private set; } = [];

    public int Version { get; private set; }

    internal void Type(IReadOnlyList<Marking> ballots) => Ballots = ballots;

    /// <summary>Numbers of the sheets, from 1, where two typings differ.</summary>
    public static IReadOnlyList<int> Differences(PaperBatch a, PaperBatch b) =>
        [.. Enumerable.Range(0, Math.Max(a.Ballots.Count, b.Ballots.Count))
            .Where(i => i >= a.Ballots.Count || i >= b.Ballots.Count || a.Ballots[i].IsNull != b.Ballots[i].IsNull || !a.Ballots[i].Values.SequenceEqual(b.Ballots[i].Values)).Select(i => i + 1)];
}

public static class PrioritisationTables
{
    extension(AppDb db)
    {
        public DbSet<PrioritisationSession> PrioritisationSessions => db.Set<PrioritisationSession>();
        public DbSet<VotingSlip> VotingSlips => db.Set<VotingSlip>();
        public DbSet<PaperBatch> PaperBatches => db.Set<PaperBatch>();
        public DbSet<OptionSound> OptionSounds => db.Set<OptionSound>();
    }
}

sealed class PrioritisationSessionMapping : IEntityTypeConfiguration<PrioritisationSession>
{
    public void Configure(EntityTypeBuilder<PrioritisationSession> b)
    {
        b.ToTable("PrioritisationSessions");
        b.Ignore(s => s.Paper);
        b.Property(s => s.Options).HasJson();
        b.Property(s => s.Rule).HasJson();
        b.Property(s => s.Workshops).HasJson();
        b.Property(s => s.Result).HasJson();
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(s => s.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(s => new { s.EntityId, s.CreatedAt });
    }
}

sealed class VotingSlipMapping : IEntityTypeConfiguration<VotingSlip>
{
    public void Configure(EntityTypeBuilder<VotingSlip> b)
    {
        b.ToTable("VotingSlips");
        b.HasKey(s => new { s.SessionId, s.Code });
        b.HasOne<PrioritisationSession>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class PaperBatchMapping : IEntityTypeConfiguration<PaperBatch>
{
    public void Configure(EntityTypeBuilder<PaperBatch> b)
    {
        b.ToTable("PaperBatches");
        b.HasKey(p => new { p.SessionId, p.WorkshopId, p.Round });
        b.Property(p => p.Ballots).HasJson();
        b.HasOne<PrioritisationSession>().WithMany().HasForeignKey(p => p.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Codes of the rules of prioritisation; their texts lie under <c>rule.CODE</c>.</summary>
public static class PriorityRules
{
    public const string TitleMissing = "priority.title-missing";
    public const string BudgetWrong = "priority.budget-wrong";
    public const string OptionsMissing = "priority.options-missing";
    public const string OptionTwice = "priority.option-twice";
    public const string OptionUnreadable = "priority.option-unreadable";
    public const string CostWrong = "priority.cost-wrong";
    public const string WorkshopMissing = "priority.workshop-missing";
    public const string NotOpen = "priority.not-open";
    public const string SlipUnknown = "priority.slip-unknown";
    public const string SlipUsed = "priority.slip-used";
    public const string SlipsTooMany = "priority.slips-too-many";
    public const string SheetUnreadable = "priority.sheet-unreadable";
    public const string BatchHalf = "priority.batch-half";
    public const string BatchDiffers = "priority.batch-differs";
    public const string SoundTooLarge = "priority.sound-too-large";
    public const string SoundUnknown = "priority.sound-unknown";
    public const string SoundLate = "priority.sound-late";
    public const string NoBallots = "priority.no-ballots";
}

public sealed record PrioritisationDrafted(PrioritisationId SessionId, EntityId EntityId, int Options) : IEvent;

/// <summary>Before the first ballot: whatever decides has this digest.</summary>
public sealed record PrioritisationFixed(PrioritisationId SessionId, Digest RuleDigest) : IEvent;

public sealed record PrioritisationOpened(PrioritisationId SessionId) : IEvent;

public sealed record SlipsPrinted(PrioritisationId SessionId, string WorkshopId, int Count) : IEvent;

public sealed record PriorityBallotTaken(PrioritisationId SessionId) : IEvent;

public sealed record PaperBatchTyped(PrioritisationId SessionId, string WorkshopId, int Round, int Ballots) : IEvent;

public sealed record PrioritisationClosed(PrioritisationId SessionId, int Ballots, IReadOnlyList<string> Chosen, Digest FileDigest) : IEvent;
