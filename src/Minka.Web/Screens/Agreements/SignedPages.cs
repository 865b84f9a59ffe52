using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Agreements;

/// <summary>A page of something that waits for signed evidence.</summary>
public interface ISignedPage
{
    IReadOnlyList<(Signature Signature, StoredFile File)> Signatures { get; }

    bool MaySign { get; }

    IFormFile? Evidence { get; }

    IFormFile? Signed { get; }

    string? Signers { get; }
}

/// <summary>Reads and attaches the evidence of awards and agreements.</summary>
static class SignedPages
{
    public static async Task<IReadOnlyList<(Signature Signature, StoredFile File)>> OfAsync(AppDb db, string kind, Guid id)
    {
        var signatures = await db.Signatures.Where(s => s.SubjectKind == kind && s.SubjectId == id).OrderBy(s => s.CheckedAt).ToListAsync();
        var files = signatures.ConvertAll(s => s.StoredFileId);
        var byId = await db.StoredFiles.Where(f => files.Contains(f.Id)).ToDictionaryAsync(f => f.Id);
        return [.. signatures.Select(s => (s, byId[s.StoredFileId]))];
    }

    /// <summary>Where the last act of a kind on a thing lies in the register.</summary>
    public static async Task<long?> LeafAsync(AppDb db, string kind, Guid subject) =>
        await db.Acts.Where(a => a.Kind == kind && a.SubjectId == subject).OrderByDescending(a => a.Index).Select(a => (long?)a.Index).FirstOrDefaultAsync();

    public static async Task<bool> AttachAsync(ISignedPage page, ModelStateDictionary faults, T t, AttachSignature attach, SignedSubject subject, Actor actor)
    {
        if (page.Evidence is null)
        {
            faults.AddModelError(nameof(page.Evidence), t["rule.file.empty"]);
            return false;
        }
        try
        {
            await attach.ExecuteAsync(subject, new SignatureInput(await BytesAsync(page.Evidence), page.Evidence.FileName, page.Signers, page.Signed is null ? null : await BytesAsync(page.Signed)), actor);
            return true;
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("file.", StringComparison.Ordinal) || broken.Code.StartsWith("signature.", StringComparison.Ordinal))
        {
            faults.AddModelError(broken.Code == "signature.signers-missing" ? nameof(page.Signers) : nameof(page.Evidence), t.Of(broken));
            return false;
        }
    }

    static async Task<byte[]> BytesAsync(IFormFile file)
    {
        if (file.Length > FileStore.Largest) throw new RuleBroken("file.too-large", FileStore.LargestMegabytes);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
