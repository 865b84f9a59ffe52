using System.Text.Json;
using System.Text.Json.Serialization;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Agreements;

public enum AgreementState
{
    /// <summary>Generated; both parties have yet to approve it.</summary>
    Draft,

    /// <summary>Approved by the fund and by the entity. Its legal effect waits for the signatures on paper or verified.</summary>
    Concluded,

    /// <summary>Not concluded in time, declined, or its application was disqualified: its money went to the reserve list.</summary>
    Lapsed,
}

/// <summary>One tranche: its share, its amount, and what must hold before it is paid.</summary>
public sealed record TrancheContent(int Number, BasisPoints Share, Money Amount, IReadOnlyList<TrancheGate> Gates);

/// <summary>What each source gives, from the programme.</summary>
public sealed record AgreementSource(FundingSource Source, Money Amount);

/// <summary>The text of the agreement as data: every name, amount and date comes from records, none is typed.</summary>
public sealed record AgreementContent
{
    public required string Number { get; init; }
    public required string Fund { get; init; }
    public required string Institution { get; init; }
    public required string Call { get; init; }
    public required Digest Rules { get; init; }
    public required string Application { get; init; }
    public required string Entity { get; init; }
    public required string Holder { get; init; }
    public required string HolderRuc { get; init; }
    public required string Programme { get; init; }
    public required int ProgrammeVersion { get; init; }
    public required Digest ProgrammeDigest { get; init; }
    public required int ResolutionNumber { get; init; }
    public required IReadOnlyList<PublicExecutor> Executors { get; init; }
    public required IReadOnlyList<PublicProject> Projects { get; init; }
    public required IReadOnlyList<AgreementSource> Sources { get; init; }
    public required Money Amount { get; init; }
    public required Money TotalCost { get; init; }

    /// <summary>What the fund does not grant of the request, where the applicant accepted a part: it finds that money or does less; null where all was granted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? NotGranted { get; init; }
    public required int Months { get; init; }
    public required MoneyMode Mode { get; init; }
    public required IReadOnlyList<TrancheContent> Tranches { get; init; }
    public required BasisPoints? AccountedBeforeNext { get; init; }
    public required string LegalEffectEs { get; init; }
    public required string LegalEffectEn { get; init; }
    public required DateOnly SignBy { get; init; }
}

/// <summary>The co-financing agreement of one awarded application.</summary>
public sealed class Agreement : IVersioned
{
    public const string Subject = "agreement";

    public static readonly Transitions<AgreementState> Table = new("agreement",
        new(AgreementState.Draft, "conclude", AgreementState.Concluded, "operator"),
        new(AgreementState.Draft, "lapse", AgreementState.Lapsed, "operator"),
        new(AgreementState.Draft, "void", AgreementState.Lapsed, "operator"),
        new(AgreementState.Concluded, "void", AgreementState.Lapsed, "operator"));

    public required AgreementId Id { get; init; }

    public required CallId CallId { get; init; }

    public required FundId FundId { get; init; }

    public required EntityId EntityId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required RunId RunId { get; init; }

    public required string Number { get; init; }

    public required string Holder { get; init; }

    public required Money Amount { get; init; }

    /// <summary>Canonical JSON of <see cref="AgreementContent"/>.</summary>
    public required string Content { get; init; }

    public required Digest ContentDigest { get; init; }

    /// <summary>First instant at which it can no longer be concluded.</summary>
    public required DateTime SignUntil { get; init; }

    public required DateTime DraftedAt { get; init; }

    public AgreementState State { get; private set; } = AgreementState.Draft;

    public DateTime? FundApprovedAt { get; private set; }

    public DateTime? EntityApprovedAt { get; private set; }

    public DateTime? ConcludedAt { get; private set; }

    public string? LapseReason { get; private set; }

    public int Version { get; private set; }

    public AgreementContent Read() => JsonSerializer.Deserialize<AgreementContent>(Content, CanonicalJson.Options)!;

    public void ApproveByFund(DateTime now)
    {
        RequireTime(now);
        if (FundApprovedAt is not null) throw new RuleBroken(AgreementCodes.AlreadyApproved);
        FundApprovedAt = now;
        ConcludeIfBoth(now);
    }

    public void ApproveByEntity(DateTime now)
    {
        RequireTime(now);
        if (EntityApprovedAt is not null) throw new RuleBroken(AgreementCodes.AlreadyApproved);
        EntityApprovedAt = now;
        ConcludeIfBoth(now);
    }

    /// <param name="declined">The entity says that it will not sign; otherwise the term must be over.</param>
    public void Lapse(string reason, bool declined, DateTime now)
    {
        var next = Table.Next(State, "lapse");
        if (string.IsNullOrWhiteSpace(reason)) throw new RuleBroken(AgreementCodes.ReasonMissing);
        if (!declined && new Deadline(SignUntil).IsOpenAt(now)) throw new RuleBroken(AgreementCodes.SignTermOpen, SignUntil);
        (State, LapseReason) = (next, reason.Trim());
    }

    /// <summary>Its application was disqualified: it ends, concluded or not.</summary>
    public void Void(string reason) => (State, LapseReason) = (Table.Next(State, "void"), reason.Trim());

    void RequireTime(DateTime now)
    {
        Table.Next(State, "conclude");
        if (new Deadline(SignUntil).HasPassedAt(now)) throw new RuleBroken(AgreementCodes.SignTermPassed, SignUntil);
    }

    void ConcludeIfBoth(DateTime now)
    {
        if (FundApprovedAt is null || EntityApprovedAt is null) return;
        (State, ConcludedAt) = (Table.Next(State, "conclude"), now);
    }
}

/// <summary>A tranche of an agreement. Its execution comes with payments; here it is listed with its gates.</summary>
public sealed class Tranche
{
    public required AgreementId AgreementId { get; init; }

    public required int Number { get; init; }

    public required BasisPoints Share { get; init; }

    public required Money Amount { get; init; }

    public required IReadOnlyList<TrancheGate> Gates { get; init; }
}
