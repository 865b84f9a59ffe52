using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.TestKit;

public sealed partial class Given
{
    /// <summary>Applications whose envelopes are open, each with its review begun.</summary>
    public async Task<IReadOnlyList<GivenApplication>> FilesInScreeningAsync(int count, Money? budget = null)
    {
        var files = await SubmittedApplicationsAsync(count, budget);
        await OpenEnvelopesAsync(files[0].Call);
        await WithAsync<StartScreening>(s => s.ExecuteAsync(files[0].Call.Id, files[0].Call.Operator));
        return files;
    }

    public async Task<CallRules> RulesAsync(GivenCall call) =>
        CallRules.Of(await ReadAsync(db => db.Freezes.Where(f => f.CallId == call.Id && f.Number == 2).OrderByDescending(f => f.Round).FirstAsync()));

    /// <summary>Notes every requirement as met, but those named.</summary>
    public async Task FindAsync(GivenApplication file, params IReadOnlyList<string> failing)
    {
        var rules = await RulesAsync(file.Call);
        await WithAsync<RecordFindings>(r => r.ExecuteAsync(file.Id, [.. rules.Pack.Admissibility.Select(a => new FindingInput(a.Id, !failing.Contains(a.Id), failing.Contains(a.Id) ? "No se acredita." : ""))], file.Call.Operator));
    }

    public async Task AdmitAsync(params IReadOnlyList<GivenApplication> files)
    {
        foreach (var file in files)
        {
            await FindAsync(file);
            await WithAsync<DecideReview>(d => d.AdmitAsync(file.Id, file.Call.Operator));
        }
    }

    /// <summary>People who evaluate for the fund of the call.</summary>
    public async Task<IReadOnlyList<Actor>> EvaluatorsAsync(GivenCall call, int count)
    {
        var fund = await ReadAsync(db => db.Calls.Where(c => c.Id == call.Id).Select(c => c.FundId).SingleAsync());
        var people = new List<Actor>();
        for (var i = 0; i < count; i++)
        {
            var name = $"evaluador-{Next()}";
            var person = await WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, TestSite.Password), Actor.System));
            await WithAsync<GrantRole, RoleGrantId>(g => g.ExecuteAsync(person, Role.Evaluator, Scope.OfFund(fund.Value), Actor.System));
            people.Add(new(person, "evaluator"));
        }
        return people;
    }

    /// <summary>A call under evaluation with its seats filled.</summary>
    public async Task<IReadOnlyList<GivenApplication>> FilesInEvaluationAsync(int count, int evaluators, Money? budget = null)
    {
        var files = await FilesInScreeningAsync(count, budget);
        await EvaluatorsAsync(files[0].Call, evaluators);
        await AdmitAsync(files);
        await WithAsync<StartEvaluation>(s => s.ExecuteAsync(files[0].Call.Id, files[0].Call.Operator));
        return files;
    }

    public Task<List<Assignment>> SeatsAsync(GivenApplication file) =>
        ReadAsync(db => db.Assignments.Where(a => a.ApplicationId == file.Id && a.State != AssignmentState.Recused).OrderBy(a => a.Seat).ToListAsync());

    /// <summary>Declares no conflict, scores so that the points add up to the total, and locks.</summary>
    public async Task ScoreAsync(Assignment seat, GivenCall call, int total)
    {
        var (me, left) = (new Actor(seat.EvaluatorId, "evaluator"), total);
        await WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, me));
        foreach (var criterion in (await RulesAsync(call)).Pack.Criteria.Items)
        {
            var points = Math.Min(left, criterion.MaxPoints.Value);
            left -= points;
            await WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion.Id, points, "Lo sustenta el expediente.", null, me));
        }
        await WithAsync<EvaluateFile>(e => e.LockAsync(seat.Id, me));
    }

    /// <summary>Both readers give a file the same points of each criterion.</summary>
    public async Task ScoreAsync(GivenApplication file, IReadOnlyDictionary<string, int> points)
    {
        foreach (var seat in await SeatsAsync(file))
        {
            var me = new Actor(seat.EvaluatorId, "evaluator");
            await WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, me));
            foreach (var criterion in (await RulesAsync(file.Call)).Pack.Criteria.Items)
                await WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion.Id, points.GetValueOrDefault(criterion.Id), "Lo sustenta el expediente.", null, me));
            await WithAsync<EvaluateFile>(e => e.LockAsync(seat.Id, me));
        }
    }

    /// <summary>Both readers give a file the same total.</summary>
    public async Task ScoreAsync(GivenApplication file, int total)
    {
        foreach (var seat in await SeatsAsync(file)) await ScoreAsync(seat, file.Call, total);
    }

    /// <summary>The ranking of a scored call, approved and published.</summary>
    public async Task<RunId> AwardAsync(GivenCall call)
    {
        var run = await WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        await WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board));
        await WithAsync<PublishAward>(p => p.ExecuteAsync(call.Id, call.Operator));
        return run;
    }

    /// <summary>Both parties approve an agreement.</summary>
    public async Task ConcludeAsync(AgreementId agreement, GivenCall call, Actor manager)
    {
        await WithAsync<ConcludeAgreement>(c => c.ApproveByFundAsync(agreement, call.Operator));
        await WithAsync<ConcludeAgreement>(c => c.ApproveByEntityAsync(agreement, manager));
    }
}
