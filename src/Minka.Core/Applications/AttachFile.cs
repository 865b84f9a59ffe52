using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.Core.Applications;

/// <summary>Attaches files to a draft, sealed on their way to the disc, and takes them off again.</summary>
[UseCase]
public sealed class AttachFile(AppDb db, SaveDraft drafts, ApplicationVault vault)
{
    public async Task<AttachedFile> LetterAsync(ApplicationId id, FundingSource source, byte[] bytes, string name, Actor actor, CancellationToken cancel = default)
    {
        var (file, row) = await PutAsync(id, bytes, name, cancel);
        await drafts.ChangeAsync<CommitmentsSection>(id, FormSection.Commitments, s => WithLetter(s, source, file), actor, work => work.Db.SealedFiles.Add(row(work, actor)), cancel);
        return file;
    }

    public async Task<AttachedFile> DocumentAsync(ApplicationId id, string requirement, byte[] bytes, string name, Actor actor, CancellationToken cancel = default)
    {
        var (file, row) = await PutAsync(id, bytes, name, cancel);
        await drafts.ChangeAsync<DocumentsSection>(id, FormSection.Documents,
            s => s with { Documents = [.. s.Documents.Where(d => d.Requirement != requirement), new AttachedDocument(requirement, file)] }, actor, work => work.Db.SealedFiles.Add(row(work, actor)), cancel);
        return file;
    }

    /// <summary>The draft names it no more. Its sealed bytes stay: an earlier submission may hold it.</summary>
    public Task RemoveAsync(ApplicationId id, FormSection section, SealedFileId file, Actor actor, CancellationToken cancel = default) =>
        section == FormSection.Commitments
            ? drafts.ChangeAsync<CommitmentsSection>(id, section, s => s with { Commitments = [.. s.Commitments.Select(c => c.Letter?.Id == file ? c with { Letter = null } : c)] }, actor, cancel: cancel)
            : drafts.ChangeAsync<DocumentsSection>(id, section, s => s with { Documents = [.. s.Documents.Where(d => d.File.Id != file)] }, actor, cancel: cancel);

    /// <summary>The bytes of a file of an application.</summary>
    public async Task<byte[]> ReadAsync(ApplicationId id, SealedFileId file, CancellationToken cancel = default)
    {
        var application = await ApplicationAsync(id, cancel);
        var row = await db.SealedFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == file && f.ApplicationId == id, cancel) ?? throw new NotFound("file", file.Value);
        using var key = vault.KeyOf(application);
        return await vault.ReadFileAsync(key, row, cancel);
    }

    static CommitmentsSection WithLetter(CommitmentsSection section, FundingSource source, AttachedFile letter)
    {
        var commitment = section.Commitments.FirstOrDefault(c => c.Source == source) ?? new Commitment { Source = source };
        return section with { Commitments = [.. section.Commitments.Where(c => c.Source != source).Append(commitment with { Letter = letter }).OrderBy(c => c.Source)] };
    }

    async Task<(AttachedFile File, Func<Work, Actor, SealedFile> Row)> PutAsync(ApplicationId id, byte[] bytes, string name, CancellationToken cancel)
    {
        var (file, box) = await vault.PutFileAsync(await ApplicationAsync(id, cancel), bytes, name, cancel);
        return (file, (work, actor) => new SealedFile { Id = file.Id, ApplicationId = id, BoxDigest = box, UploadedAt = work.Now, UploadedBy = actor.PersonId });
    }

    async Task<Application> ApplicationAsync(ApplicationId id, CancellationToken cancel) =>
        await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("application", id.Value);
}
