using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>
/// Saves one section, sealed. A section that another editor saved meanwhile is not overwritten: <see cref="ChangedMeanwhile"/>;
/// the caller sets its own version aside and shows both.
/// </summary>
[UseCase]
public sealed class SaveDraft(Writer writer, AppDb db, ApplicationVault vault)
{
    const int MostFiles = 40;

    /// <param name="version">Of the section as it was read; null if it had not been saved before.</param>
    /// <returns>The version after the save.</returns>
    public Task<int> ExecuteAsync(ApplicationId id, HolderSection section, int? version, Actor actor, CancellationToken cancel = default) =>
        SaveAsync(id, FormSection.Holder, Clean(section), version, actor, cancel);

    /// <inheritdoc cref="ExecuteAsync(ApplicationId, HolderSection, int?, Actor, CancellationToken)"/>
    public Task<int> ExecuteAsync(ApplicationId id, CommitmentsSection section, int? version, Actor actor, CancellationToken cancel = default) =>
        SaveAsync(id, FormSection.Commitments, Clean(section), version, actor, cancel);

    /// <inheritdoc cref="ExecuteAsync(ApplicationId, HolderSection, int?, Actor, CancellationToken)"/>
    public Task<int> ExecuteAsync(ApplicationId id, NarrativesSection section, int? version, Actor actor, CancellationToken cancel = default) =>
        SaveAsync(id, FormSection.Narratives, Clean(section), version, actor, cancel);

    /// <inheritdoc cref="ExecuteAsync(ApplicationId, HolderSection, int?, Actor, CancellationToken)"/>
    public Task<int> ExecuteAsync(ApplicationId id, DocumentsSection section, int? version, Actor actor, CancellationToken cancel = default) =>
        SaveAsync(id, FormSection.Documents, Clean(section), version, actor, cancel);

    /// <inheritdoc cref="ExecuteAsync(ApplicationId, HolderSection, int?, Actor, CancellationToken)"/>
    public Task<int> ExecuteAsync(ApplicationId id, TermsSection section, int? version, Actor actor, CancellationToken cancel = default) =>
        SaveAsync(id, FormSection.Terms, Clean(section), version, actor, cancel);

    /// <summary>Keeps what an editor wrote on an older version, until the person chooses.</summary>
    public async Task SetAsideAsync<T>(ApplicationId id, FormSection section, T content, Actor actor, CancellationToken cancel = default)
    {
        var person = actor.PersonId ?? throw new InvalidOperationException("nobody is signed in");
        var box = vault.SealAside(await ApplicationAsync(id, cancel), section, person, content);
        await writer.ActAsync("application.set-aside", actor, async work =>
        {
            var aside = await work.Db.DraftAsides.SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section && d.PersonId == person, cancel);
            if (aside is null)
            {
                aside = new DraftAside { ApplicationId = id, Section = section, PersonId = person };
                work.Db.DraftAsides.Add(aside);
            }
            aside.Save(box, work.Now);
        }, new ActNote(Application.Subject, id.Value), cancel);
    }

    /// <summary>What the person had set aside, or null.</summary>
    public async Task<T?> ReadAsideAsync<T>(ApplicationId id, FormSection section, Guid person, CancellationToken cancel = default)
        where T : class
    {
        var aside = await db.DraftAsides.AsNoTracking().SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section && d.PersonId == person, cancel);
        if (aside is null) return null;
        using var key = vault.KeyOf(await ApplicationAsync(id, cancel));
        return vault.ReadAside<T>(key, id, section, person, aside.Box);
    }

    /// <summary>The person has chosen: the version set aside is dropped.</summary>
    public Task DropAsideAsync(ApplicationId id, FormSection section, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("application.drop-aside", actor, async work =>
        {
            var aside = await work.Db.DraftAsides.SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section && d.PersonId == actor.PersonId, cancel);
            if (aside is not null) work.Db.DraftAsides.Remove(aside);
        }, new ActNote(Application.Subject, id.Value), cancel);

    /// <summary>Changes one thing of a section on whatever version is there, so that nobody's words are lost by it.</summary>
    internal async Task ChangeAsync<T>(ApplicationId id, FormSection section, Func<T, T> change, Actor actor, Action<Work>? also = null, CancellationToken cancel = default)
        where T : class, new()
    {
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            var application = await ApplicationAsync(id, cancel);
            var draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section, cancel);
            T before;
            using (var key = vault.KeyOf(application)) before = draft is null ? new() : vault.ReadSection<T>(key, id, section, draft.Box);
            try
            {
                await SaveAsync(id, section, change(before), draft?.Version, actor, cancel, also);
                return;
            }
            catch (ChangedMeanwhile) when (attempt < attempts)
            {
                // Somebody saved between reading and writing: again on what is there now.
            }
        }
    }

    async Task<int> SaveAsync<T>(ApplicationId id, FormSection section, T content, int? version, Actor actor, CancellationToken cancel, Action<Work>? also = null)
    {
        var box = vault.SealSection(await ApplicationAsync(id, cancel), section, content);
        try
        {
            return await WriteAsync();
        }
        catch (ChangedMeanwhile) when (also is null)
        {
            // The form and the page's own saving may arrive together with the same words: nobody was overtaken.
            if (await SavedAlreadyAsync(id, section, content, cancel) is { } saved) return saved;
            throw;
        }

        Task<int> WriteAsync() => writer.ActAsync("application.save-draft", actor, async work =>
        {
            var application = await work.ApplicationAsync(id, cancel);
            if (!application.MayBeEdited) throw new RuleBroken(ApplicationsRules.NotEditable, application.State);
            await work.MustTakeApplicationsAsync(application.CallId, cancel);
            var draft = await work.Db.Drafts.SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section, cancel);
            if (draft?.Version != version) throw new ChangedMeanwhile("draft");
            if (draft is null)
            {
                draft = new Draft { ApplicationId = id, Section = section };
                work.Db.Drafts.Add(draft);
            }
            draft.Save(box, actor.PersonId, work.Now);
            also?.Invoke(work);
            work.Happened(new DraftSaved(id));
            return version + 1 ?? 0;
        }, new ActNote(Application.Subject, id.Value), cancel);
    }

    /// <summary>The version that is saved, if it says the same; else null.</summary>
    async Task<int?> SavedAlreadyAsync<T>(ApplicationId id, FormSection section, T content, CancellationToken cancel)
    {
        if (await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.ApplicationId == id && d.Section == section, cancel) is not { } draft) return null;
        using var key = vault.KeyOf(await ApplicationAsync(id, cancel));
        return CanonicalJson.Bytes(vault.ReadSection<T>(key, id, section, draft.Box)).AsSpan().SequenceEqual(CanonicalJson.Bytes(content)) ? draft.Version : null;
    }

    async Task<Application> ApplicationAsync(ApplicationId id, CancellationToken cancel) =>
        await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("application", id.Value);

    static HolderSection Clean(HolderSection section)
    {
        var holder = section.Holder;
        var person = holder.Representative;
        return section with
        {
            Holder = holder with
            {
                Name = Name(holder.Name, "holder"),
                Ruc = Number(holder.Ruc),
                Representative = new()
                {
                    Name = Name(person.Name, "representative"),
                    Document = Name(person.Document, "document"),
                    Position = Name(person.Position, "position"),
                    Email = Name(person.Email, "email"),
                },
            },
            Executors = [.. section.Executors.Select(e => e with { Name = Name(e.Name, "executor"), Ruc = Number(e.Ruc) }).Where(e => e.Name.Length > 0 || e.Ruc.Length > 0)],
        };
    }

    static CommitmentsSection Clean(CommitmentsSection section) => section with
    {
        Commitments = [.. section.Commitments
            .Select(c => c with { Contributor = Name(c.Contributor, "contributor"), Valuation = Text(c.Valuation, "valuation") })
            .Where(c => c.Contributor.Length > 0 || c.Valuation.Length > 0 || c.Letter is not null).OrderBy(c => c.Source)],
    };

    static NarrativesSection Clean(NarrativesSection section) => section with
    {
        Narratives = [.. section.Narratives.Select(n => n with { Text = Text(n.Text, "narrative") }).Where(n => n.Text.Length > 0)],
    };

    static DocumentsSection Clean(DocumentsSection section) =>
        section.Documents.Count <= MostFiles ? section : throw new RuleBroken(ApplicationsRules.TooManyFiles, MostFiles);

    static TermsSection Clean(TermsSection section) => section with
    {
        PlanWriter = new() { Name = Name(section.PlanWriter.Name, "plan-writer"), Document = Name(section.PlanWriter.Document, "document") },
    };

    static string Number(string? typed) => Name(typed, "ruc").Replace(" ", "", StringComparison.Ordinal);

    static string Name(string? typed, string field) => Cut(typed, field, ApplicationForm.LongestName);

    // A form sends line breaks as CR LF, a script as LF: one form, so that the same words have the same digest.
    static string Text(string? typed, string field) => Cut(typed?.ReplaceLineEndings("\n"), field, ApplicationForm.LongestText);

    static string Cut(string? typed, string field, int longest)
    {
        var text = typed?.Trim() ?? "";
        return text.Length <= longest ? text : throw new RuleBroken(ApplicationsRules.TextLong, field, longest);
    }
}
