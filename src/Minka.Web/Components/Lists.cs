using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>&lt;m-tasks&gt; with &lt;m-task title href tone state who due&gt;hint&lt;/m-task&gt;: what is missing, who does it, by when.</summary>
[HtmlTargetElement("m-tasks")]
public sealed class TaskList : TagHelper
{
    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "tasks");
        if (Label is not null) output.Attributes.SetAttribute("aria-label", Label);
    }
}

[HtmlTargetElement("m-task")]
public sealed class TaskLine : TagHelper
{
    public string Title { get; set; } = "";
    public string? Href { get; set; }
    public Tone Tone { get; set; }

    /// <summary>The state in a word or two: "listo", "falta 1", "no puede empezar todavía".</summary>
    public string? State { get; set; }
    public string? Who { get; set; }
    public string? Due { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        var title = Href is null ? Markup.Of($"<span class=\"task-title\">{Title}</span>") : Markup.Of($"<a class=\"task-title\" href=\"{Href}\">{Title}</a>");
        var hint = inner.IsEmptyOrWhiteSpace ? Markup.None : Markup.Of($"<div class=\"hint\">{inner}</div>");
        var who = Who is null && Due is null ? Markup.None
            : Markup.Of($"<p class=\"hint\">{(Who is null ? "" : $"{Words.Say("due.by")}: {Who}")}{(Who is not null && Due is not null ? " · " : "")}{Due}</p>");
        output.Content.SetHtmlContent(Markup.Of($"<div>{title}{hint}{who}</div>{Tone.Tag(State ?? Tone.Word())}"));
    }
}

/// <summary>&lt;m-summary&gt; with &lt;m-row label change&gt;value&lt;/m-row&gt;: check your answers.</summary>
[HtmlTargetElement("m-summary")]
public sealed class SummaryList : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "summary");
    }
}

[HtmlTargetElement("m-row")]
public sealed class SummaryRow : TagHelper
{
    public string Label { get; set; } = "";

    /// <summary>Where to change this answer.</summary>
    public string? Change { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var change = Change is null ? Markup.None
            : Markup.Of($"<dd class=\"change\"><a href=\"{Change}\">{Words.Say("change")}<span class=\"sr\"> {Label}</span></a></dd>");
        output.Content.SetHtmlContent(Markup.Of($"<dt>{Label}</dt><dd>{inner}</dd>{change}"));
    }
}

/// <summary>One thing that was done: when, by which role, and the entry of the register that proves it.</summary>
public sealed record ActLine(DateTime At, string Role, string Verb, string Thing, string? Href = null, long? Index = null, string? IndexHref = null);

/// <summary>&lt;m-acts lines="Model.Acts"/&gt;</summary>
[HtmlTargetElement("m-acts", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ActList : TagHelper
{
    public IEnumerable<ActLine> Lines { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "acts");
        output.Content.SetHtmlContent(Markup.Join(Lines, Line));
    }

    private static Markup Line(ActLine act)
    {
        var thing = act.Href is null ? Markup.Of($"{act.Thing}") : Markup.Of($"<a href=\"{act.Href}\">{act.Thing}</a>");
        return Markup.Of($"<li><time datetime=\"{Iso(act.At)}\">{Format.InstantShort(act.At)}</time><span><b>{act.Role}</b> {act.Verb} {thing}</span>{Leaf(act)}</li>");
    }

    private static Markup Leaf(ActLine act)
    {
        if (act.Index is not { } index) return Markup.None;
        var text = Markup.Of($"<span aria-hidden=\"true\">#{Format.Number(index)}</span><span class=\"sr\">{Words.Say("register.index", Format.Number(index))}</span>");
        return act.IndexHref is null ? Markup.Of($"<span class=\"leaf\">{text}</span>") : Markup.Of($"<a class=\"leaf\" href=\"{act.IndexHref}\">{text}</a>");
    }

    internal static string Iso(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One datum in two versions.</summary>
public sealed record Difference(string Label, string Left, string Right);

/// <summary>&lt;m-compare lines="Model.Differences" left="Su versión" right="La versión guardada"/&gt;</summary>
[HtmlTargetElement("m-compare", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Comparison : TagHelper
{
    public IEnumerable<Difference> Lines { get; set; } = [];
    public string Left { get; set; } = "";
    public string Right { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var rows = Markup.Join(Lines, d =>
        {
            var same = string.Equals(d.Left, d.Right, StringComparison.Ordinal);
            return Markup.Of($"<tr{(same ? Markup.None : Markup.Of($" class=\"differs\""))} role=\"row\"><th scope=\"row\" role=\"rowheader\">{d.Label} {(same ? Tone.Neutral.Tag(Words.Say("compare.same")) : Tone.Attention.Tag(Words.Say("compare.different")))}</th><td role=\"cell\" data-label=\"{Left}\">{Shown(d.Left)}</td><td role=\"cell\" data-label=\"{Right}\">{Shown(d.Right)}</td></tr>");
        });
        output.Content.SetHtmlContent(Markup.Of($"<div class=\"table-box\"><table class=\"rows compare\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">{Words.Say("compare.field")}</th><th scope=\"col\" role=\"columnheader\">{Left}</th><th scope=\"col\" role=\"columnheader\">{Right}</th></tr></thead><tbody role=\"rowgroup\">{rows}</tbody></table></div>"));
    }

    private static Markup Shown(string value) => value.Length == 0 ? Markup.Of($"<span class=\"quiet-text\">{Words.Say("empty")}</span>") : Markup.Of($"{value}");
}
