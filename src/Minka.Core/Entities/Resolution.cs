using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum ResolutionState
{
    InForce,
    Fulfilled,
    Revoked,
    Expired,
}

/// <summary>What an assembly decided.</summary>
public sealed class Resolution : IVersioned
{
    public const string RevokeSubject = "resolution";

    public static readonly Transitions<ResolutionState> Table = new("resolution",
        new Transition<ResolutionState>(ResolutionState.InForce, "fulfil", ResolutionState.Fulfilled, "secretary"),
        new Transition<ResolutionState>(ResolutionState.InForce, "revoke", ResolutionState.Revoked, "assembly"),
        new Transition<ResolutionState>(ResolutionState.InForce, "expire", ResolutionState.Expired, "secretary"));

    public required ResolutionId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required AssemblyId AssemblyId { get; init; }

    public required MotionId MotionId { get; init; }

    /// <summary>From 1 within the entity.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public string? SubjectKind { get; init; }

    public Guid? SubjectId { get; init; }

    public Digest? SubjectDigest { get; init; }

    public string? SubjectLabel { get; init; }

    public required DateTime AdoptedAt { get; init; }

    /// <summary>Quorum, tally and composition of the votes cast.</summary>
    public required MotionOutcome Outcome { get; init; }

    public ResolutionState State { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public string? EndedWhy { get; private set; }

    public ResolutionId? RevokedById { get; private set; }

    public int Version { get; private set; }

    /// <summary>"007-2026".</summary>
    public string Code => CodeOf(Number, AdoptedAt);

    internal static string CodeOf(int number, DateTime adoptedAt) => string.Create(CultureInfo.InvariantCulture, $"{number:000}-{LegalTime.DayIn(adoptedAt).Year}");

    public void Fulfil(string why, DateTime now) => End("fulfil", why, now);

    public void Expire(string why, DateTime now) => End("expire", why, now);

    internal void Revoke(ResolutionId by, string code, DateTime now)
    {
        End("revoke", code, now);
        RevokedById = by;
    }

    void End(string verb, string why, DateTime now)
    {
        var next = Table.Next(State, verb);
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        (State, EndedAt, EndedWhy) = (next, now, why.Trim());
    }
}

/// <summary>Questions about resolutions for later contexts.</summary>
public static class Resolutions
{
    /// <summary>The resolution in force that adopted exactly this content, or null. Whether its minutes are signed is another question.</summary>
    public static Task<Resolution?> FindInForceAsync(AppDb db, EntityId entity, string subjectKind, Guid subjectId, Digest digest, CancellationToken cancel = default) =>
        InForce(db, entity, subjectKind, subjectId, digest).FirstOrDefaultAsync(cancel);

    /// <summary>Its code alone, or null: without its text and tally, for the many that only ask whether there is one.</summary>
    public static async Task<string?> CodeInForceAsync(AppDb db, EntityId entity, string subjectKind, Guid subjectId, Digest digest, CancellationToken cancel = default) =>
        await InForce(db, entity, subjectKind, subjectId, digest).Select(r => new { r.Number, r.AdoptedAt }).FirstOrDefaultAsync(cancel) is { } found
            ? Resolution.CodeOf(found.Number, found.AdoptedAt) : null;

    static IQueryable<Resolution> InForce(AppDb db, EntityId entity, string subjectKind, Guid subjectId, Digest digest) =>
        db.Resolutions.Where(r => r.EntityId == entity && r.SubjectKind == subjectKind && r.SubjectId == subjectId
            && r.SubjectDigest == digest && r.State == ResolutionState.InForce);
}
