using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

/// <summary>The ordinance of a process as it was attached.</summary>
[Public]
public sealed class OrdinanceModel(AppDb db, FileStore files) : BudgetScreen(db)
{
    public override async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (Process.Ordinance?.FileId is not { } id || await Db.StoredFiles.SingleOrDefaultAsync(f => f.Id == id) is not { } file) return NotFound();
        return File(await files.ReadAsync(file.Sha256), file.MediaType, file.Name);
    }
}
