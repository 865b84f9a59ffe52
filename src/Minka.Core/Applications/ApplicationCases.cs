using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.Core.Planning;

namespace Minka.Core.Applications;

/// <summary>The head of a programme version: all but its content.</summary>
public sealed record VersionHead(ProgrammeVersionId Id, ProgrammeId ProgrammeId, int Number, Digest Digest, string Title);

/// <summary>One section as it was saved, and the version to give back with a change of it; null before the first save.</summary>
public sealed record SavedSection(FormSection Section, int? Version, DateTime? SavedAt, Guid? SavedBy);

/// <summary>An application with all that its pages and checks read.</summary>
public sealed record ApplicationCase
{
    public required Application Application { get; init; }
    public required CoordinationEntity Entity { get; init; }
    public required Call Call { get; init; }
    public required CallRules Rules { get; init; }
    public required VersionHead ProgrammeVersion { get; init; }
    public required ProgrammeContent Programme { get; init; }
    public required PromoterFacts Facts { get; init; }

    /// <summary>What has been written so far. Only the entity's people may see it before the opening.</summary>
    public required ApplicationForm Form { get; init; }
    public required IReadOnlyList<SavedSection> Saved { get; init; }

    /// <summary>What would be submitted now.</summary>
    public required ApplicationContent Content { get; init; }

    public IReadOnlyList<FormalCheck> Checks() =>
        [.. FormalChecks.OfPromoter(Rules, Facts), .. FrozenReads.ProgrammeChecks(Programme, ProgrammeVersion.Digest, Rules, Entity.ProvinceCodes), .. FormalChecks.OfForm(Form, Programme, Rules, Facts)];

    public int? VersionOf(FormSection section) => Saved.FirstOrDefault(s => s.Section == section)?.Version;
}

/// <summary>Reads applications whole. Rules and programmes are frozen, so they are read once by digest.</summary>
[UseCase]
public sealed class ApplicationCases(AppDb db, ApplicationVault vault, TimeProvider time)
{
    /// <exception cref="NotFound">No such application, or its call has no integrated rules.</exception>
    public async Task<ApplicationCase> FindAsync(ApplicationId id, CancellationToken cancel = default)
    {
        var row = await (
            from a in db.Applications.AsNoTracking()
            where a.Id == id
            join e in db.CoordinationEntities on a.EntityId equals e.Id
            join c in db.Calls on a.CallId equals c.Id
            join v in db.ProgrammeVersions on a.ProgrammeVersionId equals v.Id
            select new { Application = a, Entity = e, Call = c, v.Id, v.ProgrammeId, v.Number, v.Digest, v.Title }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("application", id.Value);
        var (application, entity, call) = (row.Application, row.Entity, row.Call);
        var version = new VersionHead(row.Id, row.ProgrammeId, row.Number, row.Digest, row.Title);
        var rules = await FrozenReads.RulesAsync(db, call.Id, call.Round, cancel) ?? throw new NotFound("rules", call.Slug);
        var programme = await FrozenReads.ProgrammeAsync(db, version.Id, version.Digest, cancel);
        var facts = await FactsAsync(entity, call, version, programme, cancel) with { PlacesTaken = await OwnPlaces.TakenAsync(db, application, cancel) };
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.ApplicationId == id).ToListAsync(cancel);
        using var key = vault.KeyOf(application);
        var form = new ApplicationForm
        {
            Holder = Read<HolderSection>(FormSection.Holder),
            Commitments = Read<CommitmentsSection>(FormSection.Commitments),
            Narratives = Read<NarrativesSection>(FormSection.Narratives),
            Documents = Read<DocumentsSection>(FormSection.Documents),
            Terms = Read<TermsSection>(FormSection.Terms),
        };
        return new()
        {
            Application = application,
            Entity = entity,
            Call = call,
            Rules = rules,
            ProgrammeVersion = version,
            Programme = programme,
            Facts = facts,
            Form = form,
            Saved = [.. Enum.GetValues<FormSection>().Select(s => drafts.FirstOrDefault(d => d.Section == s) is { } d ? new SavedSection(s, d.Version, d.SavedAt, d.SavedBy) : new(s, null, null, null))],
            Content = ApplicationContent.Of(application, entity, form, version, programme, rules, ApplicationVault.SaltOf(key), vault.WriterCode),
        };

        T Read<T>(FormSection section)
            where T : new() =>
            drafts.FirstOrDefault(d => d.Section == section) is { } draft ? vault.ReadSection<T>(key, id, section, draft.Box) : new();
    }

    /// <summary>What is known of a promoter and a version under a call's fund, today.</summary>
    public async Task<PromoterFacts> FactsAsync(CoordinationEntity entity, Call call, VersionHead version, ProgrammeContent programme, CancellationToken cancel = default)
    {
        var today = LegalTime.DayIn(time.UtcInstant());
        var accredited = await Accreditations.UntilAsync(db, call.FundId, entity.Id, today, cancel);
        var resolution = await Resolutions.CodeInForceAsync(db, entity.Id, PlanningSubjects.ProgrammeVersion, version.Id.Value, version.Digest, cancel);
        return new()
        {
            Name = entity.Name,
            Ruc = entity.Ruc,
            HasLegalPersonality = entity.HasLegalPersonality,
            ProvinceCodes = entity.ProvinceCodes,
            Composition = await AccreditEntity.CompositionAsync(db, entity, today, cancel),
            AccreditedUntil = accredited,
            Resolution = resolution,
            ProgrammeVersion = version.Number,
            StrategyInForce = await db.Strategies.AnyAsync(s => s.Id == programme.Strategy.Id && s.State == StrategyState.InForce, cancel),
        };
    }
}

/// <summary>The places that a promoter gave to its applications in its own order.</summary>
public static class OwnPlaces
{
    /// <summary>Those of the others that it has submitted to the same call.</summary>
    public static async Task<IReadOnlyList<int>> TakenAsync(AppDb db, Application application, CancellationToken cancel = default)
    {
        var (id, call, entity) = (application.Id, application.CallId, application.EntityId);
        return await db.Applications.Where(a => a.CallId == call && a.EntityId == entity && a.Id != id && a.State == ApplicationState.Submitted && a.OwnPriority != null)
            .Select(a => a.OwnPriority!.Value).Order().ToListAsync(cancel);
    }
}

/// <summary>What never changes once frozen, kept by its digest.</summary>
public static class FrozenReads
{
    const int Most = 512;

    static readonly ConcurrentDictionary<string, CallRules> RulesByDigest = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<string, ProgrammeContent> ProgrammesByDigest = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<string, IReadOnlyList<FormalCheck>> ChecksByDigests = new(StringComparer.Ordinal);

    /// <summary>The integrated rules (freeze 2) of a round of a call, or null before them.</summary>
    public static async Task<CallRules?> RulesAsync(AppDb db, CallId call, int round, CancellationToken cancel = default)
    {
        var digests = await db.Freezes.AsNoTracking().Where(f => f.CallId == call && f.Round == round && f.Number == 2).Select(f => f.Digest).ToListAsync(cancel);
        if (digests is not [var digest]) return null;
        if (RulesByDigest.TryGetValue(digest.Hex, out var known)) return known;
        var text = await db.Freezes.AsNoTracking().Where(f => f.CallId == call && f.Round == round && f.Number == 2).Select(f => f.Rules).SingleAsync(cancel);
        return Keep(RulesByDigest, digest.Hex, CallRules.Of(text));
    }

    public static async Task<ProgrammeContent> ProgrammeAsync(AppDb db, ProgrammeVersionId version, Digest digest, CancellationToken cancel = default)
    {
        if (ProgrammesByDigest.TryGetValue(digest.Hex, out var known)) return known;
        var text = await db.ProgrammeVersions.AsNoTracking().Where(v => v.Id == version).Select(v => v.Content).SingleAsync(cancel);
        return Keep(ProgrammesByDigest, digest.Hex, ProgrammeContent.Read(text));
    }

    internal static IReadOnlyList<FormalCheck> ProgrammeChecks(ProgrammeContent programme, Digest digest, CallRules rules, IReadOnlyList<string> provinces)
    {
        var key = $"{digest.Hex}/{rules.Digest.Hex}/{string.Join(',', provinces)}";
        return ChecksByDigests.TryGetValue(key, out var known) ? known : Keep(ChecksByDigests, key, FormalChecks.OfProgramme(programme, rules, provinces));
    }

    static T Keep<T>(ConcurrentDictionary<string, T> kept, string key, T value)
    {
        if (kept.Count >= Most) kept.Clear();
        kept[key] = value;
        return value;
    }
}
