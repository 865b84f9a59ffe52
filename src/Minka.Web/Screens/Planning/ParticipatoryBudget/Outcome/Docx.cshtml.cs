using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Kernel.Office;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The agreement for an office program.</summary>
[Public]
public sealed class DocxModel(AppDb db) : BudgetScreen(db)
{
    public override async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (Process.Acta is not { } acta || (!IsReader && Process.PublishedAt is null)) return NotFound();
        Response.Headers.CacheControl = "private, no-cache";
        return File(Docx.Write(ActaDocument.Of(T, Process, acta, ActaDocument.Foot(T, Process))), Docx.MediaType, $"acta-{Process.Slug}.docx");
    }
}
