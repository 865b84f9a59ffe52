using Microsoft.AspNetCore.Razor.TagHelpers;
using Minka.Core.Kernel;

namespace Minka.Web.Components;

/// <summary>&lt;m-tag tone="Met"&gt;cumplido&lt;/m-tag&gt;</summary>
[HtmlTargetElement("m-tag")]
public sealed class StateTag : TagHelper
{
    public Tone Tone { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "tag " + Tone.Css());
        output.Content.SetHtmlContent(Markup.Of($"<span aria-hidden=\"true\">{Tone.Shape()}</span> {(inner.IsEmptyOrWhiteSpace ? Markup.Of($"{Tone.Word()}") : Markup.Of($"{inner}"))}"));
    }
}

/// <summary>&lt;m-demo/&gt;: the mark of invented things; with m-demo banner, the strip across the page.</summary>
[HtmlTargetElement("m-demo", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DemoMark : TagHelper
{
    public bool Banner { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Attributes.Clear();
        output.Content.SetHtmlContent(Banner
            ? Markup.Of($"<div class=\"demo-strip\"><p><b>{Words.Say("demo")}</b> {Words.Say("demo.text")}</p></div>")
            : Markup.Of($"<span class=\"demo\">{Words.Say("demo")}</span>"));
    }
}

/// <summary>&lt;m-day on="Model.Day"/&gt; and &lt;m-time at="Model.Utc" short seconds/&gt;</summary>
[HtmlTargetElement("m-time", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InstantText : TagHelper
{
    public DateTime At { get; set; }
    public bool Short { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", ActList.Iso(At));
        output.Content.SetContent(Short ? Format.InstantShort(At) : Format.Instant(At));
    }
}

[HtmlTargetElement("m-day", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DayText : TagHelper
{
    public DateOnly On { get; set; }
    public bool Short { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        output.Content.SetContent(Short ? Format.DayShort(On) : Format.Day(On));
    }
}

/// <summary>&lt;m-deadline at="Model.ClosesAt" days="Model.BusinessDaysLeft"/&gt;: what is left, then the exact instant.</summary>
[HtmlTargetElement("m-deadline", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DeadlineChip(TimeProvider clock) : TagHelper
{
    public DateTime At { get; set; }

    /// <summary>Business days left, counted by the calendar of the fund; null when only the instant is known.</summary>
    public int? Days { get; set; }

    /// <summary>From this many days on, attention.</summary>
    public int Soon { get; set; } = 3;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var over = clock.GetUtcNow().UtcDateTime >= At;
        var tone = over ? Tone.Broken : Days <= Soon ? Tone.Attention : Tone.Met;
        var word = over ? Words.Say("days.over")
            : Days is not { } days ? Words.Say("open")
            : days == 0 ? Words.Say("days.today")
            : Format.English || days != 1 ? Words.Say("days.left", Format.BusinessDays(days)) : "Queda " + Format.BusinessDays(days);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "deadline");
        output.Content.SetHtmlContent(Markup.Of($"{tone.Tag(word)} <time datetime=\"{ActList.Iso(At)}\">{Format.Instant(At)}</time>"));
    }
}

public enum StepState { Done, Now, Next, Skipped, Stopped }

/// <summary>One state of a thing's life: where am I, what comes next, who acts.</summary>
public sealed record Step(string Text, StepState State, string? Who = null, string? When = null);

/// <summary>&lt;m-steps of="Model.Steps" label="Estado de la convocatoria"/&gt;</summary>
[HtmlTargetElement("m-steps", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Steps : TagHelper
{
    public IEnumerable<Step> Of { get; set; } = [];
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "steps");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(Markup.Join(Of, One));
    }

    /// <summary>
    /// The steps of a machine from its own table: <paramref name="line"/> is the usual way; a state off that way ends it there.
    /// Who acts next is the role that the table gives to the verb that leads on.
    /// </summary>
    public static IReadOnlyList<Step> Along<TState>(Transitions<TState> table, TState now, IList<TState> line, Func<TState, string> word, Func<string, string> who)
        where TState : struct, Enum
    {
        var at = line.IndexOf(now);
        var steps = line.Select((state, i) =>
        {
            var (kind, next) = at < 0 ? (StepState.Skipped, default(string))
                : i < at ? (StepState.Done, null)
                : i == at ? (StepState.Now, table.Rows.FirstOrDefault(r => r.From.Equals(state) && line.IndexOf(r.To) > i)?.Who)
                : (StepState.Next, null);
            return new Step(word(state), kind, next is null ? null : who(next));
        }).ToList();
        if (at < 0) steps.Add(new(word(now), StepState.Stopped));
        return steps;
    }

    private static Markup One(Step step)
    {
        var (css, word) = step.State switch
        {
            StepState.Done => ("done", "step.done"),
            StepState.Now => ("now", "step.now"),
            StepState.Skipped => ("skipped", "step.skipped"),
            StepState.Stopped => ("stopped", "step.stopped"),
            _ => ("next", "step.next"),
        };
        var more = string.Join(" · ", new[] { step.Who, step.When }.OfType<string>());
        return Markup.Of($"<li class=\"{css}\"{(step.State == StepState.Now ? Markup.Of($" aria-current=\"step\"") : Markup.None)}><b>{step.Text}</b> <span class=\"step-word\">{Words.Say(word)}</span>{(more.Length == 0 ? Markup.None : Markup.Of($"<span class=\"hint\">{more}</span>"))}</li>");
    }
}

/// <summary>A figure that a verdict used.</summary>
public sealed record Figure(string Label, string Value);

/// <summary>&lt;m-verdict tone="Met" rule="Ley 27972, art. 98" rule-href="…" figures="Model.Figures"&gt;Sentence.&lt;/m-verdict&gt;: never a yes or no without its reason.</summary>
[HtmlTargetElement("m-verdict")]
public sealed class Verdict : TagHelper
{
    public Tone Tone { get; set; }
    public string? Title { get; set; }
    public string? Rule { get; set; }
    public string? RuleHref { get; set; }
    public IEnumerable<Figure> Figures { get; set; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "verdict " + Tone.Css());
        var rule = Rule is null ? Markup.None
            : Markup.Of($"<p class=\"rule\">{Words.Say("rule")} {(RuleHref is null ? Markup.Of($"{Rule}") : Markup.Of($"<a href=\"{RuleHref}\">{Rule}</a>"))}</p>");
        var figures = Figures.Any()
            ? Markup.Of($"<dl class=\"figures\">{Markup.Join(Figures, f => Markup.Of($"<div><dt>{f.Label}</dt><dd>{f.Value}</dd></div>"))}</dl>")
            : Markup.None;
        output.Content.SetHtmlContent(Markup.Of($"<p class=\"ruling\"><span aria-hidden=\"true\">{Tone.Shape()}</span> <b>{Title ?? Tone.Word()}</b></p><div class=\"because\">{inner}</div>{figures}{rule}"));
    }
}

/// <summary>&lt;m-progress value max label/&gt;: long work, drawn by the server so that a reload loses nothing.</summary>
[HtmlTargetElement("m-progress", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProgressBar : TagHelper
{
    public int Value { get; set; }
    public int Max { get; set; } = 100;
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "progress");
        output.Content.SetHtmlContent(Markup.Of($"<span>{Label}</span><progress value=\"{Value}\" max=\"{Max}\" aria-label=\"{Label}\"></progress><span class=\"hint\">{Words.Say("progress", Format.Number(Value), Format.Number(Max))}</span>"));
    }
}
