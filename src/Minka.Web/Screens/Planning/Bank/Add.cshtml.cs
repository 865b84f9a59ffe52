using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>An idea in a minute; its sheet is filled in afterwards, part by part.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class AddModel(AppDb db, AddToBank add) : BankScreen(db)
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Problem { get; set; }

    [BindProperty]
    public string? Objective { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Stage { get; set; } = nameof(ProjectStage.Idea);

    [BindProperty]
    public string? Cost { get; set; }

    public IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<ProjectKind>().Select(k => new Choice(k.ToString(), T.Of(k), T[$"bank.kind-hint.{k}"]))];

    public IReadOnlyList<Choice> Stages => [.. Enum.GetValues<ProjectStage>().Where(s => s != ProjectStage.Discarded).Select(s => new Choice(s.ToString(), T.Of(s)))];

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var reader = new FormReader(ModelState, T);
        var title = reader.Text(Title, nameof(Title));
        var input = new BankProjectInput(new ProjectInput
        {
            Title = title,
            Problem = reader.Optional(Problem, nameof(Problem), PlanningRules.LongestText) ?? "",
            Objective = reader.Optional(Objective, nameof(Objective), PlanningRules.LongestText) ?? "",
            PlannedCost = string.IsNullOrWhiteSpace(Cost) ? Money.Zero : reader.Money(Cost, nameof(Cost)),
        }, Enum.TryParse<ProjectStage>(Stage, out var stage) && Enum.IsDefined(stage) ? stage : ProjectStage.Idea,
            new SheetInput { Kind = Enum.TryParse<ProjectKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null });
        if (!ModelState.IsValid) return await AgainAsync();
        var id = await add.ExecuteAsync(Entity.Id, input, Actor);
        Say("bank.added", title);
        return Redirect($"{Home}/{id.Value}");
    }
}
