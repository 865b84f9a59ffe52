using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>
/// A picture drawn on the server from plain figures, and the table of the same figures. Horizontal sizes are percentages,
/// so that words keep their size on a phone and on paper and no script is needed.
/// </summary>
public abstract record Chart(string Title, string Description)
{
    public abstract Twin Table { get; }

    public abstract Markup Svg(string id);

    public virtual Markup Legend => Markup.None;

    /// <summary>The svg element with its name and its description; a picture with links is a group, because an image hides them.</summary>
    protected Markup Frame(string id, int height, Markup inside, bool links = false, string? viewBox = null, string? css = null) =>
        Markup.Of($"<svg class=\"chart{(viewBox is null ? "" : " scaled")}{(css is null ? "" : " " + css)}\" role=\"{(links ? "group" : "img")}\" aria-labelledby=\"{id}-t {id}-d\"{(viewBox is null ? Markup.Of($" width=\"100%\" height=\"{height}\"") : Markup.Of($" viewBox=\"{viewBox}\""))}><title id=\"{id}-t\">{Title}</title><desc id=\"{id}-d\">{Description}</desc>{inside}</svg>");

    protected static Markup Linked(string? href, Markup inside) => href is null ? inside : Markup.Of($"<a href=\"{href}\">{inside}</a>");

    protected static Markup Swatches(IEnumerable<(string Css, string Text)> items) =>
        Markup.Of($"<ul class=\"legend\">{Markup.Join(items, i => Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><rect class=\"{i.Css} sw\" x=\".5\" y=\".5\" width=\"21\" height=\"15\"/></svg>{i.Text}</li>"))}</ul>");

    /// <summary>A name above its bar: as much of it as a phone has room for, and as a desk has.</summary>
    protected static Markup Name(string text, int y, int onPhone, int onDesk = 60) => text.Length <= onPhone
        ? Markup.Of($"<text y=\"{y}\">{text}</text>")
        : Markup.Of($"<text class=\"short\" y=\"{y}\">{Cut(text, onPhone)}</text><text class=\"long\" y=\"{y}\">{Cut(text, onDesk)}</text>");

    protected static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)].TrimEnd() + "…";

    protected static string ToneCss(Tone? tone) => tone switch
    {
        Tone.Met => "t-met",
        Tone.Attention => "t-soon",
        Tone.Broken => "t-bad",
        Tone.Info => "t-info",
        Tone.Neutral => "t-flat",
        _ => "t-bar",
    };

    protected static double Share(double value, double whole) => whole <= 0 ? 0 : Math.Clamp(100 * value / whole, 0, 100);
}

/// <summary>A cell of the table behind a chart.</summary>
public sealed record Cell(string Text, string? Href = null, bool Number = false);

/// <summary>The table behind a chart: the same figures, row by row; the first cell of a row names it.</summary>
public sealed record Twin(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Three columns fit a phone; a wider table becomes cards there, like every table of the house.</summary>
    public Markup Html(string caption)
    {
        var cards = Head.Count > 3;
        var numbers = Head.Select((_, i) => Rows.Count > 0 && Rows.All(r => i < r.Count && r[i].Number)).ToList();
        var head = Markup.Join(Head.Index(), h => Markup.Of($"<th scope=\"col\"{Role("columnheader")}{Css(numbers[h.Index])}>{h.Item}</th>"));
        return Markup.Of($"<div class=\"table-box\"><table{Role("table")}{(cards ? new(" class=\"rows\"") : Markup.None)}><caption class=\"sr\">{caption}</caption><thead{Role("rowgroup")}><tr{Role("row")}>{head}</tr></thead><tbody{Role("rowgroup")}>{Markup.Join(Rows, Row)}</tbody></table></div>");

        Markup Row(IReadOnlyList<Cell> cells) =>
            Markup.Of($"<tr{Role("row")}>{Markup.Join(cells.Index(), c => c.Index == 0 ? Markup.Of($"<th scope=\"row\"{Role("rowheader")}>{Text(c.Item)}</th>\n") : Markup.Of($"<td{Role("cell")}{Css(c.Item.Number)}{(cards ? Markup.Attribute("data-label", Head[c.Index]) : Markup.None)}>{Text(c.Item)}</td>\n"))}</tr>");

        // Cells laid out as blocks lose their roles unless they are written.
        Markup Role(string role) => cards ? Markup.Attribute("role", role) : Markup.None;
    }

    private static Markup Text(Cell cell) => cell.Href is null ? Markup.Of($"{cell.Text}") : Markup.Of($"<a href=\"{cell.Href}\">{cell.Text}</a>");

    private static Markup Css(bool number) => number ? new(" class=\"n\"") : Markup.None;
}

/// <summary>&lt;m-chart of="Model.Chart"/&gt;: the figure with its words, its picture, its legend and its table.</summary>
[HtmlTargetElement("m-chart", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartFigure : TagHelper
{
    public Chart? Of { get; set; }

    /// <summary>False when the page already shows the same figures in a table.</summary>
    public bool Table { get; set; } = true;

    /// <summary>False when the heading above already says what this is.</summary>
    public bool Caption { get; set; } = true;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of is null)
        {
            output.SuppressOutput();
            return;
        }
        var items = ViewContext.HttpContext.Items;
        var number = items.TryGetValue(typeof(ChartFigure), out var last) && last is int n ? n + 1 : 1;
        items[typeof(ChartFigure)] = number;
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        var caption = Caption ? Markup.Of($"<figcaption><b>{Of.Title}</b>{(Of.Description.Length == 0 ? Markup.None : Markup.Of($"<span class=\"hint\">{Of.Description}</span>"))}</figcaption>") : Markup.None;
        var table = Table ? Markup.Of($"<details><summary>{Words.Say("chart.table")}</summary>{Of.Table.Html(Of.Title)}</details>") : Markup.None;
        output.Content.SetHtmlContent(Markup.Of($"{caption}{Of.Svg($"fig{number}")}\n{Of.Legend}\n{table}"));
    }
}
