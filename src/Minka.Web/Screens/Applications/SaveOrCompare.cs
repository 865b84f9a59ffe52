using Microsoft.AspNetCore.Mvc;
using Minka.Core.Applications;
using Minka.Core.Kernel;

namespace Minka.Web.Screens.Applications;

/// <summary>Saves a section; where another editor was faster, sets this person's words aside and shows both versions.</summary>
static class SaveOrCompare
{
    public static async Task<IActionResult> RunAsync<T>(ApplicationScreen screen, SaveDraft drafts, FormSection section, T content, Func<Task> save, string? next = null)
    {
        try
        {
            await save();
        }
        catch (ChangedMeanwhile)
        {
            await drafts.SetAsideAsync(screen.Id, section, content, screen.Actor, screen.HttpContext.RequestAborted);
            return new LocalRedirectResult(Address(screen, section));
        }
        screen.TempData["said"] = screen.T["applications.saved"];
        return new LocalRedirectResult(next ?? screen.Home);
    }

    public static string Address(ApplicationScreen screen, FormSection section) => $"{screen.Home}/comparar/{section.ToString().ToLowerInvariant()}";
}
