using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.FirstRun;
using Minka.Web.Layout;
using Minka.Web.Screens.Account;

namespace Minka.Web.Screens.Home;

/// <summary>The first account of an empty installation. Closed for ever once somebody administers it.</summary>
[Public]
public sealed class BeginModel(AppDb db, StartInstallation startInstallation, SetupCode setupCode) : Screen
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Institution { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public bool IsLocal => SetupCode.IsLocal(HttpContext);

    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public int ShortestPassword => AddPerson.ShortestPassword;

    public override async Task<IActionResult> OnGetAsync() =>
        await StartInstallation.IsOpenAsync(db, HttpContext.RequestAborted) ? Page() : LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!setupCode.Allows(HttpContext, Code))
        {
            Fault(nameof(Code), "first-run.code.wrong");
            return await AgainAsync(StatusCodes.Status403Forbidden);
        }
        if (Password != Repeated)
        {
            Fault(nameof(Repeated), "home.begin.passwords-differ");
            return await AgainAsync();
        }
        try
        {
            var id = await startInstallation.ExecuteAsync(Institution ?? "", new NewPerson(UserName ?? "", DisplayName ?? "", Email, Password), HttpContext.RequestAborted);
            await HttpContext.SignInAsync(SignInModel.SessionOf(await db.People.SingleAsync(p => p.Id == id)));
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("person.", StringComparison.Ordinal) || broken.Code == "installation.institution-missing")
        {
            Fault(broken.Code switch { "person.password-short" => nameof(Password), "person.display-name-missing" => nameof(DisplayName), "person.email-wrong" => nameof(Email), "installation.institution-missing" => nameof(Institution), _ => nameof(UserName) }, "rule." + broken.Code, broken.Args);
            return await AgainAsync();
        }
        Say("home.begin.done");
        return LocalRedirect("/mi-bandeja");
    }
}
