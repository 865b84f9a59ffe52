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

public sealed record DemoPerson(Guid Id, string Name);

/// <summary>People of the demonstration who do the same work.</summary>
public sealed record DemoGroup(string Key, IReadOnlyList<DemoPerson> People)
{
    static readonly string[] Keys = ["fund", "board", "evaluation", "alliances", "audit", "administration", "others"];

    public int Order => Array.IndexOf(Keys, Key[(Key.LastIndexOf('.') + 1)..]);

    /// <summary>Many people of one kind stay closed until they are looked for.</summary>
    public bool Folded => Key.EndsWith("alliances", StringComparison.Ordinal) || Key.EndsWith("others", StringComparison.Ordinal);

    public static string KeyOf(IEnumerable<Role> roles) => roles.Select(r => r switch
    {
        Role.Operator => "fund",
        Role.Board => "board",
        Role.Evaluator => "evaluation",
        Role.Auditor => "audit",
        Role.Admin => "administration",
        _ => "alliances",
    }).MinBy(k => Array.IndexOf(Keys, k)) ?? "others";
}

[Public]
public sealed class SignInModel(AppDb db, SignIn signIn, SignInByPasskey byPasskey, PasskeyChallenges challenges, HalfSignedIn half, SignInGuard guard) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true, Name = "volver")]
    public string? Volver { get; set; }

    /// <summary>Whether the person did not ask to enter, but for a page that is not open to all.</summary>
    public bool SentHere => Request.Query["falta"] == "entrar";

    /// <summary>What the browser's key answered.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    public IReadOnlyList<DemoGroup> DemoGroups { get; private set; } = [];

    public override async Task LoadAsync()
    {
        if (!await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo)) return;
        var people = await db.People.Where(p => p.IsDemo).OrderBy(p => p.DisplayName).Select(p => new DemoPerson(p.Id, p.DisplayName)).ToListAsync();
        var roles = (await db.RoleGrants.Where(g => g.RevokedAt == null).Select(g => new { g.PersonId, g.Role }).ToListAsync()).ToLookup(g => g.PersonId, g => g.Role);
        DemoGroups = [.. people.GroupBy(p => DemoGroup.KeyOf(roles[p.Id])).Select(g => new DemoGroup("account.sign-in.demo." + g.Key, [.. g])).OrderBy(g => g.Order)];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!guard.Allows(HttpContext, Name))
        {
            Fault("", "account.sign-in.locked");
            return await AgainAsync(StatusCodes.Status429TooManyRequests);
        }
        var (outcome, person) = await signIn.ExecuteAsync(Name, Password);
        if (outcome == SignInOutcome.Accepted) return await EnterAsync(person!);
        if (outcome == SignInOutcome.NeedsCode)
        {
            half.Remember(HttpContext, person!.Id, person.SecurityStamp);
            return LocalRedirect($"/entrar/codigo?volver={Uri.EscapeDataString(MinkaApp.IsLocal(Volver) ? Volver! : "/mi-bandeja")}");
        }
        Fault("", outcome == SignInOutcome.LockedOut ? "account.sign-in.locked" : "account.sign-in.refused");
        return await AgainAsync();
    }

    public async Task<IActionResult> OnPostDemoAsync(Guid person)
    {
        if (!await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo)) return NotFound();
        if (await db.People.SingleOrDefaultAsync(p => p.Id == person && p.IsDemo) is not { } known) return NotFound();
        await signIn.RecordAsync(known.Id, accepted: true);
        return await EnterAsync(known);
    }

    /// <summary>What the browser is asked, as JSON: a fresh challenge each time that the button is pressed.</summary>
    public async Task<IActionResult> OnPostChallengeAsync()
    {
        if (!PasskeyRules.HasName(Request.Host)) return BadRequest();
        var (options, state) = await byPasskey.BeginAsync(HttpContext);
        challenges.Remember(HttpContext, PasskeyChallenges.ToEnter, state);
        Response.Headers.CacheControl = "no-store";
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (challenges.Take(HttpContext, PasskeyChallenges.ToEnter) is not { } challenge)
        {
            Fault("", "rule.passkey.challenge-over");
            return await AgainAsync();
        }
        if (!guard.Allows(HttpContext, Convert.ToHexString(PasskeyRules.CredentialOf(Answer))))
        {
            Fault("", "account.sign-in.locked");
            return await AgainAsync(StatusCodes.Status429TooManyRequests);
        }
        var (outcome, person) = await byPasskey.ExecuteAsync(Answer, challenge.State, challenge.At, HttpContext);
        if (outcome == SignInOutcome.Accepted) return await EnterAsync(person!);
        Fault("", "account.sign-in.locked");
        return await AgainAsync();
    }

    async Task<IActionResult> EnterAsync(Core.Accounts.Person person)
    {
        await HttpContext.SignInAsync(SessionOf(person));
        return LocalRedirect(MinkaApp.IsLocal(Volver) ? Volver! : "/mi-bandeja");
    }

    /// <summary>The session of a person: the id and the stamp that a change of password renews.</summary>
    internal static ClaimsPrincipal SessionOf(Core.Accounts.Person person) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()), new Claim("stamp", person.SecurityStamp ?? "")],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
