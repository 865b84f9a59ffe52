using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;

namespace Minka.TestKit;

/// <summary>A participatory budget on its way, with what its people hold in their hands.</summary>
/// <param name="Start">Day 0 of its schedule.</param>
public sealed record GivenBudget(GivenEntity Entity, BudgetProcessId Id, string Slug, Actor Team, DateOnly Start)
{
    /// <summary>Agents of civil society with the codes of their slips.</summary>
    public List<AgentSlip> Slips { get; } = [];

    public List<BudgetProposalId> Proposals { get; } = [];

    public BudgetWorkshopId Diagnosis { get; set; }

    public BudgetWorkshopId Priorities { get; set; }
}

public sealed partial class Given
{
    public static readonly BudgetRule ByCriteria = new(PriorityMethod.Criteria, null, BallotForm.Several, 3, SkipUnaffordable: true, [new("gap", "Cierra una brecha", 60), new("people", "Población", 40)]);

    public static readonly BudgetRule ByVotes = new(PriorityMethod.Votes, RunPrioritisation.Compared[2], BallotForm.Several, 2, SkipUnaffordable: true, []);

    /// <summary>Days after the start: register 0 to 9, proposals 10 to 24, evaluation 26 to 32, priorities 36 to 44, agreement 46 to 52, opening budget 61 to 75.</summary>
    public static IReadOnlyList<ScheduledStep> BudgetDays(DateOnly start)
    {
        ScheduledStep Step(BudgetStep step, int from, int to) => new(step, start.AddDays(from), start.AddDays(to));
        return
        [
            Step(BudgetStep.Notice, -1, 0), Step(BudgetStep.Register, 0, 9), Step(BudgetStep.Training, 1, 10), Step(BudgetStep.Diagnosis, 10, 20), Step(BudgetStep.Proposals, 10, 24), Step(BudgetStep.Evaluation, 26, 32),
            Step(BudgetStep.Accounts, 33, 35), Step(BudgetStep.Priorities, 36, 44), Step(BudgetStep.Acta, 46, 52), Step(BudgetStep.Coordination, 53, 60), Step(BudgetStep.Pia, 61, 75),
        ];
    }

    /// <summary>A process of S/ 500,000 taken as far as the state that is asked; the clock moves on with it.</summary>
    public async Task<GivenBudget> BudgetAsync(BudgetState until = BudgetState.Formalised, BudgetRule? rule = null, int agents = 5, GivenEntity? entity = null)
    {
        entity ??= await EntityAsync();
        var team = entity.Actor with { Role = "manager" };
        var today = LegalTime.DayIn(Clock.Now);
        var year = today.AddDays(80).Year + 1;
        var province = await ReadAsync(db => db.CoordinationEntities.Where(e => e.Id == entity.Id).Select(e => e.ProvinceCodes).SingleAsync());
        var districts = await DistrictsAsync(province[0], 2);
        var (id, slug) = await WithAsync<PrepareBudget, (BudgetProcessId, string)>(p => p.StartAsync(entity.Id, BudgetInput(year, districts[0]), null, team));
        var given = new GivenBudget(entity, id, slug, team, today);
        await WithAsync<PrepareBudget>(p => p.PlanAsync(id, BudgetDays(today), null, team));
        await WithAsync<PrepareBudget, BudgetTeamMemberId>(p => p.AddToTeamAsync(id, TeamRole.Chair, "Oficina de Planeamiento y Presupuesto", "Jefa de prueba", team));
        await WithAsync<PrepareBudget>(p => p.SetRuleAsync(id, rule ?? ByCriteria, team));
        if (until == BudgetState.Preparing) return given;

        await WithAsync<MoveBudget>(m => m.ConveneAsync(id, team));
        for (var i = 1; i <= agents; i++)
        {
            var slip = await WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(id, Agent(i), new Actor(null, "participant")));
            await WithAsync<ReviewAgents>(r => r.AccreditAsync(id, slip.Id, team));
            given.Slips.Add(slip);
        }
        if (until == BudgetState.Convened) return given;

        GoTo(today.AddDays(10));
        await WithAsync<MoveBudget>(m => m.CloseRegisterAsync(id, team));
        given.Diagnosis = await WithAsync<RunWorkshops, BudgetWorkshopId>(r => r.ConveneAsync(id, new(WorkshopKind.Diagnosis, "Taller de problemas", "Plaza de armas", At(today.AddDays(20)), "Problemas y resultados"), team));
        foreach (var (n, cost, others) in new[] { (1, 300_000, 0), (2, 250_000, 50_000), (3, 120_000, 20_000) })
            given.Proposals.Add((await WithAsync<ProposeWorks, (BudgetProposalId Id, string)>(p => p.ByAgentAsync(id, given.Slips[n % given.Slips.Count].Code, Work(n, districts[0], cost, others), new Actor(null, "participant")))).Id);
        if (until == BudgetState.Concerting) return given;

        await MeetAsync(given, given.Diagnosis, today.AddDays(20));
        GoTo(today.AddDays(25));
        await WithAsync<MoveBudget>(m => m.CloseProposalsAsync(id, team));
        given.Priorities = await WithAsync<RunWorkshops, BudgetWorkshopId>(r => r.ConveneAsync(id, new(WorkshopKind.Priorities, "Taller de priorización", "Local comunal", At(today.AddDays(38)), "Priorizar"), team));
        if (until == BudgetState.Evaluating) return given;

        foreach (var (index, proposal) in given.Proposals.Index()) await PassAsync(given, proposal, 90 - (10 * index));
        GoTo(today.AddDays(37));
        await WithAsync<RunPriorities>(r => r.OpenAsync(id, team));
        if (until == BudgetState.Prioritising) return given;

        await MeetAsync(given, given.Priorities, today.AddDays(38));
        if (rule?.Method == PriorityMethod.Votes) await VoteAsync(given);
        await WithAsync<RunPriorities, BudgetResult>(r => r.TakeResultAsync(id, team));
        if (until == BudgetState.Prioritised) return given;

        GoTo(today.AddDays(47));
        await WithAsync<DraftActa>(d => d.CommitAsync(id, [new("Municipalidad", "Elaborar los expedientes técnicos", null, today.AddDays(120)), new("Comité de regantes", "Aportar mano de obra", Money.Soles(20_000), null)], team));
        var digest = await WithAsync<DraftActa, Digest>(d => d.DraftAsync(id, team));
        await WithAsync<AttachSignature, SignatureId>(a => a.ExecuteAsync(new SignedSubject(DraftActa.Subject, id.Value, digest), new SignatureInput(System.Text.Encoding.ASCII.GetBytes($"%PDF-1.4 acuerdos {id.Value}"), "acta.pdf", "Alcaldía; agentes"), team));
        await WithAsync<DraftActa>(d => d.PublishAsync(id, team));
        if (until == BudgetState.Agreed) return given;

        await WithAsync<WatchBudget, CommitteeElection>(w => w.ElectAsync(id, Count(given), team));
        GoTo(today.AddDays(70));
        var result = (await ReadAsync(db => db.BudgetProcesses.SingleAsync(p => p.Id == id))).Result!;
        await WithAsync<FormaliseBudget>(f => f.RecordAsync(id, "Acuerdo de Concejo 101", today.AddDays(70), result.Funded.ToDictionary(l => l.ProposalId, l => (l.Asked, (string?)null)), team));
        return given;
    }

    public static BudgetInput BudgetInput(int year, string place) =>
        new($"Presupuesto participativo {year.ToString(System.Globalization.CultureInfo.InvariantCulture)}", year, ImpactLevel.District, place, "Ordenanza 012-2026", new DateOnly(2026, 1, 20), Money.Soles(500_000), "Programación multianual", 2_000, "Los datos sirven solo para este proceso y se guardan cinco años.");

    public static AgentInput Agent(int n) =>
        new(AgentKind.CivilSociety, $"Junta vecinal {n.ToString(System.Globalization.CultureInfo.InvariantCulture)}", null, "communities", null, "Zona alta", $"Vocera de la junta {n.ToString(System.Globalization.CultureInfo.InvariantCulture)}", (40_000_000 + n).ToString(System.Globalization.CultureInfo.InvariantCulture), n % 2 == 1, $"Acta de asamblea {n.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    public static ProposalInput Work(int n, string district, int cost, int others = 0, int? people = null) =>
        new($"Obra {n.ToString(System.Globalization.CultureInfo.InvariantCulture)} de agua", "No hay agua todo el día", "Agua las 24 horas", null, [district], people ?? 100 * n, 50, Money.Soles(cost), others == 0 ? [] : [new("Comité de regantes", "Mano de obra", Money.Soles(others), true)], ProjectStage.Viable, (2_500_000 + n).ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async Task PassAsync(GivenBudget given, BudgetProposalId proposal, int points)
    {
        var (version, rule) = await ReadAsync(async db => ((await db.BudgetProposals.SingleAsync(p => p.Id == proposal)).Version, (await db.BudgetProcesses.SingleAsync(p => p.Id == given.Id)).Rule!));
        var first = rule.Criteria.Count == 0 ? 0 : Math.Min(points, rule.Criteria[0].Most);
        var state = await WithAsync<EvaluateProposal, ProposalState>(e => e.ExecuteAsync(given.Id, proposal, new(
            [new(Gate.Problem, true, null), new(Gate.Competence, true, null), new(Gate.Upkeep, true, null)],
            [.. rule.Criteria.Select((c, i) => new CriterionScore(c.Code, i == 0 ? first : points - first, "Según el informe técnico"))], Final: false), version, given.Team));
        if (state != ProposalState.Suitable) throw new InvalidOperationException($"{proposal}: {state}");
    }

    /// <summary>All agents sign the paper roll of a workshop, which is then held.</summary>
    public async Task MeetAsync(GivenBudget given, BudgetWorkshopId workshop, DateOnly day, int? signatures = null)
    {
        Clock.MoveTo(At(day).AddHours(1));
        var signed = signatures ?? given.Slips.Count;
        await WithAsync<RunWorkshops, int>(r => r.TypeRollAsync(given.Id, workshop, signed, string.Join(", ", given.Slips.Take(signed).Select(s => s.Number)), given.Team));
        await WithAsync<RunWorkshops>(r => r.HoldAsync(given.Id, workshop, "Se cumplió la agenda.", given.Team));
    }

    /// <summary>As many paper ballots as agents, typed twice: the first two projects of the list.</summary>
    public async Task VoteAsync(GivenBudget given, int? ballots = null)
    {
        var session = await ReadAsync(async db => PrioritisationId.From((await db.BudgetProcesses.SingleAsync(p => p.Id == given.Id)).SessionId!.Value));
        var paper = await ReadAsync(async db => (await db.PrioritisationSessions.SingleAsync(s => s.Id == session)).Paper);
        var sheets = Enumerable.Range(0, ballots ?? given.Slips.Count).Select(i => new Marking(false, [.. paper.Options.Select((_, o) => o == 0 || o == 1 + (i % 2) ? 1 : 0)])).ToList();
        foreach (var round in new[] { 1, 2 }) await WithAsync<RunPrioritisation>(r => r.TypeAsync(session, "t1", round, sheets, given.Entity.Actor));
        await WithAsync<RunPrioritisation, PriorityResult>(r => r.CloseAsync(session, given.Entity.Actor));
    }

    /// <summary>The count of a committee of four seats, each agent a candidate with one vote less than the one before.</summary>
    public static CommitteeInput Count(GivenBudget given) =>
        new(given.Priorities, 4, 2, [.. given.Slips.Select((s, i) => (s.Number, (long)Math.Max(0, given.Slips.Count - i)))], given.Slips.Count, 0, 0, [], null);

    public void GoTo(DateOnly day)
    {
        var at = At(day);
        if (at > Clock.Now) Clock.MoveTo(at);
    }

    /// <summary>Ten in the morning in Lima.</summary>
    public static DateTime At(DateOnly day) => LegalTime.ToUtc(day, new TimeOnly(10, 0));
}
