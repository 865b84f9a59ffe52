using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum BudgetState
{
    /// <summary>Preparation: ordinance, amount, schedule, team and rule are being written.</summary>
    Preparing,

    /// <summary>Called: the rule is in the register, agents ask to be registered.</summary>
    Convened,

    /// <summary>The register of agents is closed; workshops, problems and proposals.</summary>
    Concerting,

    /// <summary>No more proposals; the technical team judges them.</summary>
    Evaluating,

    /// <summary>The agents prioritise.</summary>
    Prioritising,

    /// <summary>The result is taken; the agreement is drafted and signed.</summary>
    Prioritised,

    /// <summary>The agreement is signed.</summary>
    Agreed,

    /// <summary>The opening budget is written down; follow-up.</summary>
    Formalised,

    /// <summary>Accounts of the year were rendered.</summary>
    Closed,
    Cancelled,
}

/// <param name="Number">As the paper bears it: "Ordenanza 012-2026-MDC".</param>
public sealed record BudgetOrdinance(string Number, DateOnly Date, StoredFileId? FileId);

/// <summary>A change after the call, with its reason; nothing is changed in silence.</summary>
public sealed record BudgetChange(DateTime At, string Of, string From, string To, string Why);

/// <summary>What an editor types while the process is prepared.</summary>
/// <param name="ShareBp">Of the institutional budget; null where it is not told.</param>
public sealed record BudgetInput(string Title, int FiscalYear, ImpactLevel Level, string PlaceCode, string OrdinanceNumber, DateOnly? OrdinanceDate, Money Amount, string AmountSource, int? ShareBp, string Concerns);

/// <summary>One year's participatory budget of an entity: from the ordinance to the accounts of what was agreed.</summary>
public sealed class BudgetProcess : IVersioned
{
    public const int MostAgents = 5_000;

    public static readonly Transitions<BudgetState> Table = new("budget-process",
        new(BudgetState.Preparing, "convene", BudgetState.Convened, "manager"),
        new(BudgetState.Convened, "close-register", BudgetState.Concerting, "manager"),
        new(BudgetState.Concerting, "close-proposals", BudgetState.Evaluating, "manager"),
        new(BudgetState.Evaluating, "reopen-proposals", BudgetState.Concerting, "manager"),
        new(BudgetState.Evaluating, "open-priorities", BudgetState.Prioritising, "manager"),
        new(BudgetState.Prioritising, "repeat", BudgetState.Prioritising, "manager"),
        new(BudgetState.Prioritising, "take-result", BudgetState.Prioritised, "manager"),
        new(BudgetState.Prioritised, "sign", BudgetState.Agreed, "secretary"),
        new(BudgetState.Agreed, "formalise", BudgetState.Formalised, "manager"),
        new(BudgetState.Formalised, "close", BudgetState.Closed, "manager"),
        new(BudgetState.Preparing, "cancel", BudgetState.Cancelled, "manager"),
        new(BudgetState.Convened, "cancel", BudgetState.Cancelled, "manager"),
        new(BudgetState.Concerting, "cancel", BudgetState.Cancelled, "manager"),
        new(BudgetState.Evaluating, "cancel", BudgetState.Cancelled, "manager"),
        new(BudgetState.Prioritising, "cancel", BudgetState.Cancelled, "manager"),
        new(BudgetState.Prioritised, "cancel", BudgetState.Cancelled, "manager"));

    public required BudgetProcessId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required string Slug { get; init; }

    public required int FiscalYear { get; init; }

    public required string PackId { get; init; }

    public required string PackVersion { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Under which the digests of identity numbers are made, so that one person is not accredited twice and no number is kept.</summary>
    public required byte[] WrappedKey { get; init; }

    public string Title { get; private set; } = "";

    public ImpactLevel Level { get; private set; }

    /// <summary>Six digits of a district, four of a province, two of a region.</summary>
    public string PlaceCode { get; private set; } = "";

    public BudgetOrdinance? Ordinance { get; private set; }

    public Money Amount { get; private set; }

    public string AmountSource { get; private set; } = "";

    public int? ShareBp { get; private set; }

    /// <summary>What the entity keeps of personal data, for whom and how long: told to whoever registers.</summary>
    public string Concerns { get; private set; } = "";

    public IReadOnlyList<ScheduledStep> Schedule { get; private set; } = [];

    public BudgetRule? Rule { get; private set; }

    public BudgetState State { get; private set; }

    /// <summary>Of rule, pack and fiscal year: in the register before the first workshop.</summary>
    public Digest? RuleDigest { get; private set; }

    public DateTime? ConvenedAt { get; private set; }

    public IReadOnlyList<BudgetChange> Changes { get; private set; } = [];

    /// <summary>Numbers given to agents so far.</summary>
    public int AgentCount { get; private set; }

    /// <summary>Numbers given to proposals so far.</summary>
    public int ProposalCount { get; private set; }

    /// <summary>The prioritisation session whose ballots decide; null by criteria.</summary>
    public Guid? SessionId { get; private set; }

    public BudgetResult? Result { get; private set; }

    public DateTime? ResultAt { get; private set; }

    public IReadOnlyList<Commitment> Commitments { get; private set; } = [];

    public ActaContent? Acta { get; private set; }

    public Digest? ActaDigest { get; private set; }

    public DateTime? SignedAt { get; private set; }

    public DateTime? PublishedAt { get; private set; }

    public CommitteeElection? Committee { get; private set; }

    public OpeningBudget? Pia { get; private set; }

    public AccountsContent? Accounts { get; private set; }

    public Digest? AccountsDigest { get; private set; }

    /// <summary>Accounts of a year before that this platform did not run.</summary>
    public EarlierAccounts? Earlier { get; private set; }

    public string? CancelledWhy { get; private set; }

    public int Version { get; private set; }

    public BudgetPack Pack => BudgetPack.Get(PackId);

    public bool IsPublic => State != BudgetState.Preparing;

    /// <summary>Whether data of it may still change: not once it is over.</summary>
    public bool IsUnderWay => State is not (BudgetState.Closed or BudgetState.Cancelled);

    public ScheduledStep StepOf(BudgetStep step) => Schedule.First(s => s.Step == step);

    public bool Covers(string district) => district.StartsWith(PlaceCode, StringComparison.Ordinal);

    internal void Prepare(BudgetInput input, StoredFileId? file)
    {
        MustBe(BudgetState.Preparing);
        Title = PlanningRules.Required(input.Title, "title");
        if (input.PlaceCode.Length != Length(input.Level) || !input.PlaceCode.All(char.IsAsciiDigit)) throw new RuleBroken(BudgetRules.PlaceWrong, input.PlaceCode, Length(input.Level));
        if (!input.Amount.IsPositive) throw new RuleBroken(BudgetRules.AmountMissing);
        if (input.ShareBp is < 0 or > 10_000) throw new RuleBroken(BudgetRules.ShareWrong);
        (Level, PlaceCode, Amount, ShareBp) = (input.Level, input.PlaceCode, input.Amount, input.ShareBp);
        AmountSource = PlanningRules.Required(input.AmountSource, "amount-source");
        Concerns = PlanningRules.Optional(input.Concerns, "concerns", PlanningRules.LongestText) ?? "";
        Ordinance = PlanningRules.Optional(input.OrdinanceNumber, "ordinance") is { } number && input.OrdinanceDate is { } date ? new(number, date, file ?? Ordinance?.FileId) : null;
    }

    internal void Plan(IReadOnlyList<ScheduledStep> steps) => Schedule = [.. steps.OrderBy(s => s.Step)];

    internal void SetRule(BudgetRule rule)
    {
        MustBe(BudgetState.Preparing);
        rule.Check();
        Rule = rule;
    }

    internal void Convene(DateTime now)
    {
        State = Table.Next(State, "convene");
        if (Ordinance is null) throw new RuleBroken(BudgetRules.OrdinanceMissing);
        if (Rule is null) throw new RuleBroken(BudgetRules.RuleIncomplete);
        (ConvenedAt, RuleDigest) = (now, DigestOf(FiscalYear, PackId, PackVersion, Rule));
    }

    public static Digest DigestOf(int fiscalYear, string packId, string packVersion, BudgetRule rule) => CanonicalJson.DigestOf(new { fiscalYear, packId, packVersion, rule });

    internal void Move(string verb) => State = Table.Next(State, verb);

    internal void Reschedule(IReadOnlyList<ScheduledStep> steps, string why, DateTime now)
    {
        var changed = steps.Where(s => Schedule.Any(b => b.Step == s.Step && b != s)).ToList();
        if (changed.Count == 0) throw new RuleBroken(BudgetRules.NothingChanged);
        var reason = Why(why);
        Changes = [.. Changes, .. changed.Select(s => new BudgetChange(now, "step-" + s.Step.ToString().ToLowerInvariant(), Span(StepOf(s.Step)), Span(s), reason))];
        Plan(steps);
    }

    internal void ChangeAmount(Money amount, string source, string why, DateTime now)
    {
        if (State is not (BudgetState.Convened or BudgetState.Concerting or BudgetState.Evaluating)) throw new RuleBroken(BudgetRules.AmountFixed);
        if (!amount.IsPositive) throw new RuleBroken(BudgetRules.AmountMissing);
        if (amount == Amount) throw new RuleBroken(BudgetRules.NothingChanged);
        Changes = [.. Changes, new BudgetChange(now, "amount", Amount.Written(), amount.Written(), Why(why))];
        (Amount, AmountSource) = (amount, PlanningRules.Required(source, "amount-source"));
    }

    internal void Reopen(string why, DateTime now)
    {
        Move("reopen-proposals");
        Changes = [.. Changes, new BudgetChange(now, "reopen", "", "", Why(why))];
    }

    internal void OpenPriorities(Guid? session)
    {
        Move("open-priorities");
        SessionId = session;
    }

    internal void Repeat(Guid session, string why, DateTime now)
    {
        Move("repeat");
        Changes = [.. Changes, new BudgetChange(now, "repeat", "", "", Why(why))];
        SessionId = session;
    }

    internal void TakeResult(BudgetResult result, DateTime now)
    {
        Move("take-result");
        if (result.Spent > Amount) throw new RuleBroken(BudgetRules.ResultOverAmount, result.Spent, Amount);
        (Result, ResultAt) = (result, now);
    }

    internal void SetCommitments(IReadOnlyList<Commitment> commitments)
    {
        MustBe(BudgetState.Prioritised);
        Commitments = commitments;
        (Acta, ActaDigest) = (null, null);
    }

    internal void Draft(ActaContent acta)
    {
        MustBe(BudgetState.Prioritised);
        (Acta, ActaDigest) = (acta, acta.Digest());
    }

    internal void Sign(DateTime now)
    {
        Move("sign");
        SignedAt = now;
    }

    internal void Publish(DateTime now)
    {
        if (SignedAt is null) throw new RuleBroken(BudgetRules.ActaUnsigned);
        if (PublishedAt is not null) throw new RuleBroken(BudgetRules.ActaPublished);
        PublishedAt = now;
    }

    internal void Elect(CommitteeElection election) => Committee = election;

    internal void Formalise(OpeningBudget pia)
    {
        Move("formalise");
        Pia = pia;
    }

    internal void CopiesSent(IReadOnlyList<CopySent> copies) => Pia = Pia! with { Copies = copies };

    internal void Render(AccountsContent accounts)
    {
        Move("close");
        (Accounts, AccountsDigest) = (accounts, CanonicalJson.DigestOf(accounts));
    }

    internal void RecordEarlier(EarlierAccounts earlier) => Earlier = earlier;

    internal void Cancel(string why)
    {
        Move("cancel");
        CancelledWhy = Why(why);
    }

    internal int NextAgent() => AgentCount < MostAgents ? ++AgentCount : throw new RuleBroken(BudgetRules.TooManyAgents, MostAgents);

    internal int NextProposal() => ++ProposalCount;

    public void MustBe(params BudgetState[] states)
    {
        if (!states.Contains(State)) throw new RuleBroken(BudgetRules.OutOfOrder, State, states);
    }

    internal static string Why(string? why) => PlanningRules.Optional(why, "why", PlanningRules.LongestText) ?? throw new RuleBroken(BudgetRules.WhyMissing);

    static string Span(ScheduledStep step) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{step.From:yyyy-MM-dd} – {step.To:yyyy-MM-dd}");

    static int Length(ImpactLevel level) => level switch { ImpactLevel.District => 6, ImpactLevel.Provincial => 4, _ => 2 };
}
