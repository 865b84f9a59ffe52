using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Programmes;

/// <summary>The programme as it stands: what each save changed in money, cohesion and what is lacking.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class BuildModel(AppDb db, Country country, Gazetteer gazetteer, TakeIntoProgramme take, ReturnToBank giveBack) : ProgrammeScreen(db)
{
    public const int BankOnPage = 25;

    /// <summary>Beside a large programme fewer are listed, so that the page stays light.</summary>
    const int FewOfBank = 10;

    /// <summary>Part of the title or of the code of projects in the bank.</summary>
    [BindProperty(SupportsGet = true, Name = "banco")]
    public string? Wanted { get; set; }

    public IReadOnlyList<BankRow> Bank { get; private set; } = [];

    /// <summary>Projects in the bank that could be taken, as searched.</summary>
    public int InBank { get; private set; }

    public IReadOnlyList<Choice> Axes => [.. View.Content.Strategy.Axes.Select(a => new Choice($"{a.Id.Value}", $"{a.Code} {a.Name}"))];

    public ProgrammeView View { get; private set; } = null!;

    public IReadOnlyList<Reason> Lacking { get; private set; } = [];

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        var content = await Db.ProgrammeContentAsync(Programme);
        View = await ProgrammeView.MakeAsync(content, T, country, gazetteer, MayEdit ? $"{Address}/proyectos/" : null, $"{Address}/constructor/filas", PageAsked, MayEdit);
        Lacking = [.. FreezeCheck.Of(content, PlanningLimits.Reference.MinimumProjects).Where(r => r.Met == false)];
        await LoadBankAsync();
        var last = await Db.ProgrammeVersions.Where(v => v.ProgrammeId == Programme.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync();
        var frozen = last is not null && last.Digest == content.Digest();
        Steps =
        [
            new(T["planning.step.write"], frozen ? StepState.Done : StepState.Now, T["planning.who.manager"]),
            new(T["planning.step.freeze"], frozen ? StepState.Done : StepState.Next, T["planning.who.manager"], frozen ? T["planning.version.number", last!.Number] : null),
            new(T["planning.step.vote"], !frozen ? StepState.Next : last!.IsAdopted ? StepState.Done : StepState.Now, T["planning.who.assembly"]),
            new(T["planning.step.apply"], frozen && last!.IsAdopted ? StepState.Now : StepState.Next, T["planning.who.manager"]),
        ];
    }

    async Task LoadBankAsync()
    {
        if (!MayEdit) return;
        var alive = Db.Projects.Where(p => p.EntityId == Programme.EntityId && p.ProgrammeId == null && p.Stage != ProjectStage.Discarded && p.Stage != ProjectStage.Closed);
        if (Wanted?.Trim().ToLowerInvariant() is { Length: > 0 } text) alive = alive.Where(p => p.Title.ToLower().Contains(text) || p.Code.ToLower().Contains(text));
        InBank = await alive.CountAsync();
        Bank = await alive.OrderBy(p => p.Code.Length).ThenBy(p => p.Code).Take(View.Content.Projects.Count > 100 ? FewOfBank : BankOnPage).Select(p => new BankRow(p.Id, p.Code, p.Title, p.Chain, p.PlannedCost, p.Problem != "" && p.Objective != "")).ToListAsync();
    }

    /// <summary>Takes the marked projects of the bank into the programme, as they are.</summary>
    /// <param name="axis">For all of them; empty: the axis of each one's sheet, where the strategy has it.</param>
    public async Task<IActionResult> OnPostTakeAsync(List<Guid> ids, string? axis)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await base.LoadAsync();
        if (ids.Count == 0) Fault("", "builder.take-none");
        var known = await Db.Axes.Where(a => a.StrategyId == Programme.StrategyId).Select(a => a.Id).ToHashSetAsync();
        AxisId? chosen = Guid.TryParse(axis, out var value) && known.Contains(new(value)) ? new AxisId(value) : null;
        foreach (var id in ids.Select(i => new ProjectId(i)))
        {
            var own = await Db.Projects.Where(p => p.Id == id && p.EntityId == Programme.EntityId).Select(p => p.AxisId).FirstOrDefaultAsync();
            try
            {
                await take.ExecuteAsync(id, Programme.Id, chosen ?? (own is { } kept && known.Contains(kept) ? kept : null), Actor);
            }
            catch (RuleBroken broken)
            {
                ModelState.AddModelError("", T.Of(broken));
            }
        }
        if (!ModelState.IsValid) return await AgainAsync();
        Say(ids.Count == 1 ? "builder.taken-one" : "builder.taken", ids.Count);
        return Redirect($"{Address}/constructor#proyectos");
    }

    /// <summary>Gives one project back to the bank with all that is written of it.</summary>
    public async Task<IActionResult> OnPostReturnAsync(Guid id)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await base.LoadAsync();
        await giveBack.ExecuteAsync(Programme.Id, new(id), Actor);
        Say("builder.returned");
        return Redirect($"{Address}/constructor#proyectos");
    }
}

/// <summary>A project of the bank that could be taken.</summary>
/// <param name="IsWritten">Its problem and its objective are told, as a programme asks.</param>
public sealed record BankRow(ProjectId Id, string Code, string Title, string? Chain, Money Cost, bool IsWritten);
