using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>A call for applications: one rule pack, one budget, one calendar, from its draft to its award.</summary>
public sealed class Call : IVersioned
{
    const string Operator = "operator";
    const string Board = "board";

    /// <summary>The stages to which an annulment may roll back, in order.</summary>
    public static readonly IReadOnlyList<CallState> RollbackStages = [CallState.Published, CallState.Opened, CallState.Screening, CallState.Evaluating];

    public static readonly Transitions<CallState> Table = new("call",
    [
        new(CallState.Draft, "publish", CallState.Published, Operator),
        new(CallState.Published, "integrate", CallState.Integrated, Operator),
        new(CallState.Integrated, "open", CallState.Open, Operator),
        new(CallState.Open, "close", CallState.Closed, Operator),
        new(CallState.Closed, "open-envelopes", CallState.Opened, Operator),
        new(CallState.Opened, "screen", CallState.Screening, Operator),
        new(CallState.Screening, "evaluate", CallState.Evaluating, Operator),
        new(CallState.Evaluating, "rank", CallState.Ranked, Operator),
        new(CallState.Ranked, "approve", CallState.Approved, Board),
        new(CallState.Ranked, "return", CallState.Evaluating, Board),
        new(CallState.Approved, "award", CallState.Awarded, Operator),
        new(CallState.Closed, "declare-deserted", CallState.Deserted, Operator),
        new(CallState.Opened, "declare-deserted", CallState.Deserted, Operator),
        new(CallState.Screening, "declare-deserted", CallState.Deserted, Operator),
        new(CallState.Evaluating, "declare-deserted", CallState.Deserted, Operator),
        new(CallState.Ranked, "declare-deserted", CallState.Deserted, Operator),
        .. Enum.GetValues<CallState>().Where(s => s is > CallState.Draft and < CallState.Awarded)
            .Select(s => new Transition<CallState>(s, "annul", CallState.Annulled, Board)),
        .. from stage in RollbackStages
           from state in Enum.GetValues<CallState>()
           where state > stage && state < CallState.Awarded
           select new Transition<CallState>(state, RollbackVerb(stage), stage, Board),
    ]);

    public required CallId Id { get; init; }

    public required FundId FundId { get; init; }

    public required string Slug { get; init; }

    public string Title { get; private set; } = "";

    /// <summary>What it is for, in a few sentences.</summary>
    public string Purpose { get; private set; } = "";

    public required string PackId { get; init; }

    public required string PackVersion { get; init; }

    public Money Budget { get; private set; }

    /// <summary>The eligible provinces, by code.</summary>
    public IReadOnlyList<string> ProvinceCodes { get; private set; } = [];

    /// <summary>Values of the pack that this call sets itself.</summary>
    public IReadOnlyList<RuleAdjustment> Adjustments { get; private set; } = [];

    public CallCalendar Calendar { get; private set; } = CallCalendar.None;

    public Digest CalendarDigest { get; private set; } = CallCalendar.None.Digest;

    public CallState State { get; private set; } = CallState.Draft;

    /// <summary>Rises when an annulment rolls back to the publication: freezes of an earlier round bind nobody.</summary>
    public int Round { get; private set; } = 1;

    public DateTime? PublishedAt { get; private set; }

    public DateTime? OpenedAt { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public required DateTime CreatedAt { get; init; }

    public int Version { get; private set; }

    public CallDates Dates => Calendar.Dates;

    public bool IsPublic => State != CallState.Draft;

    /// <summary>Before freeze 2 only; between the freezes the changes are the answers to questions.</summary>
    public bool RulesMayChange => State is CallState.Draft or CallState.Published;

    /// <summary>Whether an application that arrives at this instant is in time: one at the very deadline is late.</summary>
    public bool TakesApplicationsAt(DateTime now) => State == CallState.Open && now >= Dates.OpensAt && Dates.Close.IsOpenAt(now);

    public bool TakesQuestionsAt(DateTime now) => State == CallState.Published && Dates.QuestionsEnd.IsOpenAt(now);

    public static string RollbackVerb(CallState to) => $"roll-back-to-{to.ToString().ToLowerInvariant()}";

    public void Describe(string title, string purpose)
    {
        RequireOpenRules();
        if (string.IsNullOrWhiteSpace(title) || title.Length > 200) throw new RuleBroken(FundRules.TitleMissing);
        if (purpose.Length > 4_000) throw new RuleBroken(FundRules.PurposeLong);
        (Title, Purpose) = (title.Trim(), purpose.Trim());
    }

    public void SetBudget(Money budget)
    {
        RequireOpenRules();
        if (!budget.IsPositive || budget > MoneyText.Largest) throw new RuleBroken(FundRules.BudgetMissing);
        Budget = budget;
    }

    public void SetProvinces(IReadOnlyCollection<string> codes)
    {
        RequireOpenRules();
        if (codes.Count == 0) throw new RuleBroken(FundRules.ProvincesMissing);
        if (codes.FirstOrDefault(c => c is not { Length: 4 } || !c.All(char.IsAsciiDigit)) is { } wrong) throw new RuleBroken(FundRules.ProvinceUnknown, wrong);
        ProvinceCodes = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public void SetAdjustments(IReadOnlyList<RuleAdjustment> adjustments)
    {
        RequireOpenRules();
        Adjustments = [.. adjustments.OrderBy(a => a.Key, StringComparer.Ordinal)];
    }

    /// <summary>Only in the draft; a published calendar can but be extended.</summary>
    public void SetCalendar(CallCalendar calendar)
    {
        if (State != CallState.Draft) throw new RuleBroken(FundRules.CalendarFrozen);
        TakeCalendar(calendar);
    }

    public void ExtendCalendar(CallCalendar later, DateTime now)
    {
        if (State is not (CallState.Published or CallState.Integrated or CallState.Open) || Dates.Close.HasPassedAt(now))
            throw new RuleBroken(FundRules.CalendarAfterClose, Dates.Close.ClosesAt);
        Calendar.RequireExtendedBy(later, now);
        TakeCalendar(later);
    }

    public void Publish(DateTime now)
    {
        State = Table.Next(State, "publish");
        PublishedAt ??= now;
    }

    public void Integrate() => State = Table.Next(State, "integrate");

    public void Open(DateTime now)
    {
        var next = Table.Next(State, "open");
        if (now < Dates.OpensAt) throw new RuleBroken(FundRules.OpensLater, Dates.OpensAt);
        if (Dates.Close.HasPassedAt(now)) throw new RuleBroken(FundRules.ClosePassed, Dates.Close.ClosesAt);
        (State, OpenedAt) = (next, now);
    }

    /// <summary>Records what time has done already: after the deadline nothing was accepted any more.</summary>
    public void CloseSubmissions(DateTime now)
    {
        var next = Table.Next(State, "close");
        if (Dates.Close.IsOpenAt(now)) throw new RuleBroken(FundRules.CloseLater, Dates.Close.ClosesAt);
        (State, ClosedAt) = (next, now);
    }

    public void MarkOpened() => State = Table.Next(State, "open-envelopes");

    public void StartScreening() => State = Table.Next(State, "screen");

    public void StartEvaluation() => State = Table.Next(State, "evaluate");

    public void MarkRanked() => State = Table.Next(State, "rank");

    /// <summary>The board sent the ranking back with reasons.</summary>
    public void MarkReturned() => State = Table.Next(State, "return");

    public void MarkApproved() => State = Table.Next(State, "approve");

    public void MarkAwarded(DateTime now)
    {
        State = Table.Next(State, "award");
        EndedAt = now;
    }

    /// <param name="eligible">Applications that may still win.</param>
    public void DeclareDeserted(int eligible, DateTime now)
    {
        var next = Table.Next(State, "declare-deserted");
        if (eligible > 0) throw new RuleBroken(FundRules.NotDeserted, eligible);
        (State, EndedAt) = (next, now);
    }

    public void Annul(DateTime now)
    {
        State = Table.Next(State, "annul");
        EndedAt = now;
    }

    /// <summary>Back to a named stage. To the publication only with a new calendar, since the dates of the old one may have passed.</summary>
    public void AnnulTo(CallState stage, CallCalendar? calendar, DateTime now)
    {
        var next = RollbackStages.Contains(stage) ? Table.Next(State, RollbackVerb(stage)) : throw new RuleBroken(FundRules.RollbackStage, stage.ToString());
        if (stage == CallState.Published)
        {
            if (calendar is null) throw new RuleBroken(FundRules.RollbackCalendar);
            if (calendar.Dates.QuestionsEnd.HasPassedAt(now)) throw new RuleBroken(FundRules.CalendarPast, calendar.Dates.QuestionsEnd.ClosesAt);
            TakeCalendar(calendar);
            (Round, OpenedAt, ClosedAt) = (Round + 1, null, null);
        }
        State = next;
    }

    void RequireOpenRules()
    {
        if (!RulesMayChange) throw new RuleBroken(FundRules.RulesFrozen);
    }

    void TakeCalendar(CallCalendar calendar) => (Calendar, CalendarDigest) = (calendar, calendar.Digest);
}
