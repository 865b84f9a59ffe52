using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Register.Documents;

[Public]
public sealed class VerifyModel(VerifyDocument verify) : Screen
{
    [BindProperty]
    public IFormFile? Document { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    /// <summary>A signed head that was kept elsewhere: what a bundle must agree with.</summary>
    [BindProperty]
    public string? Head { get; set; }

    [BindProperty]
    public string? Fingerprint { get; set; }

    public DocumentVerdict? Verdict { get; private set; }

    public BundleReport? Bundle { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await DocumentAsync() is not { } document)
        {
            Fault(nameof(Document), "register.verify.nothing");
            return await AgainAsync();
        }
        if (VerifyDocument.KindOf(document) == DocumentKind.Bundle)
        {
            Bundle = BundleVerifier.Verify(document, Empty(Fingerprint?.Trim()), Empty(Head?.Replace("\r\n", "\n", StringComparison.Ordinal).Trim()) is { } head ? head + "\n" : null);
            return Page();
        }
        var verdict = await verify.ExecuteAsync(document, HttpContext.RequestAborted);
        if (verdict.Kind == DocumentKind.Unknown)
        {
            Fault(Document is null ? nameof(Pasted) : nameof(Document), "register.verify.unknown");
            return await AgainAsync();
        }
        Verdict = verdict;
        return Page();
    }

    static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    async Task<byte[]?> DocumentAsync()
    {
        if (Document is { Length: > 0 })
        {
            using var bytes = new MemoryStream();
            await Document.CopyToAsync(bytes, HttpContext.RequestAborted);
            return bytes.ToArray();
        }
        // Pasting changes the ends of lines and cuts the last one.
        return string.IsNullOrWhiteSpace(Pasted) ? null : Encoding.UTF8.GetBytes(Pasted.Replace("\r\n", "\n", StringComparison.Ordinal).Trim() + "\n");
    }
}
