using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;

namespace Minka.Core.Applications;

/// <summary>What an entity asks of a call for one exact version of its programme. Its content lies sealed elsewhere until the opening.</summary>
public sealed class Application : IVersioned
{
    public const string Subject = "application";

    const string Manager = "manager";
    const string Operator = "operator";

    static readonly ApplicationState[] AfterOpening =
        [ApplicationState.Opened, ApplicationState.Observed, ApplicationState.Cured, ApplicationState.Admitted, ApplicationState.Inadmissible, ApplicationState.Scored];

    public static readonly Transitions<ApplicationState> Table = new("application",
    [
        new(ApplicationState.Draft, "submit", ApplicationState.Submitted, Manager),
        new(ApplicationState.Submitted, "submit", ApplicationState.Submitted, Manager),
        new(ApplicationState.Submitted, "open", ApplicationState.Opened, Operator),
        new(ApplicationState.Opened, "observe", ApplicationState.Observed, Operator),
        new(ApplicationState.Opened, "admit", ApplicationState.Admitted, Operator),
        new(ApplicationState.Opened, "reject", ApplicationState.Inadmissible, Operator),
        new(ApplicationState.Observed, "cure", ApplicationState.Cured, Manager),
        new(ApplicationState.Observed, "reject", ApplicationState.Inadmissible, Operator),
        new(ApplicationState.Cured, "observe", ApplicationState.Observed, Operator),
        new(ApplicationState.Cured, "admit", ApplicationState.Admitted, Operator),
        new(ApplicationState.Cured, "reject", ApplicationState.Inadmissible, Operator),
        new(ApplicationState.Admitted, "score", ApplicationState.Scored, Operator),
        .. new[] { ApplicationState.Draft, ApplicationState.Submitted, ApplicationState.Opened, ApplicationState.Observed, ApplicationState.Cured, ApplicationState.Admitted }
            .Select(s => new Transition<ApplicationState>(s, "withdraw", ApplicationState.Withdrawn, Manager)),
        .. AfterOpening.Select(s => new Transition<ApplicationState>(s, "disqualify", ApplicationState.Disqualified, Operator)),
        .. AfterOpening.Prepend(ApplicationState.Submitted).Select(s => new Transition<ApplicationState>(s, "roll-back-to-draft", ApplicationState.Draft, "board")),
        .. AfterOpening.Select(s => new Transition<ApplicationState>(s, "roll-back-to-opened", ApplicationState.Opened, "board")),
        new(ApplicationState.Admitted, "roll-back-to-admitted", ApplicationState.Admitted, "board"),
        new(ApplicationState.Scored, "roll-back-to-admitted", ApplicationState.Admitted, "board"),
    ]);

    public required ApplicationId Id { get; init; }

    public required CallId CallId { get; init; }

    public required FundId FundId { get; init; }

    /// <summary>The promoter.</summary>
    public required EntityId EntityId { get; init; }

    public ProgrammeVersionId ProgrammeVersionId { get; private set; }

    /// <summary>"P-001", given at the opening in the order of the register; null before.</summary>
    public string? Code { get; private set; }

    public ApplicationState State { get; private set; }

    public required DateTime StartedAt { get; init; }

    /// <summary>Of the submission that counts.</summary>
    public DateTime? SubmittedAt { get; private set; }

    /// <summary>The submission that counts: the last one before the close.</summary>
    public SubmissionId? LastSubmissionId { get; private set; }

    /// <summary>Its place among its promoter's own applications, as submitted; null where the rules ask for none.</summary>
    public int? OwnPriority { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>The data key of its drafts, files and submissions, under a key of the installation.</summary>
    public required byte[] WrappedKey { get; init; }

    public int Version { get; private set; }

    public bool IsSealed => State is ApplicationState.Draft or ApplicationState.Submitted || (State == ApplicationState.Withdrawn && Code is null);

    public bool MayBeEdited => State is ApplicationState.Draft or ApplicationState.Submitted;

    public static Application Start(ApplicationId id, CallId call, FundId fund, EntityId entity, ProgrammeVersionId version, byte[] wrappedKey, DateTime now) => new()
    {
        Id = id,
        CallId = call,
        FundId = fund,
        EntityId = entity,
        ProgrammeVersionId = version,
        WrappedKey = wrappedKey,
        StartedAt = now,
    };

    /// <summary>Another version of a programme of the same entity. What was submitted keeps its own.</summary>
    public void Choose(ProgrammeVersionId version)
    {
        if (!MayBeEdited) throw new RuleBroken(ApplicationsRules.NotEditable, State);
        ProgrammeVersionId = version;
    }

    public void Submit(SubmissionId submission, int? ownPriority, DateTime now)
    {
        State = Table.Next(State, "submit");
        (LastSubmissionId, OwnPriority, SubmittedAt) = (submission, ownPriority, now);
    }

    public void Open(string code)
    {
        State = Table.Next(State, "open");
        Code = code;
    }

    public void Observe() => State = Table.Next(State, "observe");

    public void Cure() => State = Table.Next(State, "cure");

    public void Admit() => State = Table.Next(State, "admit");

    public void RejectInadmissible(DateTime now)
    {
        State = Table.Next(State, "reject");
        EndedAt = now;
    }

    public void MarkScored() => State = Table.Next(State, "score");

    public void Withdraw(DateTime now)
    {
        State = Table.Next(State, "withdraw");
        EndedAt = now;
    }

    public void Disqualify(DateTime now)
    {
        State = Table.Next(State, "disqualify");
        EndedAt = now;
    }

    /// <summary>The call goes back to its publication: it is a draft again, to be submitted under the new rules.</summary>
    public void RollBackToDraft()
    {
        State = Table.Next(State, "roll-back-to-draft");
        (LastSubmissionId, OwnPriority, SubmittedAt, Code, EndedAt) = (null, null, null, null, null);
    }

    public void RollBackToOpened()
    {
        State = Table.Next(State, "roll-back-to-opened");
        EndedAt = null;
    }

    public void RollBackToAdmitted() => State = Table.Next(State, "roll-back-to-admitted");
}
