using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;

namespace Minka.TestKit;

/// <summary>What stands in the addresses of a participatory budget.</summary>
public sealed record FabricatedBudget(string Slug, BudgetAgentId Agent, BudgetWorkshopId Workshop, BudgetProposalId Proposal);

/// <summary>A participatory budget as it stands after its opening budget, written at once: for pages that are walked, where no clock may move.</summary>
public static class FabricatedBudgets
{
    /// <param name="mark">Stands in every name that a page shows.</param>
    /// <param name="person">The name of the representatives, who are for the entity's own people.</param>
    public static Task<FabricatedBudget> MakeAsync(IServiceProvider services, EntityId entityId, string mark, string person) =>
        services.GetRequiredService<Writer>().ActAsync("test.budget", Actor.System, async work =>
        {
            var keys = services.GetRequiredService<SealingKeys>();
            var entity = await work.Db.CoordinationEntities.SingleAsync(e => e.Id == entityId);
            var year = work.Today.Year + 1;
            var id = work.NewId<BudgetProcessId>();
            using var key = DataKey.New(work.Entropy);
            var process = new BudgetProcess
            {
                Id = id,
                EntityId = entityId,
                Slug = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{entity.Slug}-{year}"),
                FiscalYear = year,
                PackId = BudgetPack.Peru.Id,
                PackVersion = BudgetPack.Peru.Version,
                CreatedAt = work.Now,
                WrappedKey = keys.Wrap(key, BudgetLoads.KeyName(id), work.Entropy),
            };
            var paper = await services.GetRequiredService<FileStore>().PutAsync(System.Text.Encoding.ASCII.GetBytes($"%PDF-1.4\n% ordenanza {id.Value}\n%%EOF\n"), "ordenanza.pdf");
            process.Prepare(Given.BudgetInput(year, entity.ProvinceCodes[0] + "01") with { Title = $"Presupuesto participativo {mark}" }, paper.AddTo(work).Id);
            process.Plan(BudgetPack.Peru.ScheduleFor(year));
            process.SetRule(Given.ByCriteria);
            work.Db.BudgetProcesses.Add(process);
            work.Db.BudgetTeamMembers.Add(new BudgetTeamMember { Id = work.NewId<BudgetTeamMemberId>(), ProcessId = id, Role = TeamRole.Chair, Office = $"Oficina de planeamiento {mark}", Name = person, From = work.Today });
            process.Convene(work.Now);
            var agents = new List<BudgetAgent>();
            for (var n = 1; n <= 6; n++)
            {
                var input = Given.Agent(n) with { Organisation = $"Junta vecinal {n.ToString(System.Globalization.CultureInfo.InvariantCulture)} {mark}", Representative = person };
                var agent = new BudgetAgent { Id = work.NewId<BudgetAgentId>(), ProcessId = id, Number = process.NextAgent(), Kind = AgentKind.CivilSociety, RequestedAt = work.Now };
                agent.Set(input, AgentsRegister.DigestOf(key, input.Document), null);
                if (n < 6) agent.Accredit(work.Now);
                else agent.Observe("Falta el acta", work.Today.AddDays(3), work.Now);
                agents.Add(agent);
            }
            work.Db.BudgetAgents.AddRange(agents);
            process.Move("close-register");
            var workshop = new BudgetWorkshop { Id = work.NewId<BudgetWorkshopId>(), ProcessId = id, Kind = WorkshopKind.Priorities, ConvenedAt = work.Now };
            workshop.Set($"Taller de priorización {mark}", "Plaza de armas", work.Now.AddDays(-1), "Problemas y prioridades");
            workshop.Signed(5);
            workshop.Note([new(1, "Falta agua", "Agua todo el día", 4), new(2, "Falta posta", "Salud cerca", 1)]);
            work.Db.BudgetWorkshops.Add(workshop);
            work.Db.BudgetAttendances.AddRange(agents.Take(5).Select(a => new BudgetAttendance { WorkshopId = workshop.Id, AgentId = a.Id, Way = ArrivalWay.PaperRoll, At = work.Now }));
            var proposals = new List<BudgetProposal>();
            foreach (var (n, cost, others) in new[] { (1, 300_000, 0), (2, 250_000, 50_000), (3, 120_000, 20_000) })
            {
                var proposal = new BudgetProposal { Id = work.NewId<BudgetProposalId>(), ProcessId = id, Number = process.NextProposal(), AgentId = agents[n].Id, SubmittedAt = work.Now };
                var input = Given.Work(n, process.PlaceCode, cost, others);
                proposal.Set(process, input with { Title = $"{input.Title} {mark}" });
                var findings = GateJudge.Computed(process, proposal, null, []).Concat(process.Pack.Gates.Where(g => !g.Computed).Select(g => new GateFinding(g.Gate, true, null, null)));
                proposal.Judge(new(1, ProposalState.Suitable, [.. findings], [new("gap", 60 - n, "Informe técnico"), new("people", 30, "Padrón")], 90 - n, work.Now), null);
                proposals.Add(proposal);
            }
            work.Db.BudgetProposals.AddRange(proposals);
            foreach (var verb in new[] { "close-proposals", "open-priorities" }) process.Move(verb);
            var result = BudgetPriorities.ByCriteria([.. proposals.Select(p => new Contender(p.Id, p.Code, p.Title, p.Evaluation!.Points!.Value, p.Beneficiaries, p.Cost, p.FromOthers))], process.Amount, true, process.RuleDigest!.Value);
            process.TakeResult(result, work.Now);
            process.SetCommitments([new("Municipalidad", "Elaborar los expedientes técnicos", null, work.Today.AddDays(90))]);
            process.Draft(new()
            {
                EntityName = entity.Name,
                Title = process.Title,
                FiscalYear = year,
                Place = process.PlaceCode,
                Ordinance = process.Ordinance! with { FileId = null },
                Amount = process.Amount,
                Spent = result.Spent,
                Method = result.Method,
                RuleDigest = process.RuleDigest!.Value,
                Ballots = null,
                Agents = 5,
                AgentsWomen = 3,
                Workshops = [new(workshop.Kind, workshop.Title, workshop.Place, workshop.StartsAt, 5, 3)],
                Projects = [.. result.Funded.Select(l => new ActaProject(l.Rank, l.Code, l.Title, null, [process.PlaceCode], l.Cost, l.Asked, proposals.First(p => p.Id == l.ProposalId).CoFunding))],
                Reserve = [],
                Commitments = process.Commitments,
                Committee = [],
                DraftedOn = work.Today,
            });
            process.Sign(work.Now);
            process.Publish(work.Now);
            process.Elect(CommitteeCount.Decide(new(workshop.Id, 4, 2, [.. agents.Take(5).Select(a => (a.Number, (long)(6 - a.Number)))], 5, 0, 0, [], null), agents, process.Pack, 5, work.Today));
            process.Formalise(OpeningBudget.Of(result, "Acuerdo de Concejo 101", work.Today, result.Funded.ToDictionary(l => l.ProposalId, l => (l.Asked, (string?)null))));
            work.Db.BudgetReports.Add(new BudgetReport { Id = work.NewId<BudgetReportId>(), ProcessId = id, ProposalId = proposals[0].Id, Quarter = 1, Pim = Money.Soles(300_000), Accrued = Money.Soles(90_000), State = ExecutionState.InExecution, Why = "Adicional", At = work.Now });
            work.Db.VigilanceNotes.Add(new VigilanceNote { Id = work.NewId<VigilanceNoteId>(), ProcessId = id, Kind = NoteKind.Report, Organisation = agents[0].Organisation, Text = $"Se visitó la obra {mark}", At = work.Now, ReplyBy = work.Today.AddDays(7) });
            work.Db.VigilanceNotes.Add(new VigilanceNote { Id = work.NewId<VigilanceNoteId>(), ProcessId = id, Kind = NoteKind.Complaint, Text = $"Queja de {person}", At = work.Now, ReplyBy = work.Today.AddDays(7) });
            return new FabricatedBudget(process.Slug, agents[5].Id, workshop.Id, proposals[0].Id);
        });
}
