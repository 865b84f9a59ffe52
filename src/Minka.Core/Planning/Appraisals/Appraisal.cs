using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Appraisals;

public enum RateKind
{
    /// <summary>What society asks of public money; reference data with a date.</summary>
    Social,

    /// <summary>What the owners of a business ask; they tell it and say why.</summary>
    Private,
}

/// <summary>What a year costs to run, and what it brings. The investment is not typed again: it is the project's cost lines.</summary>
public sealed record AppraisalYear(int Year, Money Operation, Money Benefits);

/// <summary>The parts of a flow that may come out otherwise.</summary>
public enum FlowKind
{
    Investment,
    Operation,
    Benefits,
}

/// <summary>How far a part may lie from what is planned: 90 % to 130 % of it. What is most likely is the plan itself.</summary>
/// <param name="Source">Where the range comes from; null: nobody told.</param>
public sealed record FlowRange(FlowKind Part, BasisPoints Low, BasisPoints High, string? Source);

/// <summary>What an executor spent of its investment budget in a past year.</summary>
public sealed record ExecutedYear(int Year, Money Amount, string Source);

/// <summary>What an editor types of a project's ex-ante evaluation.</summary>
public sealed record AppraisalInput
{
    public RateKind Rate { get; init; }

    /// <summary>Code of the social rate; null with a private one.</summary>
    public string? SocialRate { get; init; }
    public BasisPoints? PrivateRate { get; init; }

    /// <summary>Why this private rate: the cost of the loan, what the owners ask.</summary>
    public string? PrivateSource { get; init; }

    /// <summary>By year, each once.</summary>
    public IReadOnlyList<AppraisalYear> Years { get; init; } = [];
    public IReadOnlyList<FlowRange> Ranges { get; init; } = [];
    public int Jobs { get; init; }

    /// <summary>Who will carry the project out; an organisation.</summary>
    public string? Executor { get; init; }
    public IReadOnlyList<ExecutedYear> Executed { get; init; } = [];
}

/// <summary>Ex-ante evaluation of a project (evaluación ex ante): its flows beyond the investment, its rate, its doubts and who would carry it out.</summary>
public sealed class Appraisal : IVersioned
{
    public const int MostYears = 60;

    /// <summary>Business plans are asked for a cash flow of so many years (Ley 29337, rules of PROCOMPITE).</summary>
    public const int BusinessPlanYears = 5;

    Appraisal()
    {
    }

    public ProjectId ProjectId { get; private set; }
    public EntityId EntityId { get; private set; }
    public RateKind Rate { get; private set; }
    public string? SocialRate { get; private set; }
    public BasisPoints? PrivateRate { get; private set; }
    public string? PrivateSource { get; private set; }
    public IReadOnlyList<AppraisalYear> Years { get; private set; } = [];
    public IReadOnlyList<FlowRange> Ranges { get; private set; } = [];
    public int Jobs { get; private set; }
    public string? Executor { get; private set; }
    public IReadOnlyList<ExecutedYear> Executed { get; private set; } = [];
    public int Version { get; private set; }

    public static Appraisal Of(Project project, AppraisalInput input)
    {
        var appraisal = new Appraisal { ProjectId = project.Id, EntityId = project.EntityId };
        appraisal.Change(input);
        return appraisal;
    }

    public void Change(AppraisalInput input)
    {
        if (input.Rate == RateKind.Social && DiscountRates.Find(input.SocialRate) is null) throw new RuleBroken(AppraisalRules.RateUnknown, input.SocialRate);
        if (input.Rate == RateKind.Private && input.PrivateRate is not { Value: > 0 and <= 10_000 }) throw new RuleBroken(AppraisalRules.PrivateRateRange);
        if (input.Years.Count > MostYears) throw new RuleBroken(AppraisalRules.TooManyYears, MostYears);
        if (input.Years.GroupBy(y => y.Year).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(AppraisalRules.YearTwice, twice.Key);
        if (input.Executed.GroupBy(y => y.Year).FirstOrDefault(g => g.Count() > 1) is { } again) throw new RuleBroken(AppraisalRules.YearTwice, again.Key);
        if (input.Jobs < 0 || input.Years.Any(y => y.Operation.IsNegative || y.Benefits.IsNegative) || input.Executed.Any(y => y.Amount.IsNegative)) throw new RuleBroken(PlanningRules.NegativeNumber);
        if (input.Ranges.Any(r => r.Low.Value < 0 || r.Low.Value > 10_000 || r.High.Value < 10_000 || r.High.Value > 100_000) || input.Ranges.Select(r => r.Part).Distinct().Count() != input.Ranges.Count)
            throw new RuleBroken(AppraisalRules.RangeWrong);
        Rate = input.Rate;
        SocialRate = input.Rate == RateKind.Social ? input.SocialRate : null;
        PrivateRate = input.Rate == RateKind.Private ? input.PrivateRate : null;
        PrivateSource = input.Rate == RateKind.Private ? PlanningRules.Required(input.PrivateSource, "private-source") : null;
        Years = [.. input.Years.Select(y => y with { Year = PlanningRules.Year(y.Year) }).OrderBy(y => y.Year)];
        Ranges = [.. input.Ranges.Select(r => r with { Source = PlanningRules.Optional(r.Source, "range-source") }).OrderBy(r => r.Part)];
        Jobs = input.Jobs;
        Executor = PlanningRules.Optional(input.Executor, "executor");
        Executed = [.. input.Executed.Select(y => y with { Year = PlanningRules.Year(y.Year), Source = PlanningRules.Required(y.Source, "executed-source") }).OrderBy(y => y.Year)];
    }

    public AppraisalInput ToInput() => new()
    {
        Rate = Rate,
        SocialRate = SocialRate,
        PrivateRate = PrivateRate,
        PrivateSource = PrivateSource,
        Years = Years,
        Ranges = Ranges,
        Jobs = Jobs,
        Executor = Executor,
        Executed = Executed,
    };
}

/// <summary>Codes of the rules that an evaluation keeps; each has its text under <c>rule.CODE</c>.</summary>
public static class AppraisalRules
{
    /// <summary>Args: the code.</summary>
    public const string RateUnknown = "appraisal.rate-unknown";
    public const string PrivateRateRange = "appraisal.private-rate";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyYears = "appraisal.too-many-years";

    /// <summary>Args: the year.</summary>
    public const string YearTwice = "appraisal.year-twice";
    public const string RangeWrong = "appraisal.range";
}
