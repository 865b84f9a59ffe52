using Minka.Core.Entities;
using Minka.Core.Kernel;
using LocalText = Minka.Core.Rules.LocalText;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>The phases of the law (Ley 28056, art. 6).</summary>
public enum BudgetPhase
{
    Preparation,
    Concertation,
    Coordination,
    Formalisation,
}

/// <summary>The steps that a technical team runs, in the order of a year.</summary>
public enum BudgetStep
{
    Notice,
    Register,
    Training,
    Diagnosis,
    Proposals,
    Evaluation,
    Accounts,
    Priorities,
    Acta,
    Coordination,
    Pia,
}

/// <summary>Level of government: what reach its projects must have.</summary>
public enum ImpactLevel
{
    District,
    Provincial,
    Regional,
}

public enum Gate
{
    Place,
    Amount,
    Impact,
    Beneficiaries,
    Axis,
    Code,
    Twice,
    Problem,
    Competence,
    Upkeep,
}

/// <param name="From">Month and day of the year before the fiscal year.</param>
public sealed record PackStep(BudgetStep Step, BudgetPhase Phase, string From, string To, string Source, string Confidence);

public sealed record PackDuty(string Code, LocalText Value, string Source, string Confidence);

/// <param name="Computed">Judged from the data; nobody types it.</param>
public sealed record PackGate(Gate Gate, bool Computed, string Source, string Confidence);

public sealed record PackCriterion(string Code, LocalText Name, int Most, string Source, string Confidence);

/// <param name="LeastCost">Null: none.</param>
/// <param name="LeastPlaces">Districts of one province, or provinces of one region.</param>
public sealed record PackImpact(ImpactLevel Level, Sourced<Money?> LeastCost, Sourced<int> LeastPlaces);

public sealed record PackFollowUp(Sourced<int> LateShareBp);

/// <summary>What a norm says of participatory budgets, value by value with its source: S stated, M not checked, proposal our own.</summary>
public sealed record BudgetPack
{
    static readonly Lazy<IReadOnlyList<BudgetPack>> List = new(() => [.. RulePackFiles.NamesUnder("participatory").Select(RulePackFiles.Read<BudgetPack>)]);

    public required string Id { get; init; }
    public required string Version { get; init; }
    public required LocalText Name { get; init; }
    public required IReadOnlyList<string> LegalBasis { get; init; }
    public required IReadOnlyList<PackDuty> Duties { get; init; }
    public required IReadOnlyList<PackStep> Steps { get; init; }

    /// <summary>Between the notice of a workshop and its day.</summary>
    public required Sourced<int> NoticeBusinessDays { get; init; }

    /// <summary>How long the register stays open, at least.</summary>
    public required Sourced<int> RegisterBusinessDays { get; init; }

    /// <summary>For the technical team to answer a registration.</summary>
    public required Sourced<int> ReviewBusinessDays { get; init; }
    public required Sourced<int> CureBusinessDays { get; init; }

    /// <summary>For the proposer to answer an observation.</summary>
    public required Sourced<int> AnswerBusinessDays { get; init; }

    /// <summary>For the entity to reply to the vigilance committee.</summary>
    public required Sourced<int> ReplyBusinessDays { get; init; }

    /// <summary>From so many business days before its end a step is near.</summary>
    public required Sourced<int> NearBusinessDays { get; init; }
    public required Sourced<bool> TeamVotes { get; init; }
    public required Sourced<int> CommitteeLeast { get; init; }
    public required Sourced<int> CommitteeMonths { get; init; }
    public required Sourced<bool> CommitteeOnlyCivil { get; init; }
    public required IReadOnlyList<PackImpact> Impact { get; init; }
    public required IReadOnlyList<PackGate> Gates { get; init; }
    public required IReadOnlyList<PackCriterion> Criteria { get; init; }
    public required PackFollowUp FollowUp { get; init; }

    public static IReadOnlyList<BudgetPack> All => List.Value;

    /// <summary>The only one so far: Peru's law.</summary>
    public static BudgetPack Peru => Get("pe-ley-28056");

    public static BudgetPack Get(string id) => All.FirstOrDefault(p => p.Id == id) ?? throw new NotFound("budget-pack", id);

    public PackImpact ImpactOf(ImpactLevel level) => Impact.First(i => i.Level == level);

    public PackStep StepOf(BudgetStep step) => Steps.First(s => s.Step == step);

    /// <summary>The dates that the pack proposes for a fiscal year: all in the year before it.</summary>
    public IReadOnlyList<ScheduledStep> ScheduleFor(int fiscalYear) =>
        [.. Steps.Select(s => new ScheduledStep(s.Step, DayOf(fiscalYear - 1, s.From), DayOf(fiscalYear - 1, s.To)))];

    static DateOnly DayOf(int year, string monthDay)
    {
        var parts = monthDay.Split('-');
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return new(year, int.Parse(parts[0], culture), int.Parse(parts[1], culture));
    }
}

/// <summary>The days of one step, both counted.</summary>
public sealed record ScheduledStep(BudgetStep Step, DateOnly From, DateOnly To);
