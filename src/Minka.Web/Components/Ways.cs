using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>One step of the way from the home page to here; the last has no address.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>&lt;m-trail of="Model.Trail"/&gt;</summary>
[HtmlTargetElement("m-trail", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Trail : TagHelper
{
    public IEnumerable<Crumb> Of { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!Of.Any())
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "trail");
        output.Attributes.SetAttribute("aria-label", Words.Say("trail"));
        output.Content.SetHtmlContent(Markup.Of($"<ol>{Markup.Join(Of, c => c.Href is null ? Markup.Of($"<li aria-current=\"page\">{c.Text}</li>") : Markup.Of($"<li><a href=\"{c.Href}\">{c.Text}</a></li>"))}</ol>"));
    }
}

public sealed record Tab(string Text, string Href, bool Current = false, int? Count = null);

/// <summary>&lt;m-tabs of="Model.Tabs" label="Partes de la entidad"/&gt;: tabs that are links, so each has an address.</summary>
[HtmlTargetElement("m-tabs", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Tabs : TagHelper
{
    public IEnumerable<Tab> Of { get; set; } = [];
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "tabs");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(Markup.Of($"<ul>{Markup.Join(Of, t => Markup.Of($"<li><a href=\"{t.Href}\"{(t.Current ? Markup.Of($" aria-current=\"page\"") : Markup.None)}>{t.Text}{Count(t.Count)}</a></li>"))}</ul>"));
    }

    internal static Markup Count(int? count) => count is { } n ? Markup.Of($" <span class=\"count\">{Format.Number(n)}</span>") : Markup.None;
}

public sealed record FilterChoice(string Value, string Text, int? Count = null);

/// <summary>&lt;m-filters label="Estado" param="estado" of="Model.States"/&gt;: each choice is a link that keeps the rest of the query; an empty value is "all".</summary>
[HtmlTargetElement("m-filters", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Filters : TagHelper
{
    public IEnumerable<FilterChoice> Of { get; set; } = [];
    public string Label { get; set; } = "";
    public string Param { get; set; } = "";

    /// <summary>The query parameter of the page number, which a new filter drops.</summary>
    public string PageParam { get; set; } = "pagina";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var now = ViewContext.HttpContext.Request.Query[Param].ToString();
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "filters");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(Markup.Of($"<span class=\"filters-label\" aria-hidden=\"true\">{Label}</span><ul>{Markup.Join(Of, c => Markup.Of($"<li><a href=\"{QueryLink.With(ViewContext, Param, c.Value, PageParam)}\"{(c.Value == now ? Markup.Of($" aria-current=\"true\"") : Markup.None)}>{c.Text}{Tabs.Count(c.Count)}</a></li>"))}</ul>"));
    }
}

/// <summary>&lt;m-pager page size total/&gt;: pages as links; nothing when all fits in one.</summary>
[HtmlTargetElement("m-pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Pager : TagHelper
{
    public int Page { get; set; } = 1;
    public int Size { get; set; } = 50;
    public int Total { get; set; }
    public string Param { get; set; } = "pagina";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var last = Math.Max(1, (Total + Size - 1) / Size);
        if (last == 1)
        {
            output.SuppressOutput();
            return;
        }
        var page = Math.Clamp(Page, 1, last);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", Words.Say("pager"));
        var range = Words.Say("pager.range", Format.Number((page - 1) * Size + 1), Format.Number(Math.Min(page * Size, Total)), Format.Number(Total));
        var numbers = Markup.Join(Shown(page, last), n => n == 0
            ? Markup.Of($"<li class=\"gap\" aria-hidden=\"true\">…</li>")
            : Markup.Of($"<li><a href=\"{To(n)}\"{(n == page ? Markup.Of($" aria-current=\"page\"") : Markup.None)}>{Format.Number(n)}</a></li>"));
        output.Content.SetHtmlContent(Markup.Of($"<ul>{(page > 1 ? Markup.Of($"<li><a rel=\"prev\" href=\"{To(page - 1)}\">‹ {Words.Say("pager.previous")}</a></li>") : Markup.None)}{numbers}{(page < last ? Markup.Of($"<li><a rel=\"next\" href=\"{To(page + 1)}\">{Words.Say("pager.next")} ›</a></li>") : Markup.None)}</ul><p class=\"hint\">{range}</p>"));

        string To(int n) => QueryLink.With(ViewContext, Param, n == 1 ? "" : n.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<int> Shown(int page, int last)
    {
        var before = 0;
        foreach (var n in new[] { 1, page - 1, page, page + 1, last }.Where(n => n >= 1 && n <= last).Distinct().Order())
        {
            if (n - before == 2) yield return n - 1;
            else if (n - before > 2) yield return 0;
            yield return n;
            before = n;
        }
    }
}

/// <summary>
/// &lt;m-download xlsx="…" csv="…" json="…"/&gt;: this list as a file. With no address: both files of the page itself, filtered as it is.
/// </summary>
[HtmlTargetElement("m-download", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Download : TagHelper
{
    public string? Xlsx { get; set; }
    public string? Csv { get; set; }
    public string? Json { get; set; }

    /// <summary>The query parameter of the page number, which a file has no use for.</summary>
    public string PageParam { get; set; } = "pagina";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Xlsx is null && Csv is null && Json is null)
        {
            var (query, request) = (QueryLink.Query(ViewContext, PageParam, "handler"), ViewContext.HttpContext.Request);
            (Xlsx, Csv) = ($"{request.PathBase}{request.Path.Value!.TrimEnd('/')}.xlsx{query}", $"{request.PathBase}{request.Path.Value!.TrimEnd('/')}.csv{query}");
        }
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "download no-print");
        var links = new[] { ("XLSX", Xlsx), ("CSV", Csv), ("JSON", Json) }.Where(f => f.Item2 is not null);
        output.Content.SetHtmlContent(Markup.Of($"<span>{Words.Say("download")}</span> {Markup.Join(links, f => Markup.Of($"<a href=\"{f.Item2}\" aria-label=\"{Words.Say("download.as", f.Item1)}\">{f.Item1}</a> "))}"));
    }
}

internal static class QueryLink
{
    public static string With(ViewContext view, string param, string value, params string[] dropped)
    {
        var query = Kept(view, [param, .. dropped]);
        if (value.Length > 0) query.Add(param, value);
        var request = view.HttpContext.Request;
        return request.PathBase + request.Path + query.ToQueryString();
    }

    /// <summary>The query of the request without some parameters.</summary>
    public static string Query(ViewContext view, params string[] dropped) => Kept(view, dropped).ToQueryString().ToString();

    static QueryBuilder Kept(ViewContext view, string[] dropped)
    {
        var query = new QueryBuilder();
        foreach (var (key, values) in view.HttpContext.Request.Query)
        {
            if (dropped.Contains(key)) continue;
            foreach (var one in values) query.Add(key, one ?? "");
        }
        return query;
    }
}
