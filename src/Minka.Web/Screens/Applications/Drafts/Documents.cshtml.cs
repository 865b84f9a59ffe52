using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Rules;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

[May(Role.Manager), RequestFormLimits(MemoryBufferThreshold = Upload.Largest, MultipartBodyLengthLimit = Upload.Largest)]
public sealed class DocumentsModel(ApplicationCases cases, SaveDraft save, AttachFile attach) : ApplicationScreen(cases)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public bool Sworn { get; set; }

    public IReadOnlyList<AdmissibilityRequirement> Asked => FormalChecks.DocumentsAsked(Case.Rules.Pack);

    public AttachedFile? FileOf(string requirement) => Case.Form.Documents.Documents.FirstOrDefault(d => d.Requirement == requirement)?.File;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Version, Sworn) = (Case.VersionOf(FormSection.Documents), Case.Form.Documents.SwornStatement);
    }

    public async Task<IActionResult> OnPostAsync(Guid? remove)
    {
        await LoadAsync();
        var uploads = new List<(string Requirement, Upload File)>();
        foreach (var requirement in Asked)
        {
            var field = $"File_{requirement.Id}";
            if (await Upload.ReadAsync(Request.Form.Files[field], HttpContext.RequestAborted) is not { } upload) continue;
            if (upload.Fault(T) is { } fault) ModelState.AddModelError(field, fault);
            uploads.Add((requirement.Id, upload));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        var section = new DocumentsSection { Documents = [.. Case.Form.Documents.Documents.Where(d => d.File.Id.Value != remove)], SwornStatement = Sworn };
        return await SaveOrCompare.RunAsync(this, save, FormSection.Documents, section, async () =>
        {
            await save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted);
            foreach (var (requirement, file) in uploads) await attach.DocumentAsync(Id, requirement, file.Bytes, file.Name, Actor, HttpContext.RequestAborted);
        }, remove is not null || uploads.Count > 0 ? $"{Home}/documentos" : null);
    }
}
