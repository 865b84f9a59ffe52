using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;

namespace Minka.Core.Story;

/// <summary>
/// A participatory budget of one alliance, convened today and with its register open: some agents are accredited, one waits for its review,
/// and a visitor may register too. The clock does not move for it.
/// </summary>
sealed class BudgetStory(IServiceProvider services, DateOnly today)
{
    static readonly (string Name, string Group)[] Agents =
        [("Comunidad del valle alto (DEMO)", "communities"), ("Junta de regantes (DEMO)", "communities"), ("Comité de ganaderos (DEMO)", "producers"), ("Vaso de leche (DEMO)", "women"), ("Asociación de artesanas (DEMO)", "women")];

    public async Task ConveneAsync(EntityId entity, string place, string code, Actor manager, CancellationToken cancel)
    {
        var year = today.AddDays(120).Year + 1;
        var input = new BudgetInput($"Presupuesto participativo {year.ToString(CultureInfo.InvariantCulture)} de {place} (DEMO)", year, ImpactLevel.Provincial, code, "Ordenanza 012 (DEMO)", today.AddDays(-10), Money.Soles(800_000), "Programación multianual (DEMO)", 2_000,
            "Los datos sirven solo para este proceso, los ve el equipo técnico y se guardan dos años. (DEMO)");
        var (id, _) = await WithAsync<PrepareBudget, (BudgetProcessId, string)>(p => p.StartAsync(entity, input, null, manager, cancel));
        await WithAsync<PrepareBudget>(p => p.PlanAsync(id, Days(today), null, manager, cancel));
        await WithAsync<PrepareBudget>(p => p.AddToTeamAsync(id, TeamRole.Chair, "Oficina de Planeamiento (DEMO)", "Jefatura de planeamiento (DEMO)", manager, cancel));
        await WithAsync<PrepareBudget>(p => p.SetRuleAsync(id, new(PriorityMethod.Votes, RunPrioritisation.Compared[0], BallotForm.Several, 3, SkipUnaffordable: true, []), manager, cancel));
        await WithAsync<MoveBudget>(m => m.ConveneAsync(id, manager, cancel));
        foreach (var (i, (name, group)) in Agents.Index())
        {
            var number = (40_000_001 + i).ToString(CultureInfo.InvariantCulture);
            var slip = await WithAsync<RegisterAgents, AgentSlip>(r => r.RequestAsync(id, new(AgentKind.CivilSociety, name, null, group, null, "Zona alta (DEMO)", "Representante (DEMO)", number, i % 2 == 0, "Acta de asamblea (DEMO)"), new Actor(null, "participant"), cancel));
            if (i < Agents.Length - 1) await WithAsync<ReviewAgents>(r => r.AccreditAsync(id, slip.Id, manager, cancel));
        }
    }

    static IReadOnlyList<ScheduledStep> Days(DateOnly start)
    {
        ScheduledStep Step(BudgetStep step, int from, int to) => new(step, start.AddDays(from), start.AddDays(to));
        return
        [
            Step(BudgetStep.Notice, -1, 5), Step(BudgetStep.Register, 0, 20), Step(BudgetStep.Training, 5, 25), Step(BudgetStep.Diagnosis, 21, 35), Step(BudgetStep.Proposals, 21, 45), Step(BudgetStep.Evaluation, 47, 60),
            Step(BudgetStep.Accounts, 61, 65), Step(BudgetStep.Priorities, 66, 75), Step(BudgetStep.Acta, 77, 85), Step(BudgetStep.Coordination, 86, 95), Step(BudgetStep.Pia, 96, 110),
        ];
    }

    async Task<TResult> WithAsync<T, TResult>(Func<T, Task<TResult>> use)
        where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    async Task WithAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }
}
