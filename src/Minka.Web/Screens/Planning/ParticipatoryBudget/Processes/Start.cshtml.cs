using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Applications;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

[May(Role.Manager, Role.Secretary)]
public sealed class StartModel(AppDb db, PrepareBudget prepare) : Screen
{
    [BindProperty]
    public BudgetForm Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Paper { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        var year = (Today.Year + 1).ToString(CultureInfo.InvariantCulture);
        Input.Year ??= year;
        Input.Title ??= T["budget.title-of", Input.Year];
        // What the entity works in is known: a province's process is proposed for its province.
        if (HttpMethods.IsGet(Request.Method) && Entity.ProvinceCodes is [var province]) (Input.Place, Input.Level) = (province, ImpactLevel.Provincial);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        var paper = await BudgetPaper.ReadAsync(Paper, this);
        if (!ModelState.IsValid) return await AgainAsync();
        var (_, slug) = await prepare.StartAsync(Entity.Id, input, paper, Actor);
        Say("budget.started");
        return Redirect($"/presupuesto-participativo/{slug}/preparacion");
    }
}

static class BudgetPaper
{
    /// <summary>The document of a form; its fault is told at its field.</summary>
    public static async Task<BudgetDocument?> ReadAsync(IFormFile? file, Screen screen)
    {
        if (file is null || await Upload.ReadAsync(file, screen.HttpContext.RequestAborted) is not { } upload) return null;
        if (upload.Fault(screen.T) is not { } fault) return new(upload.Bytes, upload.Name);
        screen.ModelState.AddModelError("Paper", fault);
        return null;
    }
}
