using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>&lt;m-notice tone="Info" title="…"&gt;text&lt;/m-notice&gt;</summary>
[HtmlTargetElement("m-notice")]
public sealed class Notice : TagHelper
{
    public Tone Tone { get; set; } = Tone.Info;
    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice " + Tone.Css());
        output.Attributes.SetAttribute("role", Tone == Tone.Broken ? "alert" : "status");
        var title = Title is null ? Markup.None : Markup.Of($"<b class=\"first\">{Title}</b> ");
        output.Content.SetHtmlContent(Markup.Of($"<span class=\"shape\" aria-hidden=\"true\">{Tone.Shape()}</span><div>{title}{inner}</div>"));
    }
}

/// <summary>&lt;m-done title="Postulación recibida a las 16:59:58" reference="7F3-K92-04"&gt;what comes next&lt;/m-done&gt;</summary>
[HtmlTargetElement("m-done")]
public sealed class DonePanel : TagHelper
{
    public string Title { get; set; } = "";
    public string? Reference { get; set; }
    public string? ReferenceLabel { get; set; }

    /// <summary>True where the page already has its h1.</summary>
    public bool Below { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "done-panel");
        var reference = Reference is null ? Markup.None
            : Markup.Of($"<p class=\"reference\">{ReferenceLabel ?? Words.Say("reference")} <b>{Reference}</b></p>");
        output.Content.SetHtmlContent(Markup.Of($"<div class=\"done-head\">{(Below ? Markup.Of($"<h2>{Title}</h2>") : Markup.Of($"<h1>{Title}</h1>"))}{reference}</div><div class=\"done-body\">{inner}<p class=\"no-print\"><button type=\"button\" class=\"second\" data-print hidden>{Words.Say("print")}</button></p></div>"));
    }
}

/// <summary>&lt;m-empty title="Todavía no hay entidades" next="Crear una entidad" href="/entidades/nueva"&gt;text&lt;/m-empty&gt;: nothing here yet, and the way on.</summary>
[HtmlTargetElement("m-empty")]
public sealed class EmptyState : TagHelper
{
    public string Title { get; set; } = "";
    public string? Next { get; set; }
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty");
        var next = Next is null || Href is null ? Markup.None : Markup.Of($"<p><a class=\"button\" href=\"{Href}\">{Next}</a></p>");
        output.Content.SetHtmlContent(Markup.Of($"<p class=\"empty-title\">{Title}</p><div>{inner}</div>{next}"));
    }
}

/// <summary>&lt;m-help title="¿Qué es una mayoría absoluta?"&gt;one line of explanation&lt;/m-help&gt;</summary>
[HtmlTargetElement("m-help")]
public sealed class HelpText : TagHelper
{
    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "details";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "help");
        output.Content.SetHtmlContent(Markup.Of($"<summary>{Title ?? Words.Say("help")}</summary><div>{inner}</div>"));
    }
}

/// <summary>&lt;m-stats&gt; with &lt;m-stat label value note href/&gt;: a few figures that say it all, each with source and year.</summary>
[HtmlTargetElement("m-stats")]
public sealed class StatList : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "stats");
    }
}

[HtmlTargetElement("m-stat", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Stat : TagHelper
{
    public string Label { get; set; } = "";
    public string Value { get; set; } = "";
    public string? Note { get; set; }
    public string? Href { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var value = Href is null ? Markup.Of($"{Value}") : Markup.Of($"<a href=\"{Href}\">{Value}</a>");
        output.Content.SetHtmlContent(Markup.Of($"<dt>{Label}</dt><dd>{value}</dd>{(Note is null ? Markup.None : Markup.Of($"<dd class=\"hint\">{Note}</dd>"))}"));
    }
}

/// <summary>&lt;m-evidence file href hash size by at verified-by verified-at/&gt;</summary>
[HtmlTargetElement("m-evidence", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class EvidenceCard : TagHelper
{
    public string File { get; set; } = "";
    public string? Href { get; set; }
    public string Hash { get; set; } = "";
    public long? Size { get; set; }
    public string? By { get; set; }
    public DateTime? At { get; set; }
    public string? VerifiedBy { get; set; }
    public DateTime? VerifiedAt { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "evidence");
        var name = Href is null ? Markup.Of($"<b>{File}</b>") : Markup.Of($"<a href=\"{Href}\"><b>{File}</b></a>");
        var size = Size is { } bytes ? Markup.Of($" <span class=\"hint\">{Format.Bytes(bytes)}</span>") : Markup.None;
        var by = By is null ? Markup.None : Markup.Of($"<div><dt>{Words.Say("evidence.by")}</dt><dd>{By}{(At is { } at ? ", " + Format.InstantShort(at) : "")}</dd></div>");
        var verified = VerifiedBy is null
            ? Tone.Neutral.Tag(Words.Say("evidence.unverified"))
            : Tone.Met.Tag($"{Words.Say("evidence.verified")}: {VerifiedBy}{(VerifiedAt is { } when ? ", " + Format.InstantShort(when) : "")}");
        output.Content.SetHtmlContent(Markup.Of($"<p>{name}{size}</p><dl>{by}<div><dt>{Words.Say("evidence.hash")}</dt><dd><code>{Hash}</code></dd></div></dl><p>{verified}</p>"));
    }
}

/// <summary>&lt;m-hash value="…" short/&gt;: a digest; short shows its beginning and keeps the whole in its title.</summary>
[HtmlTargetElement("m-hash", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class HashText : TagHelper
{
    public string Value { get; set; } = "";
    public bool Short { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "code";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "hash");
        if (Short && Value.Length > 14)
        {
            output.Attributes.SetAttribute("title", Value);
            output.Content.SetContent(Value[..12] + "…");
        }
        else output.Content.SetContent(Value);
    }
}

/// <summary>&lt;m-viewer href title media/&gt;: the document beside the form; put both in &lt;div class="beside"&gt;.</summary>
[HtmlTargetElement("m-viewer", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DocumentViewer : TagHelper
{
    public string Href { get; set; } = "";
    public string Title { get; set; } = "";
    public string Media { get; set; } = "application/pdf";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "viewer");
        var body = Media.StartsWith("image/", StringComparison.Ordinal) ? Markup.Of($"<img src=\"{Href}\" alt=\"{Title}\">")
            : Media is "application/pdf" or "text/plain" or "text/html" ? Markup.Of($"<iframe src=\"{Href}\" title=\"{Title}\" loading=\"lazy\"></iframe>")
            : Markup.Of($"<p class=\"hint\">{Words.Say("viewer.none")}</p>");
        output.Content.SetHtmlContent(Markup.Of($"<p class=\"viewer-bar\"><b>{Title}</b> <a href=\"{Href}\" target=\"_blank\" rel=\"noopener\">{Words.Say("viewer.open")}</a></p>{body}"));
    }
}
