using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.ParticipatoryBudget;

public sealed class BudgetFlowTests
{
    static readonly Actor Participant = new(null, "participant");

    static async Task<string> FaultAsync(Func<Task> act) => (await Should.ThrowAsync<RuleBroken>(act)).Code;

    [Theory, BothDatabases]
    public async Task AYear_FromOrdinanceToAccounts_ByCriteria(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Prioritised);
        var process = await database.ReadAsync(db => db.BudgetProcesses.SingleAsync());
        process.Result!.Lines.Select(l => (l.Code, l.Points, l.Fate)).ShouldBe([("P01", 90, ResultFate.Funded), ("P02", 80, ResultFate.Funded), ("P03", 70, ResultFate.Reserve)]);
        process.Result.Spent.ShouldBe(Money.Soles(500_000), "300,000 and 250,000 less the 50,000 of the irrigators");

        // Nobody signs what was not drafted, nor another text than that.
        Task SignAsync(Digest digest) => given.WithAsync<AttachSignature, SignatureId>(a => a.ExecuteAsync(new SignedSubject(DraftActa.Subject, budget.Id.Value, digest), new SignatureInput("%PDF-1.4 acta"u8.ToArray(), "acta.pdf", "Alcaldía"), budget.Team));
        (await FaultAsync(() => SignAsync(Digest.Of("otra")))).ShouldBe(BudgetRules.ActaMissing);
        var digest = await given.WithAsync<DraftActa, Digest>(d => d.DraftAsync(budget.Id, budget.Team));
        (await FaultAsync(() => SignAsync(Digest.Of("otra")))).ShouldBe(BudgetRules.ActaChanged);
        (await FaultAsync(() => given.WithAsync<DraftActa>(d => d.PublishAsync(budget.Id, budget.Team)))).ShouldBe(BudgetRules.ActaUnsigned);
        await SignAsync(digest);
        await given.WithAsync<DraftActa>(d => d.PublishAsync(budget.Id, budget.Team));

        // The chosen projects are in the territory's portfolio, linked both ways.
        var chosen = await database.ReadAsync(db => db.BudgetProposals.Where(p => p.ProjectId != null).OrderBy(p => p.Number).ToListAsync());
        chosen.Select(p => p.Code).ShouldBe(["P01", "P02"]);
        var bank = await database.ReadAsync(db => db.Projects.Where(p => p.ProgrammeId == null).OrderBy(p => p.Code).ToListAsync());
        bank.Select(p => (p.Title, p.PlannedCost, p.Stage)).ShouldBe([("Obra 1 de agua", Money.Soles(300_000), ProjectStage.Viable), ("Obra 2 de agua", Money.Soles(250_000), ProjectStage.Viable)]);
        bank.Select(p => (ProjectId?)p.Id).ShouldBe(chosen.Select(p => p.ProjectId));
        (await database.ReadAsync(db => db.CostLines.Where(l => l.ProjectId == bank[1].Id).OrderBy(l => l.Order).Select(l => l.Amount).ToListAsync())).ShouldBe([Money.Soles(200_000), Money.Soles(50_000)]);

        (await database.ReadAsync(db => BudgetQuery.OriginOfAsync(db, bank[0].Id)))!.Value.Proposal.Code.ShouldBe("P01");
        (await database.ReadAsync(db => db.ProjectSheets.SingleAsync(s => s.ProjectId == bank[0].Id))).Documents.Single().Digest.ShouldBe(digest);

        // Vigilance, then the opening budget: a difference without its reason is refused and nothing is written.
        var typed = process.Result.Funded.ToDictionary(l => l.ProposalId, l => (l.Asked, (string?)null));
        given.GoTo(budget.Start.AddDays(62));
        (await FaultAsync(() => given.WithAsync<FormaliseBudget>(f => f.RecordAsync(budget.Id, "Acuerdo 101", budget.Start.AddDays(62), typed, budget.Team)))).ShouldBe(BudgetRules.CommitteeMissing);
        await given.WithAsync<WatchBudget, CommitteeElection>(w => w.ElectAsync(budget.Id, Given.Count(budget), budget.Team));
        (await FaultAsync(() => given.WithAsync<WatchBudget, CommitteeElection>(w => w.ElectAsync(budget.Id, Given.Count(budget), budget.Team)))).ShouldBe(BudgetRules.CommitteeStands);
        typed[process.Result.Lines[1].ProposalId] = (Money.Soles(150_000), null);
        (await FaultAsync(() => given.WithAsync<FormaliseBudget>(f => f.RecordAsync(budget.Id, "Acuerdo 101", budget.Start.AddDays(62), typed, budget.Team)))).ShouldBe(BudgetRules.PiaDiffers);
        typed[process.Result.Lines[1].ProposalId] = (Money.Soles(150_000), "Menor transferencia del canon");
        await given.WithAsync<FormaliseBudget>(f => f.RecordAsync(budget.Id, "Acuerdo 101", budget.Start.AddDays(62), typed, budget.Team));

        // Follow-up in its time and with its reasons.
        Task FollowAsync(int proposal, QuarterInput input) => given.WithAsync<FormaliseBudget>(f => f.FollowAsync(budget.Id, chosen[proposal].Id, input, budget.Team));
        (await FaultAsync(() => FollowAsync(0, new(1, Money.Soles(300_000), Money.Zero, ExecutionState.NotStarted, null)))).ShouldBe(BudgetRules.QuarterWrong, "the year has not begun");
        given.GoTo(new DateOnly(process.FiscalYear, 7, 10));
        await FollowAsync(0, new(1, Money.Soles(300_000), Money.Soles(80_000), ExecutionState.InExecution, null));
        (await FaultAsync(() => FollowAsync(0, new(2, Money.Soles(320_000), Money.Soles(80_000), ExecutionState.InExecution, null)))).ShouldBe(BudgetRules.FollowWhyMissing);
        (await FaultAsync(() => FollowAsync(0, new(2, Money.Soles(300_000), Money.Soles(300_001), ExecutionState.InExecution, null)))).ShouldBe(BudgetRules.AccruedOver);
        (await FaultAsync(() => FollowAsync(0, new(2, Money.Soles(300_000), Money.Soles(79_000), ExecutionState.InExecution, null)))).ShouldBe(BudgetRules.AccruedFell);
        await FollowAsync(0, new(3, Money.Soles(320_000), Money.Soles(320_000), ExecutionState.Finished, "Adicional de obra"));
        (await FaultAsync(() => FollowAsync(0, new(2, Money.Soles(320_000), Money.Soles(320_000), ExecutionState.Finished, null)))).ShouldBe(BudgetRules.QuarterBefore);
        given.GoTo(new DateOnly(process.FiscalYear + 1, 2, 1));
        (await FaultAsync(() => given.WithAsync<FormaliseBudget>(f => f.RenderAsync(budget.Id, [], null, budget.Team)))).ShouldBe(BudgetRules.NoFollowUp, "P02 has no fourth quarter");
        await FollowAsync(1, new(4, Money.Soles(150_000), Money.Soles(20_000), ExecutionState.Stopped, "El contratista abandonó"));
        await given.WithAsync<FormaliseBudget>(f => f.RenderAsync(budget.Id, [(true, null)], "Se informó en asamblea.", budget.Team));
        process = await database.ReadAsync(db => db.BudgetProcesses.SingleAsync());
        (process.State, process.Accounts!.Accrued, process.Accounts.Pia).ShouldBe((BudgetState.Closed, Money.Soles(340_000), Money.Soles(450_000)));
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Votes_DecideByTheRuleInTheRegister_AndNeverMoreBallotsThanAgents(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Prioritising, Given.ByVotes);
        var process = await database.ReadAsync(db => db.BudgetProcesses.SingleAsync());
        BudgetProcess.DigestOf(process.FiscalYear, process.PackId, process.PackVersion, Given.ByVotes).ShouldBe(process.RuleDigest!.Value);
        var convened = await database.ReadAsync(db => db.Leaves.OrderBy(l => l.Index).Select(l => l.Body).ToListAsync());
        var told = convened.FindIndex(b => System.Text.Encoding.UTF8.GetString(b).Contains(process.RuleDigest!.Value.Hex));
        told.ShouldBeGreaterThan(0);
        told.ShouldBeLessThan(convened.FindIndex(b => System.Text.Encoding.UTF8.GetString(b).Contains("workshopConvened")), "the rule is in the register before the first workshop");
        Task<BudgetResult> TakeAsync() => given.WithAsync<RunPriorities, BudgetResult>(r => r.TakeResultAsync(budget.Id, budget.Team));
        (await FaultAsync(TakeAsync)).ShouldBe(BudgetRules.NobodyCame);
        await given.MeetAsync(budget, budget.Priorities, budget.Start.AddDays(38), signatures: 4);
        (await FaultAsync(TakeAsync)).ShouldBe(BudgetRules.SessionOpen);
        await given.VoteAsync(budget, ballots: 5);
        (await FaultAsync(TakeAsync)).ShouldBe(BudgetRules.BallotsExceed, "five ballots, four agents");
        (await FaultAsync(() => given.WithAsync<RunPriorities>(r => r.RepeatAsync(budget.Id, " ", budget.Team)))).ShouldBe(BudgetRules.WhyMissing);
        await given.WithAsync<RunPriorities>(r => r.RepeatAsync(budget.Id, "Sobraba una papeleta", budget.Team));
        await given.VoteAsync(budget, ballots: 4);
        var result = await TakeAsync();
        result.Ballots.ShouldBe(4);
        result.Spent.ShouldBeLessThanOrEqualTo(Money.Soles(500_000));
        result.Lines[0].Supporters.ShouldBe(4);
        result.Lines.Where(l => l.Fate == ResultFate.Reserve).ShouldAllBe(l => l.Reasons.Any(r => r.Met == false));
        result.Lines.Single(l => l.Code == "P03").Reasons.ShouldContain(r => r.Code.StartsWith("budget.with-"), "what would have funded it");
        (await database.ReadAsync(db => db.PrioritisationSessions.CountAsync())).ShouldBe(2, "the spoilt session stays");
        (await database.ReadAsync(db => db.BudgetProcesses.SingleAsync())).Changes.ShouldContain(c => c.Of == "repeat" && c.Why == "Sobraba una papeleta");
    }

    [Theory, BothDatabases]
    public async Task Agents_AreAccreditedOnce_ByOrganisationAndByPerson(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Convened, agents: 2);
        async Task<IReadOnlyList<string>> FaultsAsync(AgentInput input) =>
            [.. (await Should.ThrowAsync<AgentRefused>(() => given.WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(budget.Id, input, Participant)))).Faults.Select(f => $"{f.Field} {f.Code}")];
        (await FaultsAsync(Given.Agent(9) with { Organisation = "JUNTA  VECINAL 1" })).ShouldBe(["Organisation budget.organisation-twice"]);
        (await FaultsAsync(Given.Agent(9) with { Document = "4000 0001" })).ShouldBe(["Document budget.person-twice"], "blanks do not make another person");
        (await FaultsAsync(Given.Agent(9) with { Alternate = "Suplente", AlternateDocument = "40000002" })).ShouldBe(["AlternateDocument budget.person-twice"]);
        (await FaultsAsync(Given.Agent(9) with { Alternate = "Suplente", AlternateDocument = "40000009" })).ShouldBe(["AlternateDocument budget.alternate-same"]);
        (await FaultsAsync(Given.Agent(9) with { Document = "123", Group = null, Accreditation = "", Ruc = "20123456789" })).ShouldBe(
            ["Ruc member.ruc-invalid", "Document budget.document-wrong", "Group budget.group-missing", "Accreditation budget.accreditation-missing"], ignoreOrder: true);

        // Observed, cured late and in time; a rejected one may come again.
        var slip = await given.WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(budget.Id, Given.Agent(3), Participant));
        await given.WithAsync<ReviewAgents>(r => r.ObserveAsync(budget.Id, slip.Id, "Falta el acta", budget.Team));
        (await FaultAsync(() => given.WithAsync<RegisterAgents>(r => r.CureAsync(budget.Id, "ZZZZZ ZZZZZ", Given.Agent(3), Participant)))).ShouldBe(BudgetRules.CodeUnknown);
        await given.WithAsync<RegisterAgents>(r => r.CureAsync(budget.Id, AgentCodes.Grouped(slip.Code).ToLowerInvariant(), Given.Agent(3) with { Accreditation = "Acta del 2 de marzo" }, Participant));
        await given.WithAsync<ReviewAgents>(r => r.ObserveAsync(budget.Id, slip.Id, "Acta sin firmas", budget.Team));
        given.Clock.Advance(TimeSpan.FromDays(6));
        (await FaultAsync(() => given.WithAsync<RegisterAgents>(r => r.CureAsync(budget.Id, slip.Code, Given.Agent(3), Participant)))).ShouldBe(BudgetRules.CureLate);
        await given.WithAsync<ReviewAgents>(r => r.RejectAsync(budget.Id, slip.Id, "No subsanó", budget.Team));
        await given.WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(budget.Id, Given.Agent(3), Participant));

        // While one waits the register stays open; after its days nobody enters.
        given.GoTo(budget.Start.AddDays(10));
        (await FaultAsync(() => given.WithAsync<MoveBudget>(m => m.CloseRegisterAsync(budget.Id, budget.Team)))).ShouldBe(BudgetRules.RegistrationsOpen);
        (await FaultAsync(() => given.WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(budget.Id, Given.Agent(8), Participant)))).ShouldBe(BudgetRules.TooLate);
        // No identity number and no code is anywhere in the register.
        var leaves = string.Concat((await database.ReadAsync(db => db.Leaves.Select(l => l.Body).ToListAsync())).Select(b => System.Text.Encoding.UTF8.GetString(b)));
        leaves.ShouldNotContain("40000001");
        leaves.ShouldNotContain(slip.Code);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Steps_OutOfOrder_EarlyAndLate_AreRefusedInWords()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Preparing);
        Task MoveAsync(Func<MoveBudget, Task> move) => given.WithAsync(move);
        (await FaultAsync(() => MoveAsync(m => m.CloseRegisterAsync(budget.Id, budget.Team)))).ShouldBe("state.forbidden");
        (await FaultAsync(() => given.WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(budget.Id, Given.Agent(1), Participant)))).ShouldBe(BudgetRules.OutOfOrder);
        (await FaultAsync(() => given.WithAsync<PrepareBudget, (BudgetProcessId, string)>(p => p.StartAsync(budget.Entity.Id, Given.BudgetInput(2027, "060501"), null, budget.Team)))).ShouldBe(BudgetRules.YearTaken);
        (await FaultAsync(() => given.WithAsync<PrepareBudget, (BudgetProcessId, string)>(p => p.StartAsync(budget.Entity.Id, Given.BudgetInput(2031, "060501"), null, budget.Team)))).ShouldBe(BudgetRules.YearWrong);
        await MoveAsync(m => m.ConveneAsync(budget.Id, budget.Team));
        (await FaultAsync(() => MoveAsync(m => m.CloseRegisterAsync(budget.Id, budget.Team)))).ShouldBe(BudgetRules.TooEarly);
        (await FaultAsync(() => given.WithAsync<PrepareBudget>(p => p.SetRuleAsync(budget.Id, Given.ByVotes, budget.Team)))).ShouldBe(BudgetRules.OutOfOrder, "the rule is in the register");
        (await FaultAsync(() => given.WithAsync<PrepareBudget>(p => p.PlanAsync(budget.Id, [.. Given.BudgetDays(budget.Start).Select(s => s.Step == BudgetStep.Register ? s with { To = s.To.AddDays(1) } : s)], " ", budget.Team)))).ShouldBe(BudgetRules.WhyMissing);
        var tomorrow = new WorkshopInput(WorkshopKind.Training, "Capacitación", "Plaza", given.Clock.Now.AddDays(2), "");
        (await FaultAsync(() => given.WithAsync<RunWorkshops, BudgetWorkshopId>(r => r.ConveneAsync(budget.Id, tomorrow, budget.Team)))).ShouldBe(BudgetRules.NoticeShort);
        (await FaultAsync(() => given.WithAsync<RunWorkshops, BudgetWorkshopId>(r => r.ConveneAsync(budget.Id, tomorrow with { Kind = WorkshopKind.Priorities, StartsAt = given.Clock.Now.AddDays(20) }, budget.Team)))).ShouldBe(BudgetRules.WorkshopPhase);
        given.GoTo(budget.Start.AddDays(10));
        (await FaultAsync(() => MoveAsync(m => m.CloseRegisterAsync(budget.Id, budget.Team)))).ShouldBe(BudgetRules.NoAgents);
        await MoveAsync(m => m.CancelAsync(budget.Id, "El concejo derogó la ordenanza", budget.Team));
        (await FaultAsync(() => MoveAsync(m => m.ConveneAsync(budget.Id, budget.Team)))).ShouldBe("state.forbidden");
    }

    [Fact]
    public async Task TheRoll_ThatExceedsTheAgents_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Concerting);
        Task<int> RollAsync(int signatures, string numbers) => given.WithAsync<RunWorkshops, int>(r => r.TypeRollAsync(budget.Id, budget.Diagnosis, signatures, numbers, budget.Team));
        (await FaultAsync(() => RollAsync(5, "1-5"))).ShouldBe(BudgetRules.WorkshopNotYet);
        given.Clock.MoveTo(Given.At(budget.Start.AddDays(20)));
        (await FaultAsync(() => RollAsync(6, "1-6"))).ShouldBe(BudgetRules.RollExceeds);
        (await FaultAsync(() => RollAsync(4, "1-5"))).ShouldBe(BudgetRules.RollDiffers);
        (await FaultAsync(() => RollAsync(4, "1,2,3,3"))).ShouldBe(BudgetRules.RollTwice);
        (await FaultAsync(() => RollAsync(4, "1,2,3,44"))).ShouldBe(BudgetRules.RollUnknown);
        (await RollAsync(3, "1-3")).ShouldBe(3);
        // By code, twice: it counts once.
        var first = await given.WithAsync<RunWorkshops, (int Number, string Name, bool Already)>(r => r.ArriveByCodeAsync(budget.Id, budget.Diagnosis, budget.Slips[3].Code, Participant));
        var second = await given.WithAsync<RunWorkshops, (int Number, string Name, bool Already)>(r => r.ArriveByCodeAsync(budget.Id, budget.Diagnosis, budget.Slips[3].Code, Participant));
        (first.Already, second.Already).ShouldBe((false, true));
        (await FaultAsync(() => given.WithAsync<RunWorkshops>(r => r.NoteProblemsAsync(budget.Id, budget.Diagnosis, [new(1, "Falta agua", "Agua todo el día", 5)], budget.Team)))).ShouldBe(BudgetRules.ProblemVotes, "four came");
        await given.WithAsync<RunWorkshops>(r => r.NoteProblemsAsync(budget.Id, budget.Diagnosis, [new(1, "Falta agua", "Agua", 1), new(2, "Falta posta", "Salud", 3)], budget.Team));
        (await database.ReadAsync(db => db.BudgetWorkshops.SingleAsync(w => w.Id == budget.Diagnosis))).Problems[0].Problem.ShouldBe("Falta posta");
        given.Clock.MoveTo(Given.At(budget.Start.AddDays(21)));
        (await FaultAsync(() => given.WithAsync<RunWorkshops, (int, string, bool)>(r => r.ArriveByCodeAsync(budget.Id, budget.Diagnosis, budget.Slips[4].Code, Participant)))).ShouldBe(BudgetRules.ArrivalsShut);
    }

    [Fact]
    public async Task Proposals_AreJudgedByTheGates_AndTheProposerAnswers()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Concerting);
        var district = (await database.ReadAsync(db => db.BudgetProcesses.SingleAsync())).PlaceCode;
        Task<(BudgetProposalId Id, string Code)> ProposeAsync(ProposalInput input) => given.WithAsync<ProposeWorks, (BudgetProposalId Id, string Code)>(p => p.ByAgentAsync(budget.Id, budget.Slips[0].Code, input, Participant));
        (await FaultAsync(() => ProposeAsync(Given.Work(7, district, 500_001)))).ShouldBe(BudgetRules.OverAmount);
        (await FaultAsync(() => ProposeAsync(Given.Work(7, district, 100, 100)))).ShouldBe(BudgetRules.NothingAsked);
        (await FaultAsync(() => ProposeAsync(Given.Work(7, "150101", 100)))).ShouldBe(BudgetRules.DistrictOutside);
        (await FaultAsync(() => ProposeAsync(Given.Work(7, district, 100) with { Cui = "25000" }))).ShouldBe(BudgetRules.CuiWrong);
        var (id, _) = await ProposeAsync(Given.Work(1, district, 600_000, 200_000) with { Stage = ProjectStage.Idea, Cui = null, BeneficiaryWomen = 0, BeneficiaryMen = 0 });
        Task<ProposalState> JudgeAsync(bool final, bool competence = true) => given.WithAsync<EvaluateProposal, ProposalState>(async e =>
            await e.ExecuteAsync(budget.Id, id, new([new(Gate.Problem, true, null), new(Gate.Competence, competence, competence ? null : "Es de la provincia"), new(Gate.Upkeep, true, null)], [new("gap", 50, "Informe"), new("people", 20, "Padrón")], final), (await database.ReadAsync(db => db.BudgetProposals.SingleAsync(p => p.Id == id))).Version, budget.Team));
        (await JudgeAsync(final: false)).ShouldBe(ProposalState.Observed);
        var judged = (await database.ReadAsync(db => db.BudgetProposals.SingleAsync(p => p.Id == id))).Evaluation!;
        judged.Findings.Where(f => !f.Met).Select(f => f.Gate).ShouldBe([Gate.Beneficiaries, Gate.Code, Gate.Twice], ignoreOrder: true, "no people, not viable, and P01 has its title");
        (await FaultAsync(() => given.WithAsync<ProposeWorks>(p => p.AnswerAsync(budget.Id, id, budget.Slips[1].Code, Given.Work(8, district, 400_000), "Se corrige", Participant)))).ShouldBe(BudgetRules.CodeUnknown, "the code of another agent");
        await given.WithAsync<ProposeWorks>(p => p.AnswerAsync(budget.Id, id, budget.Slips[0].Code, Given.Work(8, district, 400_000), "Se declaró viable", Participant));
        (await JudgeAsync(final: false)).ShouldBe(ProposalState.Suitable);
        var proposal = await database.ReadAsync(db => db.BudgetProposals.SingleAsync(p => p.Id == id));
        (proposal.Evaluations.Count, proposal.Evaluations[0].Answer, proposal.Evaluation!.Points).ShouldBe((2, "Se declaró viable", 70));
        (await FaultAsync(() => JudgeAsync(final: true, competence: false))).ShouldBe("state.forbidden", "a verdict stands");
    }

    [Fact]
    public async Task EarlierAccounts_AreHeardBeforeAnybodyPrioritises()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var budget = await given.BudgetAsync(BudgetState.Evaluating);
        await given.WithAsync<FormaliseBudget>(f => f.RecordEarlierAsync(budget.Id, new(2025, "Informe 3-2026", [new("Posta", Money.Soles(100), Money.Soles(100), Money.Soles(90), ExecutionState.Finished, null)]), budget.Team));
        (await FaultAsync(() => given.WithAsync<FormaliseBudget>(f => f.RecordEarlierAsync(budget.Id, new(2025, "Informe", [new("Posta", Money.Soles(100), Money.Soles(90), Money.Soles(90), ExecutionState.Finished, null)]), budget.Team)))).ShouldBe(BudgetRules.PiaDiffers);
        foreach (var (index, proposal) in budget.Proposals.Index()) await given.PassAsync(budget, proposal, 90 - (10 * index));
        var accounts = await given.WithAsync<RunWorkshops, BudgetWorkshopId>(r => r.ConveneAsync(budget.Id, new(WorkshopKind.Accounts, "Rendición de cuentas", "Plaza", Given.At(budget.Start.AddDays(39)), ""), budget.Team));
        given.GoTo(budget.Start.AddDays(37));
        (await FaultAsync(() => given.WithAsync<RunPriorities>(r => r.OpenAsync(budget.Id, budget.Team)))).ShouldBe(BudgetRules.AccountsOwed);
        given.GoTo(budget.Start.AddDays(39));
        await given.WithAsync<RunWorkshops, int>(r => r.TypeRollAsync(budget.Id, accounts, 2, "1 2", budget.Team));
        await given.WithAsync<RunWorkshops>(r => r.HoldAsync(budget.Id, accounts, null, budget.Team));
        await given.WithAsync<RunPriorities>(r => r.OpenAsync(budget.Id, budget.Team));
    }
}
