using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Seats;

/// <param name="Scored">Criteria with a draft, counted only: what they say stays with their author.</param>
/// <param name="Total">Null until every seat of the file is locked.</param>
public sealed record SeatLine(int Seat, string Pseudonym, AssignmentState State, int Scored, int? Total, Guid Id);

public sealed record SeatedFile(string Code, string Entity, ApplicationState State, IReadOnlyList<SeatLine> Seats, bool AllLocked, FinalScore? Final, int? Difference);

public sealed record ConflictLine(string Pseudonym, string Entity, DateTime At);

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class ShowModel(AppDb db, StartEvaluation start) : CallDesk(db), IListed
{
    /// <summary>A file takes a panel of its own.</summary>
    public const int Size = 20;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public IReadOnlyList<SeatedFile> Files { get; private set; } = [];

    public IReadOnlyList<ConflictLine> Conflicts { get; private set; } = [];

    public EvaluationRules? EvaluationRules => Rules?.Pack.Evaluation;

    public int Criteria { get; private set; }

    public bool MayStart => IsOperator && Call.State == CallState.Screening;

    public bool Done { get; private set; }

    public int Evaluators { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, fund) = (Call.Id, Call.FundId.Value);
        Criteria = Rules?.Pack.Criteria.Items.Count ?? 0;
        Evaluators = await Db.RoleGrants.Where(g => g.Role == Role.Evaluator && g.ScopeKind == ScopeKind.Fund && g.ScopeId == fund && g.RevokedAt == null).Select(g => g.PersonId).Distinct().CountAsync();
        Total = await Seated.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Done = Total > 0 && !await (from s in Db.Assignments
                                    join a in Db.Applications on s.ApplicationId equals a.Id
                                    where s.CallId == id && s.State != AssignmentState.Recused && s.State != AssignmentState.Locked && a.State != ApplicationState.Withdrawn && a.State != ApplicationState.Disqualified
                                    select s.Id).AnyAsync();
        Files = await SliceAsync((Number - 1) * Size, Size);
        var declared = await Db.Conflicts.Where(c => c.CallId == id).OrderBy(c => c.At).ToListAsync();
        var declarers = declared.Select(c => c.EvaluatorId).Distinct().ToList();
        var names = (await Db.Assignments.Where(a => a.CallId == id && declarers.Contains(a.EvaluatorId)).Select(a => new { a.EvaluatorId, a.Pseudonym }).Distinct().ToListAsync())
            .GroupBy(a => a.EvaluatorId).ToDictionary(g => g.Key, g => g.First().Pseudonym);
        var declaredIds = declared.ConvertAll(c => c.EntityId);
        var entityNames = await Db.Set<Core.Entities.CoordinationEntity>().Where(e => declaredIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name);
        Conflicts = [.. declared.Select(c => new ConflictLine(names.GetValueOrDefault(c.EvaluatorId, "–"), entityNames.GetValueOrDefault(c.EntityId, "–"), c.At))];
    }

    IQueryable<Application> Seated
    {
        get
        {
            var (id, assignments) = (Call.Id, Db.Assignments);
            return Db.Applications.Where(a => a.CallId == id && assignments.Any(s => s.ApplicationId == a.Id));
        }
    }

    async Task<IReadOnlyList<SeatedFile>> SliceAsync(int from, int count)
    {
        var applications = await Seated.OrderBy(a => a.Code).Skip(from).Take(count).ToListAsync();
        var ids = applications.ConvertAll(a => a.Id);
        var seats = await Db.Assignments.Where(a => ids.Contains(a.ApplicationId)).OrderBy(a => a.Seat).ThenBy(a => a.AssignedAt).ToListAsync();
        var entities = await Db.OpenedApplications.Where(o => ids.Contains(o.ApplicationId)).Select(o => new { o.ApplicationId, o.EntityId, o.Entity }).ToListAsync();
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
        return files;
    }

    /// <summary>A row a seat; what is sealed on the page is sealed here.</summary>
    public TableFile ToFile() => new($"{Call.Slug}-evaluacion",
        [T["evaluation.file.code"], T["evaluation.file.entity"], T["evaluation.seat"], T["evaluation.reader"], T["evaluation.state"], T["evaluation.seats.progress"], T["evaluation.points"], T["evaluation.seats.title"]],
        RowsAsync());

    async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var file in Listing.AllAsync(SliceAsync).WithCancellation(cancel))
        {
            foreach (var seat in file.Seats)
                yield return [file.Code, file.Entity, seat.Seat, T["evaluation.reader.of", seat.Pseudonym], T.Of(seat.State), seat.Scored, seat.Total, file.Final is { } final ? final.TotalHundredths / 100m : null];
        }
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
