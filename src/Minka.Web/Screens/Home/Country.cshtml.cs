using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.FirstRun;
using Minka.Web.Screens.Territories.Bringing;

namespace Minka.Web.Screens.Home;

/// <summary>The real country before anybody administers the installation; afterwards its administrators have a page of their own.</summary>
[Public]
public sealed class CountryModel(CountryDesk desk, Country country, MinkaOptions options, AppDb db, SetupCode setupCode) : CountryScreen(desk, country, options)
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "detener")]
    public bool Stopping { get; set; }

    public override bool AsksCode => !SetupCode.IsLocal(HttpContext);

    public override bool AsksStop => AsksCode && Stopping;

    public override bool KnowsPlace => !AsksCode;

    protected override Actor Bringer => Actor.System;

    public override async Task<IActionResult> OnGetAsync() =>
        await StartInstallation.IsOpenAsync(db, HttpContext.RequestAborted) ? await base.OnGetAsync() : Elsewhere();

    protected override async Task<IActionResult?> RefuseAsync()
    {
        if (!await StartInstallation.IsOpenAsync(db, HttpContext.RequestAborted)) return Elsewhere();
        if (setupCode.Allows(HttpContext, Code)) return null;
        Fault(nameof(Code), "first-run.code.wrong");
        return await AgainAsync(StatusCodes.Status403Forbidden);
    }

    LocalRedirectResult Elsewhere() => LocalRedirect(May(Role.Admin) ? "/administracion/pais" : "/");
}
