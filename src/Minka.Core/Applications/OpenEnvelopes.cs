using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>
/// After the close, in one act: every last submission is opened, held against the digest of its receipt, given its code in the
/// order of the register, and the list is told. Before the close it is refused, whoever asks; and where the rules ask several
/// officials, the last of them opens (<see cref="AskOpening"/>).
/// </summary>
[UseCase]
public sealed class OpenEnvelopes(Writer writer, AppDb db, ApplicationVault vault, FileStore files, TimeProvider time)
{
    /// <returns>How many were opened.</returns>
    public async Task<int> ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default)
    {
        var call = await db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
        if (call.State is not (CallState.Open or CallState.Closed)) Call.Table.Next(call.State, "open-envelopes");
        // Decided again in the act; this look keeps anything from being opened on the way there.
        if (call.Dates.Close.IsOpenAt(time.UtcInstant())) throw new RuleBroken(ApplicationsRules.OpeningBeforeClose, call.Dates.Close.ClosesAt);
        var rules = await FrozenReads.RulesAsync(db, id, call.Round, cancel) ?? throw new NotFound("rules", call.Slug);
        // Nothing is unsealed, not even in memory, before enough officials have given their word.
        Openings.Require(await Openings.ConsentsAsync(db, call, cancel), Openings.Officials(rules), actor);
        var envelopes = await ReadAsync(id, cancel);

        return await writer.ActAsync("call.open-envelopes", actor, async work =>
        {
            var opening = await work.Db.Calls.SingleAsync(c => c.Id == id, cancel);
            if (opening.State == CallState.Open)
            {
                opening.CloseSubmissions(work.Now);
                work.Happened(new SubmissionsClosed(id, opening.Dates.Close.ClosesAt));
            }
            opening.MarkOpened();
            Openings.Require(await Openings.ConsentsAsync(work.Db, opening, cancel), Openings.Officials(rules), actor);
            var applications = await work.Db.Applications.Where(a => a.CallId == id && a.State == ApplicationState.Submitted).ToListAsync(cancel);
            if (!applications.Select(a => a.LastSubmissionId).ToHashSet().SetEquals(envelopes.Select(e => (SubmissionId?)e.Submission.Id))) throw new RuleBroken(ApplicationsRules.OpeningChanged);
            var told = new List<OpenedEnvelope>(envelopes.Count);
            foreach (var (envelope, number) in envelopes.Select((e, i) => (e, i + 1)))
            {
                var application = applications.Single(a => a.Id == envelope.Submission.ApplicationId);
                application.Open(string.Create(CultureInfo.InvariantCulture, $"P-{number:000}"));
                var opened = Opened(application, envelope, rules, work.Now);
                work.Db.OpenedApplications.Add(opened);
                var order = 0;
                foreach (var (file, purpose, subject) in envelope.Files)
                    work.Db.ApplicationFiles.Add(new ApplicationFile { ApplicationId = application.Id, StoredFileId = file.AddTo(work).Id, Purpose = purpose, Subject = subject, Order = ++order });
                told.Add(new(opened.Code, application.Id, envelope.Submission.Id, opened.ContentDigest, opened.PublicDigest, opened.WithheldDigest));
            }
            work.Happened(new CallOpenedEnvelopes(id, told.Count, told));
            return told.Count;
        }, new ActNote("call", id.Value), cancel);
    }

    async Task<List<Envelope>> ReadAsync(CallId id, CancellationToken cancel)
    {
        var rows = await (
            from a in db.Applications.AsNoTracking()
            where a.CallId == id && a.State == ApplicationState.Submitted
            join s in db.Submissions.AsNoTracking() on a.LastSubmissionId equals s.Id
            join e in db.CoordinationEntities.AsNoTracking() on a.EntityId equals e.Id
            orderby s.RegisterIndex
            select new { Application = a, Submission = s, Entity = e }).ToListAsync(cancel);
        var result = new List<Envelope>(rows.Count);
        foreach (var row in rows)
        {
            var content = vault.OpenSubmission(row.Application, row.Submission);
            result.Add(new(row.Submission, row.Entity, content, await FilesAsync(row.Application, content, cancel)));
        }
        return result;
    }

    async Task<List<(IncomingFile File, FilePurpose Purpose, string Subject)>> FilesAsync(Application application, ApplicationContent content, CancellationToken cancel)
    {
        var known = await db.SealedFiles.AsNoTracking().Where(f => f.ApplicationId == application.Id).ToDictionaryAsync(f => f.Id, cancel);
        var attached = content.Withheld.Files.ToLookup(f => f.Sha256);
        var wanted = content.Public.Commitments.Where(c => c.Letter is not null).Select(c => (Digest: c.Letter!.Value, Purpose: FilePurpose.Letter, Subject: System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.Source.ToString())))
            .Concat(content.Public.Documents.Select(d => (Digest: d.Sha256, Purpose: FilePurpose.Document, Subject: d.Requirement)));
        using var key = vault.KeyOf(application);
        var result = new List<(IncomingFile, FilePurpose, string)>();
        foreach (var (digest, purpose, subject) in wanted)
        {
            var file = attached[digest].First();
            var bytes = await vault.ReadFileAsync(key, known.GetValueOrDefault(file.Id) ?? throw new NotFound("file", file.Id.Value), cancel);
            if (Digest.Of(bytes) != digest) throw new InvalidDataException($"file {file.Id.Value}: the bytes are not what was received");
            result.Add((await files.PutAsync(bytes, file.Name, cancel: cancel), purpose, subject));
        }
        return result;
    }

    static OpenedApplication Opened(Application application, Envelope envelope, CallRules rules, DateTime now)
    {
        var (publicPart, withheld) = (envelope.Content.Public, envelope.Content.Withheld);
        var (publicText, withheldText) = (ApplicationContent.Text(publicPart), ApplicationContent.Text(withheld));
        var territory = rules.TerritoryOf(envelope.Entity.ProvinceCodes);
        return new()
        {
            ApplicationId = application.Id,
            CallId = application.CallId,
            EntityId = application.EntityId,
            SubmissionId = envelope.Submission.Id,
            Code = application.Code!,
            ContentDigest = envelope.Submission.ContentDigest,
            PublicContent = publicText,
            PublicDigest = Digest.Of(publicText),
            WithheldContent = withheldText,
            WithheldDigest = Digest.Of(withheldText),
            Entity = publicPart.Entity,
            Title = publicPart.Title,
            Holder = publicPart.Holder,
            HolderRuc = publicPart.HolderRuc,
            Requested = publicPart.Requested,
            TotalCost = publicPart.TotalCost,
            LeagueCode = rules.LeagueOf(envelope.Entity.ProvinceCodes)?.Code,
            ProvinceCode = territory?.Code,
            NeedPosition = territory?.NeedPosition ?? 0,
            OpenedAt = now,
        };
    }

    sealed record Envelope(Submission Submission, CoordinationEntity Entity, ApplicationContent Content, IReadOnlyList<(IncomingFile File, FilePurpose Purpose, string Subject)> Files);
}
