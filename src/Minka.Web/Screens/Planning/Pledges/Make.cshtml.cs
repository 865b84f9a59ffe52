using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Pledges;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Pledges;

[May(Role.Manager, Role.Secretary)]
public sealed class MakeModel(AppDb db, MakePledge make) : ProgrammeScreen(db)
{
    [BindProperty]
    public PledgeForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        var id = await make.ExecuteAsync(Programme.Id, input, Actor);
        Say("pledge.made");
        return Redirect($"{Address}/aportes/{id.Value}");
    }
}
