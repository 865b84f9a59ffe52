using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.FirstRun;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Home;

/// <summary>Begins the demonstration and tells how far it is; asks the browser to look again, without a script.</summary>
[Public]
public sealed class DemoModel(AppDb db, DemoRun demo, SetupCode setupCode, MinkaOptions options) : Screen
{
    [BindProperty]
    public string? Code { get; set; }

    public bool IsLocal => SetupCode.IsLocal(HttpContext);

    public DemoState State { get; private set; }

    public string Word => State.ToString().ToLowerInvariant();

    public IReadOnlyList<string> Steps { get; private set; } = [];

    public override async Task LoadAsync()
    {
        State = await demo.StateAsync(db, HttpContext.RequestAborted);
        Steps = demo.Steps;
        if (State == DemoState.Running) Response.Headers["Refresh"] = "2";
    }

    public override async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return State != DemoState.None || await MayBeginAsync() ? Page() : LocalRedirect("/");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!setupCode.Allows(HttpContext, Code))
        {
            Fault(nameof(Code), "first-run.code.wrong");
            return await AgainAsync(StatusCodes.Status403Forbidden);
        }
        if (!demo.IsRunning && await MayBeginAsync()) _ = demo.Start();
        return LocalRedirect("/inicio/demo");
    }

    // A real installation that waits for its administrator is not offered one either.
    async Task<bool> MayBeginAsync() =>
        options.Mode != StartMode.Empty && !db.Installations.Any() && await StartInstallation.IsOpenAsync(db, HttpContext.RequestAborted);
}
