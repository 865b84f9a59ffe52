using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Programmes;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, ChangeProgramme change) : ProgrammeScreen(db)
{
    [BindProperty]
    public ProgrammeForm Input { get; set; } = new();

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public IReadOnlyList<Choice> Strategies { get; private set; } = [];

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Strategies = await StrategyChoices.OfAsync(Db, T, Entity.Id, Programme.StrategyId);
        if (HttpMethods.IsGet(Request.Method)) (Input, Seen) = (ProgrammeForm.Of(Programme), Programme.Version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await change.ExecuteAsync(Programme.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            var stored = ProgrammeForm.Of(Programme);
            Conflict =
            [
                new(T["planning.programme.field.title"], Input.Title ?? "", stored.Title ?? ""),
                new(T["planning.programme.field.objective"], Input.Objective ?? "", stored.Objective ?? ""),
                new(T["planning.programme.field.strategy"], Name(Input.Strategy), Name(stored.Strategy)),
            ];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Programme.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect($"{Address}/constructor");

        string Name(string? id) => Strategies.FirstOrDefault(s => s.Value == id)?.Text ?? "";
    }
}
