using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account.Passkeys;

/// <summary>Adds a key in two steps: its name and the password, then the device. A refusal leads back to the first with the name kept.</summary>
[SignedIn]
public sealed class AddModel(AppDb db, OwnPasskeys passkeys, PasskeyChallenges challenges, SignInGuard guard) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Present { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public bool HasPassword { get; private set; }

    /// <summary>What the browser is asked; null in the first step.</summary>
    public string? Options { get; private set; }

    public override async Task LoadAsync() => HasPassword = await db.People.AnyAsync(p => p.Id == Person!.Id && p.PasswordHash != null, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!guard.Allows(HttpContext, Person!.Id.ToString()))
        {
            Fault("", "account.sign-in.locked");
            return await AgainAsync(StatusCodes.Status429TooManyRequests);
        }
        (Options, var state) = await passkeys.BeginAsync(Person!.Id, Name, Present, HttpContext);
        challenges.Remember(HttpContext, await PurposeAsync(), state);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostFinishAsync()
    {
        if (challenges.Take(HttpContext, await PurposeAsync()) is not { } challenge)
        {
            Fault("", "rule.passkey.challenge-over");
            return await AgainAsync();
        }
        await passkeys.AddAsync(Person!.Id, Name, Answer, challenge.State, challenge.At, HttpContext, Actor);
        await HttpContext.SignInAsync(SignInModel.SessionOf(await db.People.SingleAsync(p => p.Id == Person!.Id)));
        Say("passkey.added", Name?.Trim());
        return LocalRedirect("/cuenta/llaves");
    }

    async Task<string> PurposeAsync() =>
        PasskeyChallenges.ToAdd(Person!.Id, await db.People.Where(p => p.Id == Person!.Id).Select(p => p.SecurityStamp).SingleAsync(HttpContext.RequestAborted));
}
