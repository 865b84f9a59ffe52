using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Core.Entities.Prioritisation;

public sealed record PrioritisationInput(string Title, Money Budget, BallotForm Form, int Most, IReadOnlyList<PriorityOption> Options, PriorityRule Rule, IReadOnlyList<Workshop> Workshops);

/// <summary>Prepares, fixes, opens and closes a prioritisation.</summary>
[UseCase]
public sealed class RunPrioritisation(Writer writer)
{
    /// <summary>The rules shown beside the one that counts.</summary>
    public static IReadOnlyList<PriorityRule> Compared { get; } =
    [
        new(PbRule.EqualShares, Completion.Add1), new(PbRule.Phragmen, Completion.None), new(PbRule.GreedyScore, Completion.None), new(PbRule.GreedyDensity, Completion.None),
    ];

    public Task<PrioritisationId> DraftAsync(EntityId entity, PrioritisationInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("priority.draft", actor, async work => (await DraftAsync(work, entity, input, cancel)).Id, new ActNote("entity", entity.Value), cancel);

    internal static async Task<PrioritisationSession> DraftAsync(Work work, EntityId entity, PrioritisationInput input, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(input.Title)) throw new RuleBroken(PriorityRules.TitleMissing);
        if (input.Title.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
        if (input.Budget.Minor <= 0) throw new RuleBroken(PriorityRules.BudgetWrong);
        if (input.Options.Count < 2) throw new RuleBroken(PriorityRules.OptionsMissing);
        if (input.Options.GroupBy(o => o.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(PriorityRules.OptionTwice, twice.Key);
        if (input.Options.FirstOrDefault(o => o.Cost.Minor <= 0) is { } free) throw new RuleBroken(PriorityRules.CostWrong, free.Name);
        if (input.Workshops.Count == 0) throw new RuleBroken(PriorityRules.WorkshopMissing);
        (await work.EntityAsync(entity, cancel)).MustBeActive();
        var session = new PrioritisationSession
        {
            Id = work.NewId<PrioritisationId>(),
            EntityId = entity,
            Title = input.Title.Trim(),
            Budget = input.Budget,
            Form = input.Form,
            Most = input.Most,
            Options = input.Options,
            Rule = input.Rule,
            Workshops = input.Workshops,
            CreatedAt = work.Now,
        };
        session.Paper.Check();
        work.Db.PrioritisationSessions.Add(session);
        work.Happened(new PrioritisationDrafted(session.Id, entity, session.Options.Count));
        return session;
    }

    /// <summary>Puts options, budget and rule into the register.</summary>
    public Task FixAsync(PrioritisationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("priority.fix", actor, async work => await FixAsync(work, await work.PriorityAsync(id, cancel), cancel), new ActNote("prioritisation", id.Value), cancel);

    internal static async Task FixAsync(Work work, PrioritisationSession session, CancellationToken cancel)
    {
        var sounds = await (from s in work.Db.OptionSounds where s.SessionId == session.Id join stored in work.Db.StoredFiles on s.FileId equals stored.Id orderby s.OptionId select new { s.OptionId, stored.Sha256 }).ToListAsync(cancel);
        session.Fix(sounds.ConvertAll(s => (s.OptionId, s.Sha256)));
        work.Happened(new PrioritisationFixed(session.Id, session.RuleDigest!.Value));
    }

    public Task OpenAsync(PrioritisationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("priority.open", actor, async work => Open(work, await work.PriorityAsync(id, cancel)), new ActNote("prioritisation", id.Value), cancel);

    internal static void Open(Work work, PrioritisationSession session)
    {
        session.Open(work.Now);
        work.Db.Urns.Add(work.Keeper().Create(session.Id.Value, session.Paper));
        work.Happened(new PrioritisationOpened(session.Id));
    }

    /// <summary>Slips to print: their codes are told once, here, and only their digests are kept.</summary>
    public Task<IReadOnlyList<string>> PrintSlipsAsync(PrioritisationId id, string workshop, int count, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync<IReadOnlyList<string>>("priority.slips", actor, async work =>
        {
            var session = await work.PriorityAsync(id, cancel);
            if (session.State is not (PrioritisationState.Fixed or PrioritisationState.Open)) throw new RuleBroken(PriorityRules.NotOpen);
            if (session.Workshops.All(w => w.Id != workshop)) throw new RuleBroken(PriorityRules.WorkshopMissing);
            if (count is < 1 or > 500) throw new RuleBroken(PriorityRules.SlipsTooMany, 500);
            var codes = Enumerable.Range(0, count).Select(_ => Slips.New(work.Entropy)).ToList();
            // In the order of their digests: which code was printed when is not kept.
            work.Db.VotingSlips.AddRange(codes.Select(c => new VotingSlip { SessionId = id, Code = Slips.DigestOf(id, c), WorkshopId = workshop }).OrderBy(s => s.Code.Hex, StringComparer.Ordinal));
            work.Happened(new SlipsPrinted(id, workshop, count));
            return codes;
        }, new ActNote("prioritisation", id.Value), cancel);

    public Task TypeAsync(PrioritisationId id, string workshop, int round, IReadOnlyList<Marking> ballots, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("priority.type", actor, async work =>
        {
            var session = await work.PriorityAsync(id, cancel);
            session.MustBeOpen();
            if (session.Workshops.All(w => w.Id != workshop)) throw new RuleBroken(PriorityRules.WorkshopMissing);
            if (round is not (1 or 2)) throw new RuleBroken(BallotRules.RoundUnknown);
            var batch = await work.Db.PaperBatches.SingleOrDefaultAsync(b => b.SessionId == id && b.WorkshopId == workshop && b.Round == round, cancel);
            if (batch is null) work.Db.PaperBatches.Add(batch = new PaperBatch { SessionId = id, WorkshopId = workshop, Round = round });
            batch.Type(ballots);
            work.Happened(new PaperBatchTyped(id, workshop, round, ballots.Count));
        }, new ActNote("prioritisation", id.Value), cancel);

    /// <summary>Closes, counts by the rule that was fixed, and by the others beside it.</summary>
    public Task<PriorityResult> CloseAsync(PrioritisationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("priority.close", actor, async work =>
        {
            var session = await work.PriorityAsync(id, cancel);
            session.MustBeOpen();
            var batches = await work.Db.PaperBatches.Where(b => b.SessionId == id).ToListAsync(cancel);
            foreach (var workshop in batches.GroupBy(b => b.WorkshopId))
            {
                var place = session.Workshops.First(w => w.Id == workshop.Key).Place;
                if (workshop.Count() < 2) throw new RuleBroken(PriorityRules.BatchHalf, place);
                if (PaperBatch.Differences(workshop.First(), workshop.Last()) is { Count: > 0 } differences) throw new RuleBroken(PriorityRules.BatchDiffers, place, differences.Take(20).ToList());
            }
            var paper = batches.Where(b => b.Round == 1).SelectMany(b => b.Ballots).ToList();
            var ballots = work.Keeper().Empty(work, await work.UrnAsync(id.Value, cancel));
            if (ballots.Count + paper.Count == 0) throw new RuleBroken(PriorityRules.NoBallots);
            var result = Decide(session, [.. ballots, .. paper], paper.Count);
            session.Close(result, work.Now);
            work.Happened(new PrioritisationClosed(id, result.Ballots, result.Chosen.Order, result.FileDigest));
            return result;
        }, new ActNote("prioritisation", id.Value), cancel);

    public static PriorityResult Decide(PrioritisationSession session, IReadOnlyList<Marking> ballots, int onPaper)
    {
        var election = session.ElectionOf(ballots);
        RuleOutcome By(PriorityRule rule)
        {
            var outcome = ParticipatoryBudget.Run(election, rule.Settings);
            var order = outcome.Order.Select(p => session.Options[p]).ToList();
            return new RuleOutcome(rule, [.. order.Select(o => o.Id)], new Money(order.Sum(o => o.Cost.Minor)));
        }
        return new PriorityResult(ballots.Count, onPaper, By(session.Rule), [.. Compared.Where(r => r != session.Rule).Select(By)], Digest.Of(FileOf(election)))
        {
            Count = BallotCount.Of(session.Paper, ballots),
            Places = session.Form == BallotForm.Ranking ? session.PlacesIn(ballots) : null,
        };
    }

    /// <summary>The election as a <c>.pb</c> file: anybody counts it again with any program.</summary>
    public static byte[] FileOf(Election election)
    {
        using var memory = new MemoryStream();
        PabulibWriter.Write(election, memory);
        return memory.ToArray();
    }
}

/// <summary>Takes a ballot on a slip. The same form sent again counts once.</summary>
[UseCase]
public sealed class CastPriority(Writer writer, AppDb db, SealingKeys keys, IEntropy entropy)
{
    /// <returns>False: it was in the urn already.</returns>
    public async Task<bool> ExecuteAsync(PrioritisationId id, string slip, IReadOnlyDictionary<string, int> marks, bool blank, BallotCode code, CancellationToken cancel = default)
    {
        var session = await db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw new NotFound("prioritisation", id.Value);
        var digest = Slips.DigestOf(id, slip);
        if (await db.VotingSlips.AnyAsync(s => s.SessionId == id && s.Code == digest && s.IsUsed, cancel))
        {
            var text = code.ToString();
            if (await db.CountedCodes.AnyAsync(c => c.UrnId == id.Value && c.Code == text, cancel)) return false;
            if (await db.Urns.SingleAsync(u => u.Id == id.Value, cancel) is { Sealed: not null } urn && new UrnKeeper(keys, entropy).Holds(urn, code)) return false;
            throw new RuleBroken(PriorityRules.SlipUsed);
        }
        session.MustBeOpen();
        var marking = session.Paper.Mark(blank ? new Dictionary<string, int>() : marks);
        if (marking.IsBlank && !blank) throw new RuleBroken(BallotRules.NothingChosen);
        var ballot = session.Paper.Encode(marking);
        return await writer.ActAsync("priority.cast", new Actor(null, "participant"), async work =>
        {
            if (await work.Db.PrioritisationSessions.Where(s => s.Id == id).Select(s => s.State).SingleAsync(cancel) != PrioritisationState.Open) throw new RuleBroken(PriorityRules.NotOpen);
            var row = await work.Db.VotingSlips.SingleOrDefaultAsync(s => s.SessionId == id && s.Code == digest, cancel) ?? throw new RuleBroken(PriorityRules.SlipUnknown);
            var urn = await work.UrnAsync(id.Value, cancel);
            if (row.IsUsed) return work.Keeper().Holds(urn, code) ? false : throw new RuleBroken(PriorityRules.SlipUsed);
            work.Keeper().Add(urn, code, ballot, 1);
            row.Use();
            work.Happened(new PriorityBallotTaken(id));
            return true;
        }, new ActNote("prioritisation", id.Value), cancel);
    }
}

/// <summary>
/// The result so far, by all rules. It moves only when ten more ballots came, so that nobody reads a single one out of the difference.
/// </summary>
[UseCase]
public sealed class LivePriorities(AppDb db, SealingKeys keys, IEntropy entropy, KeptPriorities kept)
{
    public const int Step = 10;

    public async Task<(int Cast, PriorityResult? Shown)> ReadAsync(PrioritisationSession session, CancellationToken cancel = default)
    {
        var id = session.Id;
        var count = await db.Urns.Where(u => u.Id == id.Value).Select(u => (int?)u.Count).SingleOrDefaultAsync(cancel) ?? 0;
        return (count, await kept.FindAsync(id, count, async () =>
        {
            var urn = await db.Urns.SingleAsync(u => u.Id == id.Value, cancel);
            var (_, ballots) = new UrnKeeper(keys, entropy).Read(urn);
            return RunPrioritisation.Decide(session, ballots, 0);
        }));
    }
}

/// <summary>Live results that were computed, one a session.</summary>
public sealed class KeptPriorities : IDisposable
{
    readonly SemaphoreSlim one = new(1);
    readonly Dictionary<PrioritisationId, PriorityResult> results = [];

    public void Dispose() => one.Dispose();

    /// <param name="count">Ballots in the urn now.</param>
    public async Task<PriorityResult?> FindAsync(PrioritisationId id, int count, Func<Task<PriorityResult>> compute)
    {
        await one.WaitAsync();
        try
        {
            var found = results.GetValueOrDefault(id);
            if (count < (found?.Ballots ?? 0) + LivePriorities.Step) return found;
            return results[id] = await compute();
        }
        finally
        {
            one.Release();
        }
    }
}

static class Slips
{
    // Without letters and digits that are mistaken for others.
    const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Ten signs, 49 bits: enough, as each try goes through the writer and hits one session.</summary>
    public static string New(IEntropy entropy)
    {
        var text = new StringBuilder(10);
        while (text.Length < 10)
        {
            // 240 is the largest multiple of 30 in a byte: no sign is likelier than another.
            if (entropy.Bytes(1)[0] is < 240 and var b) text.Append(Alphabet[b % 30]);
        }
        return text.ToString();
    }

    public static Digest DigestOf(PrioritisationId id, string code) =>
        Digest.Of(string.Create(CultureInfo.InvariantCulture, $"slip/{id.Value:D}/{string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))}"));

    public static async Task<PrioritisationSession> PriorityAsync(this Work work, PrioritisationId id, CancellationToken cancel) =>
        await work.Db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw new NotFound("prioritisation", id.Value);
}
