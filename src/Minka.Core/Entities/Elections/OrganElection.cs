using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Draw;

namespace Minka.Core.Entities.Elections;

public readonly record struct OrganElectionId(Guid Value) : ITypedId<OrganElectionId>
{
    public static OrganElectionId From(Guid value) => new(value);
}

public enum ElectionState
{
    Drafted,
    Voting,
    AwaitingDraw,
    SecondRound,
    Decided,

    /// <summary>The votes cast did not have the composition that the rule asks: nobody is elected.</summary>
    Void,
}

/// <summary>The election of an organ in an assembly, by secret ballot.</summary>
public sealed class OrganElection : IVersioned
{
    public static readonly Transitions<ElectionState> Table = new("election",
        new Transition<ElectionState>(ElectionState.Drafted, "open", ElectionState.Voting, "secretary"),
        new Transition<ElectionState>(ElectionState.Voting, "decide", ElectionState.Decided, "secretary"),
        new Transition<ElectionState>(ElectionState.Voting, "tie", ElectionState.AwaitingDraw, "secretary"),
        new Transition<ElectionState>(ElectionState.Voting, "no-majority", ElectionState.SecondRound, "secretary"),
        new Transition<ElectionState>(ElectionState.Voting, "void", ElectionState.Void, "secretary"),
        new Transition<ElectionState>(ElectionState.AwaitingDraw, "decide", ElectionState.Decided, "secretary"),
        new Transition<ElectionState>(ElectionState.AwaitingDraw, "no-majority", ElectionState.SecondRound, "secretary"),
        new Transition<ElectionState>(ElectionState.SecondRound, "open", ElectionState.Voting, "secretary"),
        new Transition<ElectionState>(ElectionState.Voting, "annul", ElectionState.Drafted, "secretary"));

    public required OrganElectionId Id { get; init; }

    public required AssemblyId AssemblyId { get; init; }

    public required string Organ { get; init; }

    public ElectionRule Rule { get; private set; } = null!;

    public IReadOnlyList<Candidate> Candidates { get; private set; } = [];

    public ElectionState State { get; private set; }

    /// <summary>1, or 2 in the second round.</summary>
    public int Round { get; private set; } = 1;

    public BallotBoxId? BoxId { get; private set; }

    /// <summary>Published before the first ballot: the hash of the draw's salt and of the candidates.</summary>
    public string? SaltHash { get; private set; }

    public byte[]? WrappedSalt { get; private set; }

    /// <summary>Revealed with the draw.</summary>
    public string? Salt { get; private set; }

    public string? Beacon { get; private set; }

    public BallotCount? Count { get; private set; }

    public ElectionResult? Result { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public int Version { get; private set; }

    internal static OrganElection Draft(OrganElectionId id, AssemblyId assembly, string organ, ElectionRule rule, IReadOnlyList<Candidate> candidates) =>
        new() { Id = id, AssemblyId = assembly, Organ = organ, Rule = rule, Candidates = candidates };

    internal void Open(BallotBoxId box, string saltHash, byte[] wrapped)
    {
        State = Table.Next(State, "open");
        (BoxId, SaltHash, WrappedSalt, Salt, Beacon) = (box, saltHash, wrapped, null, null);
    }

    internal void MayOpen() => Table.Next(State, "open");

    internal void Take(ElectionResult result, BallotCount count, DateTime now)
    {
        State = Table.Next(State, result.IsVoid ? "void" : result.NeedsDraw ? "tie" : result.SecondRound.Count > 0 ? "no-majority" : "decide");
        (Result, Count) = (result, count);
        if (State is ElectionState.Decided or ElectionState.Void) DecidedAt = now;
        // The two first are voted again, without the majority that none of them had.
        if (State == ElectionState.SecondRound)
        {
            Round = 2;
            Candidates = [.. Candidates.Where(c => result.SecondRound.Contains(c.Id))];
            Rule = Rule with { Majority = ElectionMajority.Plurality };
        }
    }

    internal void Drawn(string salt, string beacon) => (Salt, Beacon) = (salt, beacon);

    internal void Annul() => State = Table.Next(State, "annul");
}

sealed class OrganElectionMapping : IEntityTypeConfiguration<OrganElection>
{
    public void Configure(EntityTypeBuilder<OrganElection> b)
    {
        b.ToTable("OrganElections");
        b.Property(e => e.Rule).HasJson();
        b.Property(e => e.Candidates).HasJson();
        b.Property(e => e.Count).HasJson();
        b.Property(e => e.Result).HasJson();
        b.HasOne<Assembly>().WithMany().HasForeignKey(e => e.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class ElectionTables
{
    extension(AppDb db)
    {
        public DbSet<OrganElection> OrganElections => db.Set<OrganElection>();
    }
}

/// <summary>Codes of the rules of elections; their texts lie under <c>rule.CODE</c>.</summary>
public static class ElectionRules
{
    public const string OrganMissing = "election.organ-missing";
    public const string SeatsWrong = "election.seats-wrong";
    public const string TooFewCandidates = "election.too-few-candidates";
    public const string CandidateTwice = "election.candidate-twice";
    public const string CandidateUnreadable = "election.candidate-unreadable";
    public const string AbsoluteNeedsOneSeat = "election.absolute-one-seat";
    public const string QuotaImpossible = "election.quota-impossible";
    public const string BeaconMissing = "election.beacon-missing";
    public const string BeaconWrong = "election.beacon-wrong";
    public const string NoDraw = "election.no-draw";
}

public sealed record ElectionDrafted(OrganElectionId ElectionId, AssemblyId AssemblyId, Digest RuleDigest, Digest CandidatesDigest) : IEvent;

public sealed record ElectionOpened(OrganElectionId ElectionId, BallotBoxId BoxId, int Round, string SaltHash, string CandidatesHash) : IEvent;

public sealed record ElectionCounted(OrganElectionId ElectionId, int Round, IReadOnlyList<string> Elected, IReadOnlyList<string> Tied, IReadOnlyList<string> SecondRound, Digest ResultDigest) : IEvent;

public sealed record ElectionDrawn(OrganElectionId ElectionId, string Salt, string Beacon, IReadOnlyList<string> Order) : IEvent;

/// <summary>Writes down an election: organ, rule and candidates.</summary>
[UseCase]
public sealed class DraftElection(Writer writer)
{
    public Task<OrganElectionId> ExecuteAsync(AssemblyId assembly, string organ, ElectionRule rule, IReadOnlyList<Candidate> candidates, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("election.draft", actor, async work =>
        {
            // What a public rule fixes is never typed.
            if (rule.Pack is { } pack) rule = (ElectionPacks.Find(pack) ?? throw new NotFound("election-rule", pack)).For(rule.Seats, rule.Beacon);
            if (string.IsNullOrWhiteSpace(organ)) throw new RuleBroken(ElectionRules.OrganMissing);
            if (organ.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            if (rule.Seats is < 1 or > 50) throw new RuleBroken(ElectionRules.SeatsWrong);
            if (rule.Majority == ElectionMajority.Absolute && rule.Seats != 1) throw new RuleBroken(ElectionRules.AbsoluteNeedsOneSeat);
            if (candidates.Count < rule.Seats) throw new RuleBroken(ElectionRules.TooFewCandidates, candidates.Count, rule.Seats);
            if (candidates.GroupBy(c => (c.Label, c.Person)).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(ElectionRules.CandidateTwice, twice.Key.Label);
            if (!ElectionCount.CanMeet(rule, candidates)) throw new RuleBroken(ElectionRules.QuotaImpossible);
            if (string.IsNullOrWhiteSpace(rule.Beacon)) throw new RuleBroken(ElectionRules.BeaconMissing);
            var meeting = await work.AssemblyAsync(assembly, cancel);
            if (meeting.State is not (AssemblyState.Convened or AssemblyState.InSession)) throw new RuleBroken(EntitiesRules.NotInSession);
            var election = OrganElection.Draft(work.NewId<OrganElectionId>(), assembly, organ.Trim(), rule, candidates);
            work.Db.OrganElections.Add(election);
            work.Happened(new ElectionDrafted(election.Id, assembly, CanonicalJson.DigestOf(rule), CanonicalJson.DigestOf(candidates)));
            return election.Id;
        }, new ActNote("assembly", assembly.Value), cancel);
}

/// <summary>Opens the ballot box. The salt of a possible draw is committed to now, before anybody knows how the votes fall.</summary>
[UseCase]
public sealed class OpenElection(Writer writer, SealingKeys keys, IEntropy entropy)
{
    public Task<BallotBoxId> ExecuteAsync(OrganElectionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("election.open", actor, async work =>
        {
            var election = await work.ElectionAsync(id, cancel);
            election.MayOpen();
            var room = await work.RoomAsync(election.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            var quorum = room.QuorumAt(work.Now);
            if (!quorum.IsMet) throw new RuleBroken(EntitiesRules.NoQuorum, quorum.Present, quorum.Required, quorum.Roll);
            var paper = new BallotPaper(election.Rule.Seats == 1 ? BallotForm.One : BallotForm.Several, [.. election.Candidates.Select(c => new BallotOption(c.Id, c.Label, c.Person))], election.Rule.Seats);
            var box = await BallotBoxes.OpenAsync(work, room, BallotSubject.Election, id.Value, election.Organ, paper, cancel);
            using var salt = DataKey.New(entropy);
            var hex = Convert.ToHexStringLower(salt.Bytes);
            var commitment = PublicDraw.Commit(hex, [.. election.Candidates.Select(c => c.Id)]);
            election.Open(box.Id, commitment.SaltHash, keys.Wrap(salt, Elections.SaltName(id), entropy));
            work.Happened(new ElectionOpened(id, box.Id, election.Round, commitment.SaltHash, commitment.CandidatesHash));
            return box.Id;
        }, new ActNote("election", id.Value), cancel);
}

/// <summary>Counts the box of an election and says who is elected, who is tied, or who goes to a second round.</summary>
[UseCase]
public sealed class CountElection(Writer writer)
{
    public Task<ElectionResult> ExecuteAsync(BallotBoxId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.count", actor, async work =>
        {
            var box = await work.BoxAsync(id, cancel);
            var election = await work.ElectionAsync(OrganElectionId.From(box.SubjectId), cancel);
            var room = await work.RoomAsync(box.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            var took = await BallotCounting.CountAsync(work, box, cancel);
            var voters = took.Select(t => t.MemberId).ToHashSet();
            var there = room.PresentAt(work.Now).Union(voters).Count();
            var quorum = room.QuorumAt(work.Now) with { Present = there };
            if (!quorum.IsMet) throw new RuleBroken(EntitiesRules.NoQuorum, quorum.Present, quorum.Required, quorum.Roll);
            var composition = Composition.OfVotes(room.Template, room.Roll.Where(s => voters.Contains(s.MemberId)).Select(room.WeightOf));
            var result = ElectionCount.Decide(election.Rule, election.Candidates, box.Count!);
            result = result with { Reasons = [quorum.Reason, .. composition.Reasons, .. result.Reasons] };
            if (!composition.IsMet) result = result.WithoutEffect();
            election.Take(result, box.Count!, work.Now);
            Elections.Told(work, election, result);
            return result;
        }, new ActNote("ballot-box", id.Value), cancel);
}

/// <summary>Holds the public draw among equal votes: the salt that was committed to, and the value of the public source named beforehand.</summary>
[UseCase]
public sealed class DrawElection(Writer writer, SealingKeys keys)
{
    public Task<ElectionResult> ExecuteAsync(OrganElectionId id, string beacon, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("election.draw", actor, async work =>
        {
            var election = await work.ElectionAsync(id, cancel);
            if (election is not { State: ElectionState.AwaitingDraw, Result: { } before, WrappedSalt: { } wrapped }) throw new RuleBroken(ElectionRules.NoDraw);
            var value = beacon.Trim();
            if (value.Length is 0 or > 200 || value.Any(c => c == '|' || char.IsControl(c))) throw new RuleBroken(ElectionRules.BeaconWrong, election.Rule.Beacon);
            using var key = keys.Unwrap(wrapped, Elections.SaltName(id));
            var salt = Convert.ToHexStringLower(key.Bytes);
            // All candidates are drawn, not the tied alone: the list was frozen with the commitment.
            var tickets = PublicDraw.Order(salt, value, [.. election.Candidates.Select(c => c.Id)]);
            election.Drawn(salt, value);
            work.Happened(new ElectionDrawn(id, salt, value, [.. tickets.Select(t => t.Id)]));
            var result = ElectionCount.Decide(election.Rule, election.Candidates, election.Count!, tickets.ToDictionary(t => t.Id, t => t.Position, StringComparer.Ordinal));
            result = result with { Reasons = [.. before.Reasons.Where(r => !r.Code.StartsWith("election.", StringComparison.Ordinal)), .. result.Reasons, Reason.Note("election.drawn", value)] };
            election.Take(result, election.Count!, work.Now);
            Elections.Told(work, election, result);
            return result;
        }, new ActNote("election", id.Value), cancel);
}

static class Elections
{
    public static async Task<OrganElection> ElectionAsync(this Work work, OrganElectionId id, CancellationToken cancel) =>
        await work.Db.OrganElections.SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new NotFound("election", id.Value);

    public static byte[] SaltName(OrganElectionId id) => System.Text.Encoding.ASCII.GetBytes($"election/{id.Value:D}/salt");

    public static void Told(Work work, OrganElection election, ElectionResult result) =>
        work.Happened(new ElectionCounted(election.Id, election.Round, result.Elected, result.Open, result.SecondRound, CanonicalJson.DigestOf(result)));
}
