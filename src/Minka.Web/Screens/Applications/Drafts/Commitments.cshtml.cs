using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

// Uploads stay in memory: the framework would else keep the larger ones in the clear on the disc.
[May(Role.Manager), RequestFormLimits(MemoryBufferThreshold = Upload.Largest, MultipartBodyLengthLimit = Upload.Largest)]
public sealed class CommitmentsModel(ApplicationCases cases, SaveDraft save, AttachFile attach) : ApplicationScreen(cases)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public Dictionary<FundingSource, string?> Contributors { get; set; } = [];

    [BindProperty]
    public Dictionary<FundingSource, string?> Valuations { get; set; } = [];

    /// <summary>The sources that need a commitment, with the programme's amounts.</summary>
    public IReadOnlyList<FundingRow> Sources => [.. FundingTable.Of(Case.Programme).Rows.Where(r => r.Source != FundingSource.Fund && r.Total.IsPositive)];

    public AttachedFile? LetterOf(FundingSource source) => Case.Form.Commitments.Commitments.FirstOrDefault(c => c.Source == source)?.Letter;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        Version = Case.VersionOf(FormSection.Commitments);
        Contributors = Case.Form.Commitments.Commitments.ToDictionary(c => c.Source, c => (string?)c.Contributor);
        Valuations = Case.Form.Commitments.Commitments.ToDictionary(c => c.Source, c => (string?)c.Valuation);
    }

    public async Task<IActionResult> OnPostAsync(Guid? remove)
    {
        await LoadAsync();
        var uploads = new List<(FundingSource Source, Upload File)>();
        foreach (var row in Sources)
        {
            var field = $"Letter_{row.Source}";
            if (await Upload.ReadAsync(Request.Form.Files[field], HttpContext.RequestAborted) is not { } upload) continue;
            if (upload.Fault(T) is { } fault) ModelState.AddModelError(field, fault);
            uploads.Add((row.Source, upload));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        var section = new CommitmentsSection
        {
            Commitments = [.. Sources.Select(r => new Commitment
            {
                Source = r.Source,
                Contributor = Contributors.GetValueOrDefault(r.Source) ?? "",
                Valuation = Valuations.GetValueOrDefault(r.Source) ?? "",
                Letter = LetterOf(r.Source) is { } letter && letter.Id.Value != remove ? letter : null,
            })],
        };
        return await SaveOrCompare.RunAsync(this, save, FormSection.Commitments, section, async () =>
        {
            await save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted);
            foreach (var (source, file) in uploads) await attach.LetterAsync(Id, source, file.Bytes, file.Name, Actor, HttpContext.RequestAborted);
        }, remove is not null || uploads.Count > 0 ? $"{Home}/aportes" : null);
    }
}
