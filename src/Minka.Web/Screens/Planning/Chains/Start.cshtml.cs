using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Chains;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Chains;

[May(Role.Manager, Role.Secretary)]
public sealed class StartModel(AppDb db, StartChain start) : ChainScreen(db)
{
    [BindProperty]
    public ChainForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        var id = await start.ExecuteAsync(Entity.Id, input, Actor);
        Say("chains.started");
        return LocalRedirect($"{Home}/{id.Value}");
    }
}
