using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account.Passkeys;

[SignedIn]
public sealed class ChangeModel(OwnPasskeys passkeys) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    PasskeyId Id => PasskeyId.From(RouteId("passkey"));

    public override async Task LoadAsync()
    {
        var key = await passkeys.FindAsync(Person!.Id, Id, HttpContext.RequestAborted);
        Name ??= key.Data.Name;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await passkeys.RenameAsync(Person!.Id, Id, Name, Actor, HttpContext.RequestAborted);
        Say("passkey.renamed", Name!.Trim());
        return LocalRedirect("/cuenta/llaves");
    }
}
