using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund;

/// <summary>Calls in words and drawings.</summary>
public static class CallWords
{
    static readonly CallState[] Line =
    [
        CallState.Draft, CallState.Published, CallState.Integrated, CallState.Open, CallState.Closed, CallState.Opened,
        CallState.Screening, CallState.Evaluating, CallState.Ranked, CallState.Approved, CallState.Awarded,
    ];

    public static Tone ToneOf(CallState state) => state switch
    {
        CallState.Open => Tone.Met,
        CallState.Published or CallState.Integrated => Tone.Info,
        CallState.Deserted or CallState.Annulled => Tone.Broken,
        CallState.Draft => Tone.Neutral,
        CallState.Awarded => Tone.Met,
        _ => Tone.Attention,
    };

    /// <summary>The life of a call as its table has it: where it is, what comes next, who acts.</summary>
    public static IReadOnlyList<Step> Steps(Call call, T texts)
    {
        var steps = new List<Step>();
        var reached = Array.IndexOf(Line, call.State);
        var stopped = reached < 0;
        if (stopped) reached = Array.FindLastIndex(Line, s => s <= (call.ClosedAt is not null ? CallState.Closed : call.OpenedAt is not null ? CallState.Open : CallState.Published));
        for (var i = 0; i < Line.Length; i++)
        {
            var state = i < reached || (stopped && i == reached) ? StepState.Done : i == reached ? StepState.Now : stopped ? StepState.Skipped : StepState.Next;
            var who = i == 0 ? null : Call.Table.Rows.FirstOrDefault(r => r.From == Line[i - 1] && r.To == Line[i])?.Who;
            steps.Add(new(texts.Of(Line[i]), state, who is null ? null : texts["role." + who], When(call, Line[i], state == StepState.Next, texts)));
        }
        if (stopped) steps.Insert(reached + 1, new(texts.Of(call.State), StepState.Stopped, texts[call.State == CallState.Deserted ? "role.operator" : "role.board"], call.EndedAt is { } at ? Format.InstantShort(at) : null));
        return steps;
    }

    /// <param name="over">Whether the call has ended: then nothing of its calendar is under way.</param>
    public static Timeline? Drawn(CallCalendar calendar, T texts, DateOnly today, bool over = false)
    {
        if (calendar.IsEmpty) return null;
        return new(texts["call.calendar.title"], texts["call.calendar.description"],
            [.. calendar.Stages.Select(s => new Stage(s.Kind == StageKind.SubmissionsOpen ? texts["stage-kind-short.submissions-open"] : texts.Of(s.Kind), s.On, calendar.Until(s.Kind), over ? Tone.Neutral : ToneAt(s.On, calendar.Until(s.Kind), today)))], over ? null : today);
    }

    /// <summary>What a path of the frozen rules is about.</summary>
    public static string Label(RulesDifference difference, T texts)
    {
        var parts = difference.Path.Split('.', 2);
        var topic = texts[$"call.diff.of.{parts[0].ToLowerInvariant()}"];
        return parts.Length == 1 ? topic : $"{topic} · {parts[1]}";
    }

    static Tone ToneAt(DateOnly from, DateOnly to, DateOnly today) => to < today ? Tone.Neutral : from <= today ? Tone.Met : Tone.Info;

    // What was done has the instant of its act, or none: the calendar says only what is planned.
    static string? When(Call call, CallState state, bool toCome, T texts)
    {
        DateTime? at = state switch { CallState.Published => call.PublishedAt, CallState.Open => call.OpenedAt, CallState.Closed => call.ClosedAt, CallState.Awarded => call.EndedAt, _ => null };
        if (at is { } done) return Format.InstantShort(done);
        if (!toCome || call.Calendar.IsEmpty) return null;
        StageKind? kind = state switch
        {
            CallState.Published => StageKind.Publication,
            CallState.Integrated => StageKind.IntegratedRules,
            CallState.Open => StageKind.SubmissionsOpen,
            CallState.Closed => StageKind.SubmissionsClose,
            CallState.Opened => StageKind.OpeningAct,
            CallState.Screening => StageKind.Screening,
            CallState.Evaluating => StageKind.Evaluation,
            CallState.Ranked => StageKind.Results,
            CallState.Approved => StageKind.BoardDecision,
            _ => null,
        };
        return kind is { } k && call.Calendar.Stages.Any(s => s.Kind == k) ? texts["call.step.planned", Format.DayShort(call.Calendar.On(k))] : null;
    }
}
