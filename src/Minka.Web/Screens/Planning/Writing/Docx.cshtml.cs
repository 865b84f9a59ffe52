using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Kernel.Office;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>The strategy for an office program: the same parts as the page.</summary>
[Public]
public sealed class DocxModel(AppDb db) : Screen
{
    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Number { get; set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        ReadStrategy read;
        try
        {
            read = await ReadStrategy.FindAsync(db, this, Route("entity"), RouteId("strategy"), Number);
        }
        catch (NotFound)
        {
            return NotFound();
        }
        var document = StrategyPaper.ToOffice(read.Content, read.Entity.Name, $"{T["planning.digest"]} {read.Digest.Short}", read.IsAdopted ? null : T["writing.document.draft"], T);
        Response.Headers.CacheControl = "private, no-cache";
        return File(Docx.Write(document), Docx.MediaType, $"{read.Entity.Slug}-estrategia.docx");
    }
}
