using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account.Passkeys;

[SignedIn]
public sealed class RemoveModel(AppDb db, OwnPasskeys passkeys) : Screen
{
    public Passkey Key { get; private set; } = null!;

    public bool HasPassword { get; private set; }

    PasskeyId Id => PasskeyId.From(RouteId("passkey"));

    public override async Task LoadAsync()
    {
        Key = await passkeys.FindAsync(Person!.Id, Id, HttpContext.RequestAborted);
        HasPassword = await db.People.AnyAsync(p => p.Id == Person!.Id && p.PasswordHash != null, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await passkeys.RemoveAsync(Person!.Id, Id, Actor, HttpContext.RequestAborted);
        await HttpContext.SignInAsync(SignInModel.SessionOf(await db.People.SingleAsync(p => p.Id == Person!.Id)));
        Say("passkey.removed", Key.Data.Name);
        return LocalRedirect("/cuenta/llaves");
    }
}
