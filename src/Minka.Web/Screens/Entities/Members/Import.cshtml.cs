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
public sealed class ImportModel(AppDb db, StageMembers stage) : Screen
{
    [BindProperty]
    public IFormFile? Table { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    /// <summary>A table that was sent before and waits still.</summary>
    public MemberDraft? Waiting { get; private set; }

    public IReadOnlyList<LineProblem> Problems { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Waiting = await db.MemberDrafts.SingleOrDefaultAsync(d => d.EntityId == Entity.Id);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (await ReadAsync() is not { } bytes) return await AgainAsync();
        Problems = await stage.StageAsync(Entity.Id, bytes, Table?.FileName ?? T["entities.members.import.pasted"], Actor);
        if (Problems.Count == 0) return Redirect($"/entidades/{Entity.Slug}/miembros/importar/revision");
        Fault(Table is null ? nameof(Pasted) : nameof(Table), "rule." + Problems[0].Code, Problems[0].Args);
        return await AgainAsync();
    }

    async Task<byte[]?> ReadAsync()
    {
        if (Table is not { Length: > 0 })
        {
            if (!string.IsNullOrWhiteSpace(Pasted)) return Encoding.UTF8.GetBytes(Pasted);
            Fault(nameof(Table), "entities.members.import.missing");
            return null;
        }
        if (Table.Length > MemberTable.MostBytes)
        {
            Fault(nameof(Table), "rule." + EntitiesRules.TableTooLarge, MemberTable.MostBytes / 1024 / 1024);
            return null;
        }
        using var memory = new MemoryStream((int)Table.Length);
        await Table.CopyToAsync(memory);
        return memory.ToArray();
    }
}
