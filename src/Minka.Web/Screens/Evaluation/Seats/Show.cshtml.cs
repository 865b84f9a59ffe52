using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Web.Access;

namespace Minka.Web.Screens.Evaluation.Seats;

/// <param name="Scored">Criteria with a draft, counted only: what they say stays with their author.</param>
/// <param name="Total">Null until every seat of the file is locked.</param>
public sealed record SeatLine(int Seat, string Pseudonym, AssignmentState State, int Scored, int? Total, Guid Id);

public sealed record SeatedFile(string Code, string Entity, ApplicationState State, IReadOnlyList<SeatLine> Seats, bool AllLocked, FinalScore? Final, int? Difference);

public sealed record ConflictLine(string Pseudonym, string Entity, DateTime At);

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class ShowModel(AppDb db, StartEvaluation start) : CallDesk(db)
{
    public IReadOnlyList<SeatedFile> Files { get; private set; } = [];

    public IReadOnlyList<ConflictLine> Conflicts { get; private set; } = [];

    public EvaluationRules? EvaluationRules => Rules?.Pack.Evaluation;

    public int Criteria { get; private set; }

    public bool MayStart => IsOperator && Call.State == CallState.Screening;

    public bool Done => Files.Count > 0 && Files.Where(f => f.State is not (ApplicationState.Withdrawn or ApplicationState.Disqualified)).All(f => f.AllLocked);

    public int Evaluators { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, fund) = (Call.Id, Call.FundId.Value);
        Criteria = Rules?.Pack.Criteria.Items.Count ?? 0;
        Evaluators = await Db.RoleGrants.Where(g => g.Role == Role.Evaluator && g.ScopeKind == ScopeKind.Fund && g.ScopeId == fund && g.RevokedAt == null).Select(g => g.PersonId).Distinct().CountAsync();
        var seats = await Db.Assignments.Where(a => a.CallId == id).OrderBy(a => a.Seat).ThenBy(a => a.AssignedAt).ToListAsync();
        var ids = seats.Select(s => s.ApplicationId).Distinct().ToList();
        var applications = await Db.Applications.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Code).ToListAsync();
        var entities = await Db.OpenedApplications.Where(o => o.CallId == id).Select(o => new { o.ApplicationId, o.EntityId, o.Entity }).ToListAsync();
        var seatIds = seats.ConvertAll(s => s.Id);
        var drafted = await Db.Scores.Where(s => seatIds.Contains(s.AssignmentId) && s.Points != null).GroupBy(s => s.AssignmentId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var files = new List<SeatedFile>();
        foreach (var application in applications)
        {
            var mine = seats.Where(s => s.ApplicationId == application.Id).ToList();
            var locked = mine.Where(s => s.IsActive).All(s => s.State == AssignmentState.Locked);
            var sheets = locked ? await Scoring.SheetsAsync(Db, application.Id) : [];
            var final = locked && sheets.Count > 0 && !FinalScores.NeedsThirdReader(sheets, EvaluationRules!) ? FinalScores.Compute(sheets, EvaluationRules!) : null;
            files.Add(new(application.Code!, entities.First(e => e.ApplicationId == application.Id).Entity, application.State,
                [.. mine.Select(s => new SeatLine(s.Seat, s.Pseudonym, s.State, drafted.GetValueOrDefault(s.Id), locked && s.IsActive ? sheets.First(x => x.Seat == s.Seat).Total : null, s.Id.Value))],
                locked, final, sheets.Count >= 2 ? Math.Abs(sheets[0].Total - sheets[1].Total) : null));
        }
        Files = files;
        var names = seats.GroupBy(s => s.EvaluatorId).ToDictionary(g => g.Key, g => g.First().Pseudonym);
        var declared = await Db.Conflicts.Where(c => c.CallId == id).OrderBy(c => c.At).ToListAsync();
        var declaredIds = declared.ConvertAll(c => c.EntityId);
        var entityNames = await Db.Set<Core.Entities.CoordinationEntity>().Where(e => declaredIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name);
        Conflicts = [.. declared.Select(c => new ConflictLine(names.GetValueOrDefault(c.EvaluatorId, "–"), entityNames.GetValueOrDefault(c.EntityId, "–"), c.At))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsOperator) return StatusCode(StatusCodes.Status403Forbidden);
        await start.ExecuteAsync(Call.Id, Actor);
        Say("evaluation.seats.started");
        return Redirect($"/convocatorias/{Call.Slug}/evaluacion");
    }
}
