using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Appraisals;

/// <summary>The ex-ante evaluation of one project: what is typed, and every figure with its flow beside it.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ChangeModel(AppDb db, SetAppraisal set) : ProgrammeScreen(db)
{
    [BindProperty]
    public AppraisalForm Input { get; set; } = new();

    /// <summary>The version that the form was made from; -1 before the first.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public ProjectContent Project { get; private set; } = null!;

    /// <summary>As saved.</summary>
    public AppraisalInput? Saved { get; private set; }

    public AppraisalFigures? Figures { get; private set; }

    public bool MayEdit { get; private set; }

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public IReadOnlyList<Choice> Rates => [.. DiscountRates.All.Select(r => new Choice(r.Code, T["appraisal.rate.of", r.Name, r.Rate], T["appraisal.rate.source", r.Source])), new(AppraisalForm.Private, T["appraisal.rate.private"], T["appraisal.rate.private.hint"])];

    public IReadOnlyList<Tab> Tabs => MayEdit ? RoomsOf(Project.Id, "evaluacion") : [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        var id = new ProjectId(RouteId("project"));
        Project = (await Db.ProgrammeContentAsync(Programme)).Projects.FirstOrDefault(p => p.Id == id) ?? throw new NotFound("project", id.Value);
        var stored = await Db.Appraisals.SingleOrDefaultAsync(a => a.ProjectId == id);
        Saved = stored?.ToInput();
        Figures = Saved is null ? null : AppraisalFigures.Of(Project, Saved);
        if (HttpMethods.IsGet(Request.Method))
        {
            (Input, Seen) = (AppraisalForm.Of(Saved), stored?.Version ?? SetAppraisal.None);
            // A first table already has its years: those after the last cost.
            if (Saved is null && Project.Lines.Count > 0)
                Input.Years = [.. Enumerable.Range(Project.Lines.Max(l => l.Year) + 1, Appraisal.BusinessPlanYears).Select(y => new YearForm { Year = $"{y}" })];
            Input.Spare(2, Input.Executed.Count == 0 ? 3 : 1);
        }
        Input.Spare(0, 0);
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (go == "rows")
        {
            Input.Spare(5, 2);
            return Page();
        }
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        input = input with { Years = [.. input.Years.Where(y => !(y.Operation.IsZero && y.Benefits.IsZero))] };
        try
        {
            await set.ExecuteAsync(Programme.Id, Project.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            Conflict = Differences.Of(input, Saved ?? new(), T);
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = await Db.Appraisals.Where(a => a.ProjectId == Project.Id).Select(a => (int?)a.Version).SingleOrDefaultAsync() ?? SetAppraisal.None;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("appraisal.saved");
        return Redirect($"{Address}/proyectos/{Project.Id.Value}/evaluacion");
    }
}
