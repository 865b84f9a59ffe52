using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>
/// Receives an application: sealed, once for a key, before the deadline by the act's own clock, and only for a version that a
/// resolution in force adopted. The answer is the signed receipt, written in the same transaction.
/// </summary>
[UseCase]
public sealed class SubmitApplication(Writer writer, AppDb db, ApplicationCases cases, ApplicationVault vault, SigningKeys keys)
{
    /// <param name="key">Made with the form; a repetition with the same key and content gets the stored receipt, at any time.</param>
    /// <param name="seen">Digest of the content that the person saw (<see cref="ApplicationContent.Digest"/>).</param>
    /// <exception cref="RuleBroken">
    /// <c>submission.other-body</c>: the key was used for another content; <c>submission.late</c>, <c>submission.no-resolution</c>, <c>submission.checks-fail</c> …
    /// </exception>
    /// <exception cref="ChangedMeanwhile">The draft is no longer what the person saw.</exception>
    public async Task<SubmissionReceipt> ExecuteAsync(ApplicationId id, SubmissionId key, Digest seen, Actor actor, CancellationToken cancel = default)
    {
        if (await StoredAsync(id, key, seen, cancel) is { } stored) return stored;
        var found = await cases.FindAsync(id, cancel);
        if (found.Content.Digest() != seen) throw new ChangedMeanwhile("draft");
        Check(found);

        var content = found.Content.ToBytes();
        byte[] box;
        using (var data = vault.KeyOf(found.Application)) box = vault.SealSubmission(data, id, key, content);
        CryptographicOperations.ZeroMemory(content);
        IReadOnlyList<Digest> files = [.. found.Content.Withheld.Files.Select(f => f.Sha256)];

        SubmissionReceipt? receipt = null;
        try
        {
            await writer.ActAsync("application.submit", actor, async work =>
            {
                if (await work.Db.Submissions.AsNoTracking().AnyAsync(s => s.Id == key, cancel)) throw new AnsweredMeanwhile();
                var application = await work.ApplicationAsync(id, cancel);
                await MustBeWelcomeAsync(work, application, found, cancel);
                application.Submit(key, found.Content.Public.Terms?.OwnPriority, work.Now);
                work.Db.Submissions.Add(new Submission
                {
                    Id = key,
                    ApplicationId = id,
                    CallId = application.CallId,
                    ProgrammeVersionId = found.ProgrammeVersion.Id,
                    ContentDigest = seen,
                    Box = box,
                    ReceivedAt = work.Now,
                    RegisterIndex = work.Act.Index,
                });
                work.Happened(new ApplicationSubmitted(id, application.CallId, key, seen));
                work.WhenSealed(position =>
                {
                    receipt = Issue(work, application, key, seen, files, position);
                    work.Db.Receipts.Add(receipt);
                    return Task.CompletedTask;
                });
            }, new ActNote(Application.Subject, id.Value), cancel);
        }
        catch (AnsweredMeanwhile)
        {
            return await StoredAsync(id, key, seen, cancel) ?? throw new InvalidOperationException("a submission without its receipt");
        }
        return receipt!;
    }

    /// <summary>The same, for a content that was just read: what the story and the tests use.</summary>
    public async Task<SubmissionReceipt> ExecuteAsync(ApplicationId id, SubmissionId key, Actor actor, CancellationToken cancel = default) =>
        await ExecuteAsync(id, key, (await cases.FindAsync(id, cancel)).Content.Digest(), actor, cancel);

    async Task<SubmissionReceipt?> StoredAsync(ApplicationId id, SubmissionId key, Digest seen, CancellationToken cancel)
    {
        var stored = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.SubmissionId == key, cancel);
        if (stored is null) return null;
        return stored.ApplicationId == id && stored.ContentDigest == seen ? stored : throw new RuleBroken(ApplicationsRules.OtherBody);
    }

    static void Check(ApplicationCase found)
    {
        var failing = found.Checks().Where(c => c is { Fails: true, Blocks: true }).ToList();
        if (failing.Any(c => c.Requirement == "resolution")) throw new RuleBroken(ApplicationsRules.NoResolution, found.ProgrammeVersion.Number);
        if (failing.Any(c => c.Requirement == "entity-accredited")) throw new RuleBroken(ApplicationsRules.NotAccredited, found.Entity.Name);
        if (failing.Count > 0) throw new RuleBroken(ApplicationsRules.ChecksFail, failing.Count, failing[0].Reason);
    }

    // In the writer's lane: only what may have changed since the content was read.
    static async Task MustBeWelcomeAsync(Work work, Application application, ApplicationCase found, CancellationToken cancel)
    {
        var call = await work.MustTakeApplicationsAsync(application.CallId, cancel);
        if (call.Round != found.Rules.Round) throw new RuleBroken(ApplicationsRules.RulesChanged);
        if (application.ProgrammeVersionId != found.ProgrammeVersion.Id) throw new ChangedMeanwhile("application");
        if (await Accreditations.UntilAsync(work.Db, call.FundId, application.EntityId, work.Today, cancel) is null)
            throw new RuleBroken(ApplicationsRules.NotAccredited, found.Entity.Name);
        var (version, digest) = (found.ProgrammeVersion.Id.Value, found.ProgrammeVersion.Digest);
        if (found.Rules.Pack.Promoter.ResolutionRequired.Or(true)
            && await Resolutions.CodeInForceAsync(work.Db, application.EntityId, PlanningSubjects.ProgrammeVersion, version, digest, cancel) is null)
            throw new RuleBroken(ApplicationsRules.NoResolution, found.ProgrammeVersion.Number);
        if (found.Content.Public.Terms?.OwnPriority is { } place && (await OwnPlaces.TakenAsync(work.Db, application, cancel)).Contains(place))
            throw new RuleBroken(ApplicationsRules.OwnPlaceTaken, place);
    }

    SubmissionReceipt Issue(Work work, Application application, SubmissionId key, Digest content, IReadOnlyList<Digest> files, LeafPosition position)
    {
        var payload = new ReceiptPayload
        {
            Origin = keys.Origin,
            Call = application.CallId.Value,
            Application = application.Id.Value,
            Submission = key.Value,
            Content = content,
            Files = files,
            At = work.Now,
            Index = checked((ulong)position.Index),
            Size = checked((ulong)position.TreeSize),
            Root = new Digest(Convert.ToHexStringLower(position.Root)),
        };
        return new()
        {
            SubmissionId = key,
            ApplicationId = application.Id,
            ContentDigest = content,
            Token = Receipt.Issue(payload, keys),
            Code = payload.Code.ToString(),
            ReceivedAt = work.Now,
            RegisterIndex = position.Index,
        };
    }

    /// <summary>Another request with the same key was faster: nothing is written.</summary>
    sealed class AnsweredMeanwhile : Exception;
}
