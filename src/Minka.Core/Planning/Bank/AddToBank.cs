using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>What an editor types of a project that belongs to no programme yet.</summary>
/// <param name="Sheet">Null: to be filled in later.</param>
/// <param name="Lines">Null: no costs by source yet.</param>
public sealed record BankProjectInput(ProjectInput Project, ProjectStage Stage = ProjectStage.Idea, SheetInput? Sheet = null, IReadOnlyList<CostLineInput>? Lines = null);

/// <summary>Keeps an idea or a project in the bank of a territory.</summary>
[UseCase]
public sealed class AddToBank(Writer writer, Country? country = null)
{
    public Task<ProjectId> ExecuteAsync(EntityId entity, BankProjectInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.add-project", actor, work => AddAsync(work, entity, input, cancel), new ActNote("entity", entity.Value), cancel);

    /// <summary>The same within the act of another use case.</summary>
    public async Task<ProjectId> AddAsync(Work work, EntityId entity, BankProjectInput input, CancellationToken cancel)
    {
        if (await work.Db.Projects.CountAsync(p => p.EntityId == entity, cancel) >= PlanningRules.MostInBank) throw new RuleBroken(PlanningRules.BankFull, PlanningRules.MostInBank);
        var code = string.IsNullOrWhiteSpace(input.Project.Code) ? await BankChecks.NextCodeAsync(work.Db, entity, cancel) : input.Project.Code;
        var project = Project.AddToBank(work.NewId<ProjectId>(), entity, code, input.Project, input.Stage);
        await BankChecks.MustFitAsync(work.Db, country, project, cancel);
        var sheet = ProjectSheet.Of(project, input.Sheet ?? new());
        BankChecks.MustLieInCountry(country, sheet.Shape);
        var lines = input.Lines ?? [];
        if (lines.Count > PlanningRules.MostLines) throw new RuleBroken(PlanningRules.TooManyLines, PlanningRules.MostLines);
        work.Db.Projects.Add(project);
        work.Db.ProjectSheets.Add(sheet);
        work.Db.CostLines.AddRange(lines.Select((l, i) => CostLine.Add(work.NewId<CostLineId>(), project.Id, i + 1, l)));
        return project.Id;
    }
}
