using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;

namespace Minka.Core.Publication;

/// <summary>Gathers what the public may recompute of one awarded call.</summary>
[UseCase]
public sealed class BundleWriter(AppDb db, RegisterTree tree, Checkpoints checkpoints, SigningKeys keys, Writer writer)
{
    /// <returns>The zip, and the digest of all files but the signatures.</returns>
    /// <exception cref="RuleBroken"><c>bundle.not-awarded</c>: the award is not public yet.</exception>
    public async Task<(byte[] Zip, Digest Digest)> WriteAsync(CallId id, CancellationToken cancel = default)
    {
        var call = await db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
        if (call.State != CallState.Awarded) throw new RuleBroken("bundle.not-awarded");
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);

        var freezes = await db.Freezes.Where(f => f.CallId == id).OrderBy(f => f.Round).ThenBy(f => f.Number).ToListAsync(cancel);
        var frozen = new List<BundleFreeze>();
        foreach (var freeze in freezes)
        {
            var path = $"rules/round-{freeze.Round}-freeze-{freeze.Number}.json";
            files[path] = Encoding.UTF8.GetBytes(freeze.Rules);
            frozen.Add(new(freeze.Round, freeze.Number, path, freeze.Digest, freeze.At));
        }
        Put("rules/freezes.json", frozen);
        Put("rules/calendar.json", call.Calendar);

        var opened = await db.OpenedApplications.Where(o => o.CallId == id).OrderBy(o => o.Code).ToListAsync(cancel);
        var applications = await db.Applications.Where(a => a.CallId == id).ToDictionaryAsync(a => a.Id, cancel);
        var submissionIds = opened.Select(o => o.SubmissionId).ToList();
        var received = await db.Submissions.Where(s => submissionIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.ReceivedAt, cancel);
        var list = new List<BundleApplication>();
        var resolutions = new List<BundleResolution>();
        foreach (var o in opened)
        {
            files[$"applications/{o.Code}.json"] = Encoding.UTF8.GetBytes(o.PublicContent);
            list.Add(new()
            {
                Code = o.Code,
                ApplicationId = o.ApplicationId,
                SubmissionId = o.SubmissionId,
                State = applications[o.ApplicationId].State,
                ReceivedAt = received[o.SubmissionId],
                Content = o.ContentDigest,
                Public = o.PublicDigest,
                Withheld = o.WithheldDigest,
                League = o.LeagueCode,
                Province = o.ProvinceCode,
                NeedPosition = o.NeedPosition,
                Requested = o.Requested,
                TotalCost = o.TotalCost,
            });
            var content = o.ReadPublic();
            var version = await db.ProgrammeVersions.SingleAsync(v => v.Id == content.ProgrammeVersionId, cancel);
            files[$"programmes/{o.Code}.json"] = Encoding.UTF8.GetBytes(version.Content);
            if (await db.Resolutions.Where(r => r.EntityId == o.EntityId && r.SubjectId == version.Id.Value).OrderBy(r => r.AdoptedAt).FirstOrDefaultAsync(cancel) is { } resolution)
            {
                resolutions.Add(new()
                {
                    Application = o.Code,
                    Id = resolution.Id,
                    EntityId = resolution.EntityId,
                    Entity = o.Entity,
                    Code = resolution.Code,
                    Title = resolution.Title,
                    SubjectKind = resolution.SubjectKind,
                    SubjectId = resolution.SubjectId,
                    SubjectDigest = resolution.SubjectDigest,
                    AdoptedAt = resolution.AdoptedAt,
                    MotionId = resolution.MotionId,
                    Outcome = resolution.Outcome,
                });
            }
        }
        Put("applications.json", list);
        Put("resolutions.json", resolutions);

        var codes = opened.ToDictionary(o => o.ApplicationId, o => o.Code);
        var ids = opened.Select(o => o.ApplicationId).ToList();
        var findings = await db.Findings.Where(f => ids.Contains(f.ApplicationId)).ToListAsync(cancel);
        Put("screening.json", findings.Select(f => new BundleFinding(codes[f.ApplicationId], f.RequirementId, f.Round, f.Met, f.Reason))
            .OrderBy(f => f.Application, StringComparer.Ordinal).ThenBy(f => f.Round).ThenBy(f => f.Requirement, StringComparer.Ordinal).ToList());

        var seats = await db.Assignments.Where(a => a.CallId == id && a.State == AssignmentState.Locked).ToListAsync(cancel);
        var seatIds = seats.Select(s => s.Id).ToList();
        var scores = (await db.Scores.Where(s => seatIds.Contains(s.AssignmentId)).ToListAsync(cancel)).ToLookup(s => s.AssignmentId);
        Put("scores.json", seats.Select(s => new BundleSheet(codes[s.ApplicationId], s.Id.Value, s.Seat, s.Pseudonym, s.LockedAt!.Value, s.SaltHex,
                [.. scores[s.Id].OrderBy(x => x.CriterionId, StringComparer.Ordinal).Select(x => new BundleScore(x.CriterionId, x.Points ?? 0, x.Reason))]))
            .OrderBy(s => s.Application, StringComparer.Ordinal).ThenBy(s => s.Seat).ToList());

        var draws = await db.TieDraws.Where(d => d.CallId == id).OrderBy(d => d.Number).ToListAsync(cancel);
        Put("draws.json", draws.Select(d => new BundleDraw(d.Number, d.Candidates, d.SaltHex, d.Commitment, d.CommittedAt, d.Beacon, d.DrawnAt)).ToList());

        var run = await db.SelectionRuns.Where(r => r.CallId == id && r.State == RunState.Approved).OrderByDescending(r => r.Number).FirstAsync(cancel);
        files["award/input.json"] = Encoding.UTF8.GetBytes(run.Input);
        files["award/result.json"] = Encoding.UTF8.GetBytes(run.Result);
        Put("award/run.json", new BundleRun(run.Id.Value, run.Number, run.RulesDigest, run.InputDigest, run.ResultDigest, run.ProposedAt, run.DecidedAt));
        var compared = await db.RunComparisons.SingleOrDefaultAsync(c => c.RunId == run.Id, cancel);
        if (compared is not null) files["award/comparison.json"] = Encoding.UTF8.GetBytes(compared.Content);
        if (compared?.Certificate is { } proof) files["award/optimum-certificate.json"] = Encoding.UTF8.GetBytes(proof);
        var rounds = await db.ReserveRounds.Where(r => r.RunId == run.Id).OrderBy(r => r.Number).ToListAsync(cancel);
        Put("award/reserve.json", rounds.Select(r => new BundleReserve(r.Number, r.Withdrawn, r.Promoted, r.At)).ToList());

        var agreements = await db.Agreements.Where(a => a.CallId == id).OrderBy(a => a.Number).ToListAsync(cancel);
        foreach (var agreement in agreements) files[$"agreements/{agreement.Number}.json"] = Encoding.UTF8.GetBytes(agreement.Content);
        Put("agreements.json", agreements.Select(a => new BundleAgreement(a.Id.Value, codes[a.ApplicationId], a.State.ToString(), a.ContentDigest, a.DraftedAt, a.ConcludedAt)).ToList());

        var demo = await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo, cancel);
        await StateAsync(call, BundlePublished.DigestOf(call.Slug, demo, Listed(files)), cancel);
        var checkpoint = await checkpoints.SignAsync(cancel);
        using (var leaves = new MemoryStream())
        {
            await foreach (var body in db.Leaves.Where(l => l.Index < checkpoint.Size).OrderBy(l => l.Index).Select(l => l.Body).AsAsyncEnumerable().WithCancellation(cancel))
            {
                leaves.Write(body);
                leaves.WriteByte((byte)'\n');
            }
            files["register/leaves.jsonl"] = leaves.ToArray();
        }
        files["register/head.json"] = CanonicalJson.Bytes(new JsonObject
        {
            ["origin"] = keys.Origin,
            ["size"] = checkpoint.Size,
            ["root"] = Convert.ToHexStringLower(tree.Read(t => t.Root((ulong)checkpoint.Size))),
        });
        files["keys.json"] = Encoding.UTF8.GetBytes(keys.PublicJwks());

        var manifest = new BundleManifest
        {
            Format = BundleManifest.Format1,
            Origin = keys.Origin,
            Call = call.Slug,
            Demo = demo,
            RegisterSize = checkpoint.Size,
            About = "Paquete público de Minka. Verifique sin conexión: ./minka verify ARCHIVO [--head CABEZA | --key HUELLA]. / Public bundle: verify offline.",
            Files = Listed(files),
        };
        var manifestBytes = CanonicalJson.Bytes(manifest);
        files["manifest.json"] = manifestBytes;
        files["signatures/checkpoint.txt"] = Encoding.UTF8.GetBytes(checkpoint.Note);
        var receipts = await db.Receipts.Where(r => submissionIds.Contains(r.SubmissionId)).ToListAsync(cancel);
        foreach (var o in opened) files[$"signatures/receipts/{o.Code}.jws"] = Encoding.ASCII.GetBytes(receipts.Single(r => r.SubmissionId == o.SubmissionId).Token);
        return (StoredZip.Write(files), Digest.Of(manifestBytes));

        void Put<T>(string path, T value) => files[path] = CanonicalJson.Bytes(value);
    }

    static List<BundleFile> Listed(Dictionary<string, byte[]> files) =>
        [.. files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new BundleFile(f.Key, Digest.Of(f.Value), f.Value.Length))];

    /// <summary>Has the register state the digest, unless that is what it stated last.</summary>
    async Task StateAsync(Call call, Digest content, CancellationToken cancel)
    {
        var id = call.Id;
        var last = await db.Acts.Where(a => a.Kind == "bundle.publish" && a.SubjectId == id.Value).OrderByDescending(a => a.Index).Select(a => (long?)a.Index).FirstOrDefaultAsync(cancel);
        if (last is { } index)
        {
            var body = await db.Leaves.Where(l => l.Index == index).Select(l => l.Body).SingleAsync(cancel);
            if (JsonNode.Parse(body)!["events"]!.AsArray().Any(e => e!["content"]?.ToString() == content.Hex)) return;
        }
        await writer.ActAsync("bundle.publish", Actor.System, work =>
        {
            work.Happened(new BundlePublished(id, content));
            return Task.CompletedTask;
        }, new ActNote("call", id.Value), cancel);
    }
}
