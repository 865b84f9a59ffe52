using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum WorkshopKind
{
    Training,
    Diagnosis,
    Accounts,
    Priorities,

    /// <summary>With other levels of government (phase 3).</summary>
    Coordination,
}

public enum WorkshopState
{
    Convened,
    Held,
    Cancelled,
}

/// <summary>A problem that a workshop found, the result sought, and how many of those present put it first.</summary>
public sealed record WorkshopProblem(int Number, string Problem, string Result, int Votes);

/// <summary>A meeting of agents at one place.</summary>
public sealed class BudgetWorkshop : IVersioned
{
    public static readonly Transitions<WorkshopState> Table = new("budget-workshop",
        new(WorkshopState.Convened, "move", WorkshopState.Convened, "manager"),
        new(WorkshopState.Convened, "hold", WorkshopState.Held, "manager"),
        new(WorkshopState.Convened, "cancel", WorkshopState.Cancelled, "manager"));

    public required BudgetWorkshopId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    public required WorkshopKind Kind { get; init; }

    public required DateTime ConvenedAt { get; init; }

    public string Title { get; private set; } = "";

    public string Place { get; private set; } = "";

    public DateTime StartsAt { get; private set; }

    /// <summary>What will be dealt with.</summary>
    public string Agenda { get; private set; } = "";

    public WorkshopState State { get; private set; }

    /// <summary>Signatures on the paper roll, as counted at the door; null where no paper was used.</summary>
    public int? PaperSignatures { get; private set; }

    public IReadOnlyList<WorkshopProblem> Problems { get; private set; } = [];

    /// <summary>What was agreed, in the words of the team.</summary>
    public string? Summary { get; private set; }

    /// <summary>Why it was moved or cancelled.</summary>
    public string? Why { get; private set; }

    public int Version { get; private set; }

    /// <summary>Agents write themselves down from two hours before it begins until the end of its day.</summary>
    public bool TakesArrivalsAt(DateTime now) =>
        State == WorkshopState.Convened && now >= StartsAt.AddHours(-2) && Deadline.EndOf(LegalTime.DayIn(StartsAt)).IsOpenAt(now);

    internal void Set(string title, string place, DateTime startsAt, string agenda)
    {
        Title = PlanningRules.Required(title, "title");
        Place = PlanningRules.Required(place, "place");
        Agenda = PlanningRules.Optional(agenda, "agenda", PlanningRules.LongestText) ?? "";
        StartsAt = startsAt;
    }

    internal void Move(string place, DateTime startsAt, string why)
    {
        State = Table.Next(State, "move");
        Why = BudgetProcess.Why(why);
        (Place, StartsAt) = (PlanningRules.Required(place, "place"), startsAt);
    }

    internal void Signed(int signatures) => PaperSignatures = signatures;

    internal void Note(IReadOnlyList<WorkshopProblem> problems) => Problems = problems;

    internal void Hold(string? summary) => (State, Summary) = (Table.Next(State, "hold"), PlanningRules.Optional(summary, "summary", PlanningRules.LongestText));

    internal void Cancel(string why) => (State, Why) = (Table.Next(State, "cancel"), BudgetProcess.Why(why));
}

public enum ArrivalWay
{
    Account,
    Code,
    PaperRoll,
}

/// <summary>One agent at one workshop.</summary>
public sealed class BudgetAttendance : IAppendOnly
{
    public required BudgetWorkshopId WorkshopId { get; init; }

    public required BudgetAgentId AgentId { get; init; }

    public required ArrivalWay Way { get; init; }

    public required DateTime At { get; init; }
}
