using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Register.Keys;

[May(Role.Admin)]
public sealed class RotateModel(RotateSigningKey rotate, SigningKeys keys) : Screen
{
    [BindProperty]
    public string? Why { get; set; }

    public string Fingerprint { get; private set; } = "";

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public override Task LoadAsync()
    {
        Fingerprint = keys.Current.Fingerprint;
        Trail = [new Crumb(T["register.list.title"], "/registro"), new Crumb(T["register.rotate.title"])];
        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var key = await rotate.ExecuteAsync(Actor, Why ?? "", HttpContext.RequestAborted);
        Say("register.rotate.done", key.Fingerprint);
        return LocalRedirect("/registro");
    }
}
