using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>
/// &lt;table m-rows&gt;: an ordinary table whose rows become cards on a phone. The cells take their card label from the column
/// headings by themselves, and roles are set because a table laid out as blocks loses them.
/// Attribute m-plain: a small table that stays a table everywhere.
/// </summary>
[HtmlTargetElement("table", Attributes = "m-rows")]
public sealed class RowsTable : TagHelper
{
    public override int Order => -10;

    [HtmlAttributeName("m-rows")]
    public bool Rows { get; set; } = true;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(RowsTable)] = new Columns();
        var inner = await output.GetChildContentAsync();
        var css = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", css is null ? "rows" : "rows " + css);
        output.Attributes.SetAttribute("role", "table");
        output.PreElement.SetHtmlContent("<div class=\"table-box\">");
        output.PostElement.SetHtmlContent("</div>");
        output.Content.SetHtmlContent(inner);
    }

    internal sealed class Columns
    {
        public List<string> Headings { get; } = [];
        public int Next { get; set; }
        public bool InHead { get; set; }
    }
}

[HtmlTargetElement("thead")]
[HtmlTargetElement("tbody")]
[HtmlTargetElement("tfoot")]
public sealed class RowsGroup : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(RowsTable), out var found) || found is not RowsTable.Columns columns) return;
        columns.InHead = context.TagName == "thead";
        output.Attributes.SetAttribute("role", "rowgroup");
        output.Content.SetHtmlContent(await output.GetChildContentAsync());
    }
}

[HtmlTargetElement("tr")]
public sealed class RowsRow : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(RowsTable), out var found) || found is not RowsTable.Columns columns) return;
        columns.Next = 0;
        output.Attributes.SetAttribute("role", "row");
        output.Content.SetHtmlContent(await output.GetChildContentAsync());
    }
}

[HtmlTargetElement("th")]
[HtmlTargetElement("td")]
public sealed partial class RowsCell : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(RowsTable), out var found) || found is not RowsTable.Columns columns) return;
        var inner = await output.GetChildContentAsync();
        var span = int.TryParse(output.Attributes["colspan"]?.Value?.ToString(), out var wide) ? wide : 1;
        var heading = context.TagName == "th";
        if (columns.InHead)
        {
            var text = WebUtility.HtmlDecode(Tags().Replace(inner.GetContent(), "")).Trim();
            for (var i = 0; i < span; i++) columns.Headings.Add(text);
            if (!output.Attributes.ContainsName("scope")) output.Attributes.SetAttribute("scope", "col");
            output.Attributes.SetAttribute("role", "columnheader");
        }
        else
        {
            if (heading && !output.Attributes.ContainsName("scope")) output.Attributes.SetAttribute("scope", "row");
            output.Attributes.SetAttribute("role", heading ? "rowheader" : "cell");
            if (!heading && columns.Next < columns.Headings.Count && columns.Headings[columns.Next].Length > 0 && !output.Attributes.ContainsName("data-label"))
                output.Attributes.SetAttribute("data-label", columns.Headings[columns.Next]);
            columns.Next += span;
        }
        output.Content.SetHtmlContent(inner);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}

/// <summary>One source of money with its amounts by year, in céntimos, in the order of the years.</summary>
public sealed record FundingRow(string Source, IReadOnlyList<long> Amounts);

/// <summary>Sources by years against the cost of each year. Totals and gaps are computed here, never passed.</summary>
public sealed record Funding(IReadOnlyList<int> Years, IReadOnlyList<FundingRow> Rows, IReadOnlyList<long> Cost);

/// <summary>&lt;m-funding of="Model.Funding" caption="…"/&gt;</summary>
[HtmlTargetElement("m-funding", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FundingTable : TagHelper
{
    public Funding Of { get; set; } = new([], [], []);
    public string Caption { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var years = Of.Years.Select(y => y.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var total = Words.Say("funding.total");
        var sums = Enumerable.Range(0, years.Count).Select(i => Of.Rows.Sum(r => r.Amounts[i])).ToList();
        var gaps = sums.Zip(Of.Cost, (sum, cost) => cost - sum).ToList();
        var head = Markup.Of($"<th scope=\"col\" role=\"columnheader\">{Words.Say("funding.source")}</th>{Markup.Join(years.Append(total), y => Markup.Of($"<th scope=\"col\" role=\"columnheader\" class=\"n\">{y}</th>"))}");
        var rows = Markup.Join(Of.Rows, r => Row(r.Source, r.Amounts, Format.Plain));
        var foot = Markup.Of($"{Row(Words.Say("funding.sum"), sums, Format.Plain, "sum")}{Row(Words.Say("funding.cost"), Of.Cost, Format.Plain)}{Row(Words.Say("funding.gap"), gaps, null, "gap")}");
        output.Content.SetHtmlContent(Markup.Of($"<div class=\"table-box\"><table class=\"rows funding\" role=\"table\"><caption>{Caption} <span class=\"quiet-text\">(S/)</span></caption><thead role=\"rowgroup\"><tr role=\"row\">{head}</tr></thead><tbody role=\"rowgroup\">{rows}</tbody><tfoot role=\"rowgroup\">{foot}</tfoot></table></div>"));

        Markup Row(string label, IReadOnlyList<long> amounts, Func<long, string>? plain, string? css = null)
        {
            var cells = Markup.Join(amounts.Append(amounts.Sum()).Zip(years.Append(total)), c =>
                Markup.Of($"<td role=\"cell\" class=\"n\" data-label=\"{c.Second}\">{(plain is null ? Gap(c.First) : c.First == 0 ? Markup.Of($"<span class=\"quiet-text\">0.00</span>") : Markup.Of($"{plain(c.First)}"))}</td>\n"));
            return Markup.Of($"<tr role=\"row\"{Markup.Attribute("class", css)}><th scope=\"row\" role=\"rowheader\">{label}</th>{cells}</tr>");
        }
    }

    private static Markup Gap(long gap) => gap switch
    {
        0 => Markup.Of($"<span class=\"tag met\"><span aria-hidden=\"true\">●</span> 0.00<span class=\"sr\"> {Words.Say("funding.none")}</span></span>"),
        > 0 => Markup.Of($"<span class=\"tag bad\"><span aria-hidden=\"true\">■</span> {Words.Say("funding.missing")} {Format.Plain(gap)}</span>"),
        _ => Markup.Of($"<span class=\"tag soon\"><span aria-hidden=\"true\">▲</span> {Words.Say("funding.over")} {Format.Plain(-gap)}</span>"),
    };
}
