using System.Text;
using Microsoft.AspNetCore.Mvc;
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

    public DocumentVerdict? Verdict { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await DocumentAsync() is not { } document)
        {
            Fault(nameof(Document), "register.verify.nothing");
            return await AgainAsync();
        }
        var verdict = await verify.ExecuteAsync(document, HttpContext.RequestAborted);
        if (verdict.Kind is DocumentKind.Unknown or DocumentKind.Bundle)
        {
            Fault(Document is null ? nameof(Pasted) : nameof(Document), verdict.Kind == DocumentKind.Bundle ? "register.verify.bundle" : "register.verify.unknown");
            return await AgainAsync();
        }
        Verdict = verdict;
        return Page();
    }

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
