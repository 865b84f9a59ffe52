using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Projects;

[May(Role.Manager, Role.Secretary)]
public sealed class ImportModel(AppDb db, ImportProjects import) : ProgrammeScreen(db)
{
    public IReadOnlyList<ImportProblem> Problems { get; private set; } = [];

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
        var outcome = await import.ExecuteAsync(Programme.Id, bytes.ToArray(), Actor);
        Problems = outcome.Problems;
        if (Problems.Count > 0) return await AgainAsync();
        Say(outcome.Added == 1 ? "planning.import.added-one" : "planning.import.added", outcome.Added);
        return Redirect($"{Address}/constructor");
    }

    /// <summary>An empty table with its headings, with the mark by which spreadsheets know UTF-8.</summary>
    public FileContentResult OnGetTemplate() =>
        File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(string.Join(';', ImportProjects.Columns.Select(c => c[0])) + "\r\n")], "text/csv", "proyectos.csv");
}
