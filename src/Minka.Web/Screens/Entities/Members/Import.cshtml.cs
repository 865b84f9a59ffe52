using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

[May(Role.Secretary)]
public sealed class ImportModel(AppDb db, ImportMembers import) : Screen
{
    const int Largest = 2 * 1024 * 1024;

    [BindProperty]
    public IFormFile? Table { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<LineProblem> Problems { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (await ReadAsync() is not { } text) return await AgainAsync();
        var outcome = await import.ExecuteAsync(Entity.Id, text, Actor);
        if (outcome.Problems.Count == 0)
        {
            Say("entities.members.import.done", outcome.Imported);
            return Redirect($"/entidades/{Entity.Slug}/miembros");
        }
        Problems = outcome.Problems;
        Pasted = Table is null ? Pasted : null;
        return await AgainAsync();
    }

    async Task<string?> ReadAsync()
    {
        if (Table is not { Length: > 0 })
        {
            if (!string.IsNullOrWhiteSpace(Pasted)) return Pasted;
            Fault(nameof(Table), "entities.members.import.missing");
            return null;
        }
        if (Table.Length > Largest)
        {
            Fault(nameof(Table), "rule.file.too-large", Largest / 1024 / 1024);
            return null;
        }
        using var memory = new MemoryStream();
        await Table.CopyToAsync(memory);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(memory.ToArray());
        }
        catch (DecoderFallbackException)
        {
            // What spreadsheets of Windows write unless asked for UTF-8.
            return Encoding.Latin1.GetString(memory.ToArray());
        }
    }
}
