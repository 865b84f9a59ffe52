using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>A prioritisation for everybody: what is chosen, the rule with its digest, and the result by all rules side by side.</summary>
[Public]
public sealed class ShowModel(AppDb db, RunPrioritisation run, LivePriorities live) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public PrioritisationSession Session { get; private set; } = null!;

    public PriorityResult? Result { get; private set; }

    public int Cast { get; private set; }

    public int Slips { get; private set; }

    public string VotesWord => Session.Form switch { BallotForm.Points => "points", BallotForm.Ranking => "named", _ => "marks" };

    /// <summary>Those that the rule chooses, in its order; then the others, the most voted first.</summary>
    public IEnumerable<PriorityOption> Ranked(PriorityResult result)
    {
        var order = result.Chosen.Order.Index().ToDictionary(o => o.Item, o => o.Index, StringComparer.Ordinal);
        return Session.Options.OrderBy(o => order.GetValueOrDefault(o.Id, int.MaxValue)).ThenByDescending(o => result.Places?.First(p => p.Option == o.Id).Votes ?? result.Count?.Of(o.Id) ?? 0);
    }

    public bool IsSecretary => May(Role.Secretary);

    PrioritisationId Id => PrioritisationId.From(RouteId("session"));

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Session = await db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == Id && s.EntityId == Entity.Id) ?? throw new NotFound("prioritisation", Id.Value);
        Slips = await db.VotingSlips.CountAsync(s => s.SessionId == Id);
        Result = Session.Result;
        if (Session.State == PrioritisationState.Open) (Cast, Result) = await live.ReadAsync(Session);
    }

    public Task<IActionResult> OnPostFixAsync() => AsSecretaryAsync(() => run.FixAsync(Id, Actor));

    public Task<IActionResult> OnPostOpenAsync() => AsSecretaryAsync(() => run.OpenAsync(Id, Actor));

    public Task<IActionResult> OnPostCloseAsync() => AsSecretaryAsync(() => run.CloseAsync(Id, Actor));

    async Task<IActionResult> AsSecretaryAsync(Func<Task> act)
    {
        if (!IsSecretary) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await act();
        return Redirect($"/entidades/{Entity.Slug}/priorizaciones/{Id.Value}");
    }
}
