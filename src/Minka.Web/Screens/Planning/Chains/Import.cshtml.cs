using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Economy;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Chains;

[May(Role.Manager, Role.Secretary)]
public sealed class ImportModel(AppDb db, ImportChains import) : ChainScreen(db)
{
    public IReadOnlyList<SheetProblem> Problems { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        await LoadAsync();
        if (file is null)
        {
            Fault("file", "planning.import.no-file");
            return await AgainAsync();
        }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, HttpContext.RequestAborted);
        var outcome = await import.ExecuteAsync(Entity.Id, bytes.ToArray(), Actor, HttpContext.RequestAborted);
        Problems = outcome.Problems;
        if (Problems.Count > 0) return await AgainAsync();
        Say("chains.imported", outcome.Added);
        return LocalRedirect(Home);
    }

    /// <summary>An empty table with its headings, with the mark by which spreadsheets know UTF-8.</summary>
    public FileContentResult OnGetTemplate() =>
        File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(string.Join(';', ChainTable.Columns.Select(c => c[0])) + "\r\n")], "text/csv", "cadenas.csv");
}
