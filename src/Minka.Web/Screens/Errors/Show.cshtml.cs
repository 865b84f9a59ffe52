using Microsoft.AspNetCore.Mvc;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Errors;

[Public]
[IgnoreAntiforgeryToken]
public sealed class ShowModel : Screen
{
    public int Known { get; private set; }

    public override Task LoadAsync()
    {
        var code = int.TryParse(Route("code"), out var c) ? c : 500;
        // Asked for by its address it is no success either.
        if (Response.StatusCode < 400) Response.StatusCode = code is >= 400 and < 600 ? code : 404;
        Known = Texts.Has($"shell.error.{code}.title") ? code : code is >= 400 and < 500 ? 400 : 500;
        return Task.CompletedTask;
    }

    /// <summary>A failed POST is shown by the same page.</summary>
    public Task<IActionResult> OnPostAsync() => OnGetAsync();
}
