using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum ProposalState
{
    Submitted,

    /// <summary>Sent back with what fails; the proposer answers.</summary>
    Observed,

    /// <summary>Passes every gate: it goes to the workshop of priorities.</summary>
    Suitable,
    Unsuitable,
    Withdrawn,
}

/// <summary>What others add: money, materials or labour, valued.</summary>
/// <param name="InKind">Materials, labour or land; else money.</param>
public sealed record CoFunding(string Who, string What, Money Amount, bool InKind);

/// <summary>What a proposer types.</summary>
/// <param name="Cui">Seven digits of the unique investment code; null while there is none.</param>
public sealed record ProposalInput(
    string Title, string Problem, string Result, AxisId? AxisId, IReadOnlyList<string> Places, int BeneficiaryWomen, int BeneficiaryMen, Money Cost, IReadOnlyList<CoFunding> CoFunding, ProjectStage Stage, string? Cui);

/// <summary>One gate as it was judged.</summary>
/// <param name="Why">Typed for the gates that people judge.</param>
public sealed record GateFinding(Gate Gate, bool Met, Reason? Computed, string? Why);

public sealed record CriterionScore(string Code, int Points, string Why);

/// <summary>One judgement of the technical team; earlier ones stay.</summary>
/// <param name="Points">Null where the rule does not score.</param>
public sealed record TechnicalEvaluation(int Round, ProposalState Verdict, IReadOnlyList<GateFinding> Findings, IReadOnlyList<CriterionScore> Scores, int? Points, DateTime At, string? Answer = null, DateTime? AnsweredAt = null);

/// <summary>A project that an agent proposes to the participatory budget.</summary>
public sealed class BudgetProposal : IVersioned
{
    public static readonly Transitions<ProposalState> Table = new("budget-proposal",
        new(ProposalState.Submitted, "pass", ProposalState.Suitable, "manager"),
        new(ProposalState.Submitted, "observe", ProposalState.Observed, "manager"),
        new(ProposalState.Submitted, "refuse", ProposalState.Unsuitable, "manager"),
        new(ProposalState.Observed, "answer", ProposalState.Submitted, "participant"),
        new(ProposalState.Observed, "refuse", ProposalState.Unsuitable, "manager"),
        new(ProposalState.Submitted, "withdraw", ProposalState.Withdrawn, "participant"),
        new(ProposalState.Observed, "withdraw", ProposalState.Withdrawn, "participant"));

    public required BudgetProposalId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    public required int Number { get; init; }

    /// <summary>Who proposes; null: the entity itself, from its own portfolio of viable projects (DS 142-2009-EF, art. 8.2).</summary>
    public required BudgetAgentId? AgentId { get; init; }

    public required DateTime SubmittedAt { get; init; }

    public string Title { get; private set; } = "";
    public string Problem { get; private set; } = "";
    public string Result { get; private set; } = "";
    public AxisId? AxisId { get; private set; }
    public IReadOnlyList<string> Places { get; private set; } = [];
    public int BeneficiaryWomen { get; private set; }
    public int BeneficiaryMen { get; private set; }
    public Money Cost { get; private set; }
    public IReadOnlyList<CoFunding> CoFunding { get; private set; } = [];
    public ProjectStage Stage { get; private set; }
    public string? Cui { get; private set; }
    public ProposalState State { get; private set; }
    public IReadOnlyList<TechnicalEvaluation> Evaluations { get; private set; } = [];

    /// <summary>Last day to answer what was observed.</summary>
    public DateOnly? AnswerBy { get; private set; }

    /// <summary>The master record in the territory's portfolio, once it was chosen.</summary>
    public ProjectId? ProjectId { get; private set; }

    public int Version { get; private set; }

    public string Code => CodeOf(Number);

    public Money FromOthers => new(CoFunding.Sum(c => c.Amount.Minor));

    /// <summary>What it asks of the participatory budget.</summary>
    public Money Asked => Cost - FromOthers;

    public int Beneficiaries => BeneficiaryWomen + BeneficiaryMen;

    public TechnicalEvaluation? Evaluation => Evaluations.Count == 0 ? null : Evaluations[^1];

    public static string CodeOf(int number) => "P" + number.ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    internal void Set(BudgetProcess process, ProposalInput input)
    {
        if (input.BeneficiaryWomen < 0 || input.BeneficiaryMen < 0 || input.Cost.IsNegative) throw new RuleBroken(PlanningRules.NegativeNumber);
        if (!input.Cost.IsPositive) throw new RuleBroken(BudgetRules.CostMissing);
        if (input.CoFunding.FirstOrDefault(c => !c.Amount.IsPositive || string.IsNullOrWhiteSpace(c.Who)) is not null) throw new RuleBroken(BudgetRules.CoFundingWrong);
        var others = new Money(input.CoFunding.Sum(c => c.Amount.Minor));
        if (others >= input.Cost) throw new RuleBroken(BudgetRules.NothingAsked, others, input.Cost);
        if (input.Cost - others > process.Amount) throw new RuleBroken(BudgetRules.OverAmount, input.Cost - others, process.Amount);
        if (input.Places.Count == 0) throw new RuleBroken(BudgetRules.PlacesMissing);
        Title = PlanningRules.Required(input.Title, "title");
        Problem = PlanningRules.Required(input.Problem, "problem", PlanningRules.LongestText);
        Result = PlanningRules.Required(input.Result, "result", PlanningRules.LongestText);
        if (MayBeCui(input.Cui) is false) throw new RuleBroken(BudgetRules.CuiWrong, input.Cui);
        (AxisId, Stage, Cui) = (input.AxisId, input.Stage, string.IsNullOrWhiteSpace(input.Cui) ? null : input.Cui.Trim());
        Places = [.. input.Places.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (BeneficiaryWomen, BeneficiaryMen) = (input.BeneficiaryWomen, input.BeneficiaryMen);
        Cost = input.Cost;
        CoFunding = [.. input.CoFunding.Select(c => c with { Who = PlanningRules.Required(c.Who, "who"), What = PlanningRules.Optional(c.What, "what") ?? "" })];
    }

    static bool? MayBeCui(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: 7 } code && code.All(char.IsAsciiDigit);

    internal void Judge(TechnicalEvaluation evaluation, DateOnly? answerBy)
    {
        State = Table.Next(State, evaluation.Verdict switch { ProposalState.Suitable => "pass", ProposalState.Observed => "observe", _ => "refuse" });
        Evaluations = [.. Evaluations, evaluation];
        AnswerBy = State == ProposalState.Observed ? answerBy : null;
    }

    internal void Answer(string text, DateTime now)
    {
        State = Table.Next(State, "answer");
        var answer = PlanningRules.Required(text, "answer", PlanningRules.LongestText);
        Evaluations = [.. Evaluations.SkipLast(1), Evaluations[^1] with { Answer = answer, AnsweredAt = now }];
        AnswerBy = null;
    }

    internal void Withdraw() => State = Table.Next(State, "withdraw");

    internal void Became(ProjectId project) => ProjectId = project;
}
