using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account;

/// <summary>The second step, for whoever gave the right password in the last five minutes.</summary>
[Public]
public sealed class CodeModel(AppDb db, SignIn signIn, SecondStep secondStep, HalfSignedIn half, SignInGuard guard, TimeProvider time) : Screen
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "volver")]
    public string? Volver { get; set; }

    public override async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? LocalRedirect("/entrar") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } person) return LocalRedirect("/entrar");
        if (person.LockoutEnd > time.GetUtcNow() || !guard.Allows(HttpContext, person.UserName))
        {
            Fault("", "account.sign-in.locked");
            return await AgainAsync();
        }
        var right = await secondStep.UseAsync(person.Id, Code, HttpContext.RequestAborted);
        await signIn.RecordAsync(person.Id, right, HttpContext.RequestAborted);
        if (!right)
        {
            Fault(nameof(Code), "account.code.refused");
            return await AgainAsync();
        }
        half.Forget(HttpContext);
        await HttpContext.SignInAsync(SignInModel.SessionOf(person));
        return LocalRedirect(MinkaApp.IsLocal(Volver) ? Volver! : "/mi-bandeja");
    }

    async Task<Core.Accounts.Person?> FindAsync() =>
        half.Find(HttpContext) is { } known ? await db.People.SingleOrDefaultAsync(p => p.Id == known.Person && p.SecurityStamp == known.Stamp, HttpContext.RequestAborted) : null;
}
