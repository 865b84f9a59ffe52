using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Administration.People;

[May(Role.Admin)]
public sealed class AddModel(AddPerson addPerson) : Screen
{
    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            var id = await addPerson.ExecuteAsync(new NewPerson(UserName ?? "", DisplayName ?? "", Email, Password), Actor, HttpContext.RequestAborted);
            Say("people.added", DisplayName);
            return LocalRedirect($"/administracion/personas/{id}");
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("person.", StringComparison.Ordinal))
        {
            Fault(broken.Code switch { "person.password-short" => nameof(Password), "person.display-name-missing" => nameof(DisplayName), "person.email-wrong" => nameof(Email), _ => nameof(UserName) }, "rule." + broken.Code, broken.Args);
            return await AgainAsync();
        }
    }
}
