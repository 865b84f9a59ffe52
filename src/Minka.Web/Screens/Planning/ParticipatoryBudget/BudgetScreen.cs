using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;
using Minka.Web.Components;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget;

/// <summary>A page about one participatory budget of the route. What is being prepared is for the entity's own people.</summary>
public abstract class BudgetScreen(AppDb db) : Screen
{
    public static readonly Role[] Team = [Role.Manager, Role.Secretary];

    public BudgetProcess Process { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public bool IsTeam => May(Team);

    /// <summary>Reads names: the team and who oversees it.</summary>
    public bool IsReader => May(Role.Manager, Role.Secretary, Role.Auditor);

    public string Address => $"/presupuesto-participativo/{Process.Slug}";

    public Crumb[] Trail => [new(T["budget.list.title"], "/presupuestos-participativos"), new(Process.Title, Address)];

    protected AppDb Db => db;

    /// <summary>Who acts without an account.</summary>
    protected Actor Anybody => Person is null ? new Actor(null, "participant") : Actor;

    public override async Task LoadAsync()
    {
        var slug = Route("process");
        Process = await db.BudgetProcesses.SingleOrDefaultAsync(p => p.Slug == slug) ?? throw new NotFound("budget", slug);
        if (!Process.IsPublic && !IsReader) throw new NotFound("budget", slug);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Process.EntityId);
    }

    /// <summary>An act of the team on a page that everybody reads.</summary>
    protected async Task<IActionResult> AsTeamAsync(Func<Task> act, string said, string page = "")
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await act();
        Say(said);
        return Redirect(Address + page);
    }
}

/// <summary>Words and tones that the pages of a participatory budget share.</summary>
public static class BudgetWords
{
    public static readonly BudgetState[] Line =
    [
        BudgetState.Preparing, BudgetState.Convened, BudgetState.Concerting, BudgetState.Evaluating, BudgetState.Prioritising, BudgetState.Prioritised, BudgetState.Agreed, BudgetState.Formalised, BudgetState.Closed,
    ];

    public static Tone ToneOf(BudgetState state) => state switch
    {
        BudgetState.Closed or BudgetState.Formalised => Tone.Met,
        BudgetState.Cancelled => Tone.Neutral,
        BudgetState.Preparing => Tone.Info,
        _ => Tone.Attention,
    };

    public static Tone ToneOf(AgentState state) => state switch { AgentState.Accredited => Tone.Met, AgentState.Observed => Tone.Attention, AgentState.Rejected => Tone.Broken, AgentState.Withdrawn => Tone.Neutral, _ => Tone.Info };

    public static Tone ToneOf(ProposalState state) => state switch { ProposalState.Suitable => Tone.Met, ProposalState.Observed => Tone.Attention, ProposalState.Unsuitable => Tone.Broken, ProposalState.Withdrawn => Tone.Neutral, _ => Tone.Info };

    public static Tone ToneOf(WorkshopState state) => state switch { WorkshopState.Held => Tone.Met, WorkshopState.Cancelled => Tone.Neutral, _ => Tone.Info };

    public static string Light(T t, ClockLight light) => t["budget.light." + light.ToString().ToLowerInvariant()];

    /// <summary>A list of choices of an enumeration.</summary>
    public static IReadOnlyList<Choice> Choices<TEnum>(T t, params IEnumerable<TEnum> of)
        where TEnum : struct, Enum => [.. of.Select(v => new Choice(v.ToString(), t.Of(v)))];
}
