using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account;

[Public]
public sealed class SignInModel(AppDb db, SignIn signIn) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true, Name = "volver")]
    public string? Volver { get; set; }

    public IReadOnlyList<Core.Accounts.Person> DemoPeople { get; private set; } = [];

    public override async Task LoadAsync()
    {
        if (await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo))
            DemoPeople = await db.People.Where(p => p.IsDemo).OrderBy(p => p.UserName).ToListAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (outcome, person) = await signIn.ExecuteAsync(Name, Password);
        if (outcome == SignInOutcome.Accepted) return await EnterAsync(person!);
        Fault("", outcome == SignInOutcome.LockedOut ? "account.sign-in.locked" : "account.sign-in.refused");
        return await AgainAsync();
    }

    public async Task<IActionResult> OnPostDemoAsync(Guid person)
    {
        await LoadAsync();
        if (DemoPeople.SingleOrDefault(p => p.Id == person) is not { } known) return NotFound();
        await signIn.RecordAsync(known.Id, accepted: true);
        return await EnterAsync(known);
    }

    async Task<IActionResult> EnterAsync(Core.Accounts.Person person)
    {
        await HttpContext.SignInAsync(SessionOf(person));
        return LocalRedirect(MinkaApp.IsLocal(Volver) ? Volver! : "/");
    }

    /// <summary>The session of a person: the id and the stamp that a change of password renews.</summary>
    internal static ClaimsPrincipal SessionOf(Core.Accounts.Person person) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()), new Claim("stamp", person.SecurityStamp ?? "")],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
