using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel.Office;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Assemblies;

namespace Minka.Web.Screens.Entities.Minutes;

/// <summary>The minutes for an office program: the same sentences, with names for the entity's own people only.</summary>
[Public]
public sealed class DocxModel(AppDb db) : Screen
{
    public override async Task<IActionResult> OnGetAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        if (await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) is not { Minutes: { } minutes } assembly) return NotFound();
        var path = await db.MinutesPaths.SingleOrDefaultAsync(p => p.AssemblyId == id);
        var names = await ShowModel.NamesAsync(db, id, May(Role.Secretary, Role.Manager, Role.Auditor));
        var digest = assembly.MinutesDigest!.Value;
        var leaf = await AssemblyWords.LeafOfAsync(db, "assembly.close", id.Value);
        var foot = T["entities.minutes.foot", leaf ?? 0, ShortCode.Of(digest.ToBytes()).ToString(), digest.Short];
        var document = MinutesDocument.Of(T, assembly, minutes, path?.Amendments ?? [], path?.ApprovedBy, names, foot);
        Response.Headers.CacheControl = "private, no-cache";
        return File(Docx.Write(document), Docx.MediaType, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"acta-{minutes.Number:000}.docx"));
    }
}
