using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Proposals;

/// <summary>One proposal with every judgement and its reasons; the team judges and the proposer answers on the same page.</summary>
[Public]
public sealed class ShowModel(AppDb db, Gazetteer gazetteer, ProposeWorks propose, EvaluateProposal evaluate) : ProposalScreen(db, gazetteer)
{
    readonly Gazetteer places = gazetteer;

    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public bool Final { get; set; }

    public BudgetProposal Proposal { get; private set; } = null!;

    public string? Organisation { get; private set; }

    public string? BankCode { get; private set; }

    public IReadOnlyList<string> Places { get; private set; } = [];

    public IReadOnlyList<GateFinding> Computed { get; private set; } = [];

    public bool MayEvaluate => IsTeam && Proposal.State == ProposalState.Submitted && Process.State is (BudgetState.Concerting or BudgetState.Evaluating);

    public string NameOf(string criterion) => Process.Rule!.Criteria.FirstOrDefault(c => c.Code == criterion)?.Name ?? criterion;

    public string Typed(string field, string otherwise) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var typed) ? typed.ToString() : otherwise;

    public override async Task LoadAsync()
    {
        var id = BudgetProposalId.From(RouteId("proposal"));
        var slug = Route("process");
        Proposal = await (from p in Db.BudgetProposals join b in Db.BudgetProcesses on p.ProcessId equals b.Id where p.Id == id && b.Slug == slug select p).SingleOrDefaultAsync() ?? throw new NotFound("proposal", id.Value);
        if (HttpMethods.IsGet(Request.Method) || Request.Query["handler"] == "Evaluate") Input = ProposalForm.Of(Proposal);
        await base.LoadAsync();
        Organisation = Proposal.AgentId is { } agent ? await Db.BudgetAgents.Where(a => a.Id == agent).Select(a => a.Organisation).SingleAsync() : null;
        BankCode = Proposal.ProjectId is { } project ? await Db.Projects.Where(p => p.Id == project).Select(p => p.Code).SingleOrDefaultAsync() : null;
        var names = new List<string>();
        foreach (var code in Proposal.Places) names.Add(await places.FindAsync(code) is { } place ? place.Name : code);
        Places = names;
        Seen = Proposal.Version;
        if (MayEvaluate) Computed = await EvaluateProposal.ComputedAsync(Db, Process, Proposal);
    }

    public async Task<IActionResult> OnPostEvaluateAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        var seen = Seen;
        await LoadAsync();
        var gates = new List<TypedGate>();
        foreach (var gate in Process.Pack.Gates.Where(g => !g.Computed))
        {
            if (!bool.TryParse(Typed("g-" + gate.Gate, ""), out var met)) Fault("g-" + gate.Gate, "budget.choose");
            else gates.Add(new(gate.Gate, met, Typed("w-" + gate.Gate, "")));
        }
        var scores = new List<CriterionScore>();
        foreach (var criterion in Process.Rule!.Criteria)
        {
            if (int.TryParse(Typed("s-" + criterion.Code, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var points)) scores.Add(new(criterion.Code, points, Typed("r-" + criterion.Code, "")));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await evaluate.ExecuteAsync(Process.Id, Proposal.Id, new(gates, scores, Final), seen, Actor);
        Say("budget.evaluated");
        return Redirect($"{Address}/propuestas/{Proposal.Id.Value}");
    }

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (string.IsNullOrWhiteSpace(Answer)) Fault(nameof(Answer), "planning.field.missing");
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await propose.AnswerAsync(Process.Id, Proposal.Id, IsTeam ? null : Code ?? "", input, Answer!, Anybody);
        }
        catch (RuleBroken broken) when (SubmitModel.FieldOf(broken.Code) is { } field)
        {
            ModelState.AddModelError(field, T.Of(broken));
            return await AgainAsync();
        }
        Say("budget.answer.done");
        return Redirect($"{Address}/propuestas/{Proposal.Id.Value}");
    }
}
