using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>One bar of a schedule in months from 1, both included; <paramref name="Slack"/> months later nothing else is late.</summary>
public sealed record Works(string Code, string Name, int First, int Last, int Slack, IReadOnlyList<string> After, string? Href = null);

/// <summary>Projects in their months, with what they wait for and the longest way through them.</summary>
public sealed record Gantt(string Title, string Description, IReadOnlyList<Works> Tasks, int Months) : Chart(Title, Description)
{
    /// <summary>First day of month 1; null where months have only numbers.</summary>
    public DateOnly? From { get; init; }

    public string Month(int month) => From is { } from ? Format.Month(from.AddMonths(month - 1)) : Words.Say("chart.month", Format.Number(month));

    public override Twin Table => new([Words.Say("chart.places"), Words.Say("chart.from"), Words.Say("chart.to"), Words.Say("chart.months"), Words.Say("chart.slack"), Words.Say("chart.after")],
        [.. Tasks.Select(t => (IReadOnlyList<Cell>)[new($"{t.Code} {t.Name}", t.Href), new(Month(t.First)), new(Month(t.Last)), new(Format.Number(t.Last - t.First + 1), Number: true),
            new(t.Slack == 0 ? $"{Tone.Attention.Shape()} {Words.Say("chart.critical")}" : Format.Number(t.Slack), Number: true), new(t.After.Count == 0 ? "–" : string.Join(", ", t.After))])]);

    public override Markup Legend => Swatches([("t-soon", $"{Tone.Attention.Shape()} {Words.Say("chart.critical")}"), ("t-bar", Words.Say("chart.with-slack")), ("t-plan", Words.Say("chart.slack"))]);

    public override Markup Svg(string id)
    {
        if (Tasks.Count == 0 || Months == 0) return Frame(id, 1, Markup.None);
        const int row = 38, head = 4;
        double X(int months) => 100.0 * months / Months;
        var bottom = head + Tasks.Count * row;
        var every = Math.Max(1, (Months + 3) / 4);
        var grid = Markup.Join(Enumerable.Range(0, Months).Where(m => m % every == 0), m => Markup.Of($"<line class=\"axis\" x1=\"{X(m)}%\" x2=\"{X(m)}%\" y1=\"{head}\" y2=\"{bottom + 4}\"/>{(X(m) > 82 ? Markup.None : Markup.Of($"<text class=\"q\" x=\"{X(m)}%\" y=\"{bottom + 20}\">{Month(m + 1)}</text>"))}"));
        var bars = Markup.Join(Tasks.Index(), t =>
        {
            var y = head + t.Index * row;
            var (task, critical) = (t.Item, t.Item.Slack == 0);
            var slack = critical ? Markup.None : Markup.Of($"<rect class=\"t-plan\" x=\"{X(task.Last)}%\" y=\"{y + 22}\" width=\"{X(Math.Min(task.Slack, Months - task.Last))}%\" height=\"10\"/>");
            return Linked(task.Href, Markup.Of($"{Name($"{(critical ? Tone.Attention.Shape() + " " : "")}{task.Code} {task.Name}", y + 15, 27, 70)}<text class=\"e q\" x=\"100%\" y=\"{y + 15}\">{task.First}–{task.Last}</text><rect class=\"track\" y=\"{y + 22}\" width=\"100%\" height=\"10\"/>{slack}<rect class=\"{(critical ? "t-soon" : "t-bar")}\" x=\"{X(task.First - 1)}%\" y=\"{y + 22}\" width=\"{Math.Max(0.8, X(task.Last - task.First + 1))}%\" height=\"10\"/>"));
        });
        return Frame(id, bottom + 26, Markup.Of($"{grid}{bars}"), Tasks.Any(t => t.Href is not null));
    }
}
