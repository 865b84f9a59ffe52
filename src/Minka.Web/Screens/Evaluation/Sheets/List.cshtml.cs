using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Sheets;

public sealed record MyFile(Guid Id, string Code, string? Entity, string Title, string Call, AssignmentState State, int Scored, int Criteria);

[May(Role.Evaluator)]
public sealed class ListModel(AppDb db, DeclareConflict declare) : Screen, IListed
{
    public IReadOnlyList<MyFile> Files { get; private set; } = [];

    /// <summary>Entities that applied to calls where this person evaluates: "call:entity".</summary>
    public IReadOnlyList<Choice> Entities { get; private set; } = [];

    [BindProperty]
    public string? Entity { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public override async Task LoadAsync()
    {
        var me = Person!.Id;
        var seats = await db.Assignments.Where(a => a.EvaluatorId == me && a.State != AssignmentState.Recused).ToListAsync();
        var applicationIds = seats.ConvertAll(s => s.ApplicationId);
        var opened = await db.OpenedApplications.Where(o => applicationIds.Contains(o.ApplicationId)).Select(o => new { o.ApplicationId, o.Code, o.Entity, o.Title }).ToDictionaryAsync(o => o.ApplicationId);
        var funds = Person.Grants.Where(g => g.Role == Role.Evaluator && g.ScopeKind == ScopeKind.Fund).Select(g => FundId.From(g.ScopeId!.Value)).ToList();
        var seatCalls = seats.Select(s => s.CallId).Distinct().ToList();
        var calls = await db.Calls.Where(c => seatCalls.Contains(c.Id) || (funds.Contains(c.FundId) && (c.State == CallState.Opened || c.State == CallState.Screening || c.State == CallState.Evaluating))).ToListAsync();
        var ids = seats.ConvertAll(s => s.Id);
        var scored = await db.Scores.Where(s => ids.Contains(s.AssignmentId) && s.Points != null).GroupBy(s => s.AssignmentId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var rules = new Dictionary<CallId, CallRules>();
        foreach (var call in calls)
        {
            var (id, round) = (call.Id, call.Round);
            if (await db.Freezes.SingleOrDefaultAsync(f => f.CallId == id && f.Round == round && f.Number == 2) is { } freeze) rules[id] = CallRules.Of(freeze);
        }
        Files = [.. seats.Where(s => opened.ContainsKey(s.ApplicationId)).OrderBy(s => s.State).ThenBy(s => opened[s.ApplicationId].Code, StringComparer.Ordinal).Select(s =>
        {
            var (file, of) = (opened[s.ApplicationId], rules[s.CallId]);
            return new MyFile(s.Id.Value, file.Code, of.Pack.Evaluation.IdentityShown.Value ? file.Entity : null, file.Title, of.Title, s.State, scored.GetValueOrDefault(s.Id), of.Pack.Criteria.Items.Count);
        })];
        var open = new List<Choice>();
        foreach (var call in calls.Where(c => c.State is CallState.Opened or CallState.Screening or CallState.Evaluating))
        {
            var id = call.Id;
            var entities = await db.OpenedApplications.Where(o => o.CallId == id).OrderBy(o => o.Entity).Select(o => new { o.EntityId, o.Entity }).Distinct().ToListAsync();
            open.AddRange(entities.Select(e => new Choice($"{id.Value}:{e.EntityId.Value}", $"{e.Entity} · {call.Title}")));
        }
        Entities = open;
    }

    public TableFile ToFile() => new("mis-expedientes",
        [T["evaluation.file.code"], T["evaluation.file.programme"], T["evaluation.file.entity"], T["award.call"], T["evaluation.state"], T["evaluation.seats.progress"]],
        Files.Select(f => (IReadOnlyList<object?>)[f.Code, f.Title, f.Entity, f.Call, T.Of(f.State), T["evaluation.seats.count", f.Scored, f.Criteria]]));

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        // Only what was offered: calls of a fund where this person evaluates.
        if (Entities.All(e => e.Value != Entity)) Fault(nameof(Entity), "evaluation.conflicts.choose");
        if (string.IsNullOrWhiteSpace(Why)) Fault(nameof(Why), "rule." + EvaluationCodes.ConflictReasonMissing);
        if (!ModelState.IsValid) return await AgainAsync();
        var ids = Entity!.Split(':').Select(Guid.Parse).ToList();
        var left = await declare.ExecuteAsync(CallId.From(ids[0]), Person!.Id, Core.Entities.EntityId.From(ids[1]), Why!, Actor);
        Say(left == 0 ? "evaluation.conflicts.noted" : "evaluation.conflicts.replaced", left);
        return Redirect("/evaluaciones");
    }
}
