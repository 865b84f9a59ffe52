using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account;

[SignedIn]
public sealed class MeModel(AppDb db, ChangePassword changePassword, SecondStep secondStep, SignInGuard guard) : Screen
{
    [BindProperty]
    public string? Old { get; set; }

    [BindProperty]
    public string? New { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    [BindProperty]
    public string? Present { get; set; }

    public string UserName { get; private set; } = "";

    public bool HasPassword { get; private set; }

    public bool TwoSteps { get; private set; }

    public int RecoveryLeft { get; private set; }

    public int Passkeys { get; private set; }

    public override async Task LoadAsync()
    {
        var me = await db.People.SingleAsync(p => p.Id == Person!.Id);
        (UserName, HasPassword, TwoSteps) = (me.UserName ?? "", me.PasswordHash is not null, me.TwoFactorEnabled);
        Passkeys = await db.Passkeys.CountAsync(k => k.UserId == me.Id, HttpContext.RequestAborted);
        RecoveryLeft = await secondStep.RecoveryLeftAsync(me.Id, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (New != Repeated)
        {
            Fault(nameof(Repeated), "rule.account.passwords-differ");
            return await AgainAsync();
        }
        if (!guard.Allows(HttpContext, Person!.Id.ToString())) return await TooManyAsync();
        await changePassword.ExecuteAsync(Person!.Id, Old, New, Actor, HttpContext.RequestAborted);
        await RenewSessionAsync();
        Say("account.me.password.done");
        return LocalRedirect("/cuenta");
    }

    public async Task<IActionResult> OnPostDisableAsync()
    {
        if (!guard.Allows(HttpContext, Person!.Id.ToString())) return await TooManyAsync();
        await secondStep.DisableAsync(Person!.Id, Present, Actor, HttpContext.RequestAborted);
        await RenewSessionAsync();
        Say("account.me.totp.disabled");
        return LocalRedirect("/cuenta");
    }

    // Whoever holds the session alone must not find the password out by trying.
    Task<IActionResult> TooManyAsync()
    {
        Fault("", "account.sign-in.locked");
        return AgainAsync(StatusCodes.Status429TooManyRequests);
    }

    // The stamp changed: every session ended, this one too.
    async Task RenewSessionAsync() => await HttpContext.SignInAsync(SignInModel.SessionOf(await db.People.SingleAsync(p => p.Id == Person!.Id)));
}
