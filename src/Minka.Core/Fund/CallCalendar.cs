using System.Text.Json.Serialization;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Fund;

/// <summary>The day on which a stage begins; it lasts until the next one does.</summary>
public sealed record CalendarStage(StageKind Kind, DateOnly On);

/// <summary>The instants that bind, drawn from a calendar.</summary>
/// <param name="QuestionsEnd">The first instant of the day on which the rules are integrated.</param>
/// <param name="OpensAt">UTC: the first instant in Lima of the day on which applications are taken.</param>
/// <param name="Close">One that arrives at this very instant is late.</param>
public sealed record CallDates(Deadline QuestionsEnd, DateTime OpensAt, Deadline Close);

/// <summary>The stages of a call with their days, and the time of day in Lima at which submissions close. Hashed apart from the rules.</summary>
public sealed record CallCalendar(IReadOnlyList<CalendarStage> Stages, TimeOnly ClosesAt)
{
    public static readonly TimeOnly UsualClose = new(17, 0);

    public static readonly CallCalendar None = new([], UsualClose);

    [JsonIgnore]
    public Digest Digest => CanonicalJson.DigestOf(this);

    [JsonIgnore]
    public bool IsEmpty => Stages.Count == 0;

    [JsonIgnore]
    public CallDates Dates => new(
        Deadline.At(On(StageKind.IntegratedRules), TimeOnly.MinValue),
        LegalTime.ToUtc(On(StageKind.SubmissionsOpen), TimeOnly.MinValue),
        Deadline.At(On(StageKind.SubmissionsClose), ClosesAt));

    /// <summary>The day of a stage; where the calendar has it not, that of the next one that it has.</summary>
    public DateOnly On(StageKind kind) =>
        (Stages.FirstOrDefault(s => s.Kind == kind) ?? Stages.Where(s => s.Kind > kind).MinBy(s => s.Kind) ?? Stages.LastOrDefault())?.On ?? DateOnly.MaxValue.AddDays(-2);

    /// <summary>The last day of a stage: the one before the next stage begins, or its own.</summary>
    public DateOnly Until(StageKind kind)
    {
        var next = Stages.SkipWhile(s => s.Kind != kind).Skip(1).FirstOrDefault();
        return next is null || next.On <= On(kind) ? On(kind) : next.On.AddDays(-1);
    }

    /// <summary>The shortest calendar that the rules allow from a day on.</summary>
    public static CallCalendar Shortest(CalendarRules rules, DateOnly from, BusinessCalendar days, TimeOnly closesAt)
    {
        var stages = new List<CalendarStage>(rules.Stages.Count);
        var day = days.OnOrAfter(from);
        foreach (var stage in rules.Stages)
        {
            stages.Add(new(stage.Kind, day));
            day = days.AddBusinessDays(day, stage.MinBusinessDays.Or(1));
        }
        return new(stages, closesAt);
    }

    /// <summary>Every way in which the calendar breaks the rules; one reason that holds where it breaks none.</summary>
    public IReadOnlyList<Reason> Check(CalendarRules rules, BusinessCalendar days)
    {
        if (IsEmpty) return [Reason.Fails(FundRules.CalendarMissing)];
        if (!Stages.Select(s => s.Kind).SequenceEqual(rules.Stages.Select(s => s.Kind))) return [Reason.Fails(FundRules.CalendarStages)];
        var reasons = new List<Reason>();
        for (var i = 0; i < Stages.Count; i++)
        {
            var (kind, on) = (Stages[i].Kind, Stages[i].On);
            if (!days.IsBusinessDay(on)) reasons.Add(Reason.Fails(FundRules.CalendarDayOff, kind, on));
            if (i + 1 == Stages.Count) continue;
            var least = rules.Stages[i].MinBusinessDays.Or(1);
            var has = days.BusinessDaysBetween(on, Stages[i + 1].On);
            if (has < least || Stages[i + 1].On < on) reasons.Add(Reason.Fails(FundRules.CalendarShort, kind, has, least));
        }
        return reasons.Count > 0 ? reasons : [Reason.Ok(FundRules.CalendarSound, Stages[0].On, Dates.Close.ClosesAt)];
    }

    /// <summary>Refuses a calendar that brings anything forward, touches a day that has come, or changes nothing.</summary>
    /// <exception cref="RuleBroken">With the stage and its day.</exception>
    public void RequireExtendedBy(CallCalendar later, DateTime now)
    {
        if (!later.Stages.Select(s => s.Kind).SequenceEqual(Stages.Select(s => s.Kind))) throw new RuleBroken(FundRules.CalendarStages);
        foreach (var (old, changed) in Stages.Zip(later.Stages))
        {
            if (changed.On < old.On) throw new RuleBroken(FundRules.CalendarShortened, old.Kind, old.On);
            if (changed.On != old.On && old.On <= LegalTime.DayIn(now) && old.Kind < StageKind.SubmissionsClose)
                throw new RuleBroken(FundRules.CalendarPassedStage, old.Kind, old.On);
        }
        if (later.Dates.Close.ClosesAt < Dates.Close.ClosesAt) throw new RuleBroken(FundRules.CalendarShortened, StageKind.SubmissionsClose, On(StageKind.SubmissionsClose));
        if (later.Digest == Digest) throw new RuleBroken(FundRules.CalendarNothingLater);
    }
}
