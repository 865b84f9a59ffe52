using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Web.Screens.Evaluation;

/// <summary>A document of an opened file, with where it is read.</summary>
public sealed record FileDocument(ApplicationFile Entry, StoredFile Stored)
{
    public string Href => $"/postulaciones/{Entry.ApplicationId.Value}/expediente/{Entry.Order}";
}

/// <summary>What an applicant sent, as the office and the evaluators read it.</summary>
/// <param name="Named">False where the rules hide who applies.</param>
public sealed record OpenedFile(OpenedApplication Opened, PublicPart Public, WithheldPart Withheld, IReadOnlyList<FileDocument> Documents, bool Named)
{
    public static async Task<OpenedFile?> FindAsync(AppDb db, ApplicationId id, bool named = true)
    {
        if (await db.OpenedApplications.SingleOrDefaultAsync(o => o.ApplicationId == id) is not { } opened) return null;
        var entries = await db.ApplicationFiles.Where(f => f.ApplicationId == id).OrderBy(f => f.Order).ToListAsync();
        var ids = entries.ConvertAll(e => e.StoredFileId);
        var stored = await db.StoredFiles.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id);
        return new(opened, opened.ReadPublic(), opened.ReadWithheld(), [.. entries.Select(e => new FileDocument(e, stored[e.StoredFileId]))], named);
    }
}
