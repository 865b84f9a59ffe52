using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Chains;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Chains;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, ChangeChain change, RemoveChain remove) : ChainScreen(db)
{
    [BindProperty]
    public ChainForm Input { get; set; } = new();

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public ValueChain Chain { get; private set; } = null!;

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Chain = await Db.ChainAsync(Entity.Id, new(RouteId("chain")));
        if (!Request.HasFormContentType || Request.Query.ContainsKey("handler")) (Input, Seen) = (ChainForm.Of(Chain), Chain.Version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await change.ExecuteAsync(Entity.Id, Chain.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            Conflict = Input.Against(ChainForm.Of(Chain), T);
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Chain.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return LocalRedirect($"{Home}/{Chain.Id.Value}");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        await remove.ExecuteAsync(Entity.Id, Chain.Id, Actor);
        Say("chains.removed", Chain.Name);
        return LocalRedirect(Home);
    }
}
