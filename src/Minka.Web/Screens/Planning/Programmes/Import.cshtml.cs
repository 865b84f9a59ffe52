using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Programmes;

/// <summary>Brings a whole programme from a file, or tells all its faults with their places.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class ImportModel(AppDb db, Country country, ImportProgramme import) : Screen
{
    public const int MostShown = 100;

    [BindProperty]
    public string? Strategy { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Choice> Strategies { get; private set; } = [];

    public IReadOnlyList<ProgrammeFileFault> Faults { get; private set; } = [];

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategies = await StrategyChoices.OfAsync(db, T, Entity.Id);
        if (HttpMethods.IsGet(Request.Method) && Strategies.Count == 1) Strategy = Strategies[0].Value;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!Guid.TryParse(Strategy, out var strategy)) Fault(nameof(Strategy), "planning.field.missing");
        if (Upload is not { Length: > 0 }) Fault(nameof(Upload), "builder.import.no-file");
        if (!ModelState.IsValid) return await AgainAsync();
        using var bytes = new MemoryStream();
        await Upload!.CopyToAsync(bytes, HttpContext.RequestAborted);
        var file = ProgrammeFile.Read(bytes.ToArray(), country);
        Faults = file.Faults;
        if (Faults.Count > 0 || file.Content is not { } content)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var started = await import.ExecuteAsync(Entity.Id, new(strategy), content, Actor);
        Say("builder.import.done", content.Projects.Count);
        return Redirect($"/programas/{started.Slug}/constructor");
    }
}
