using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using QRCoder;

namespace Minka.Web.Components;

/// <summary>
/// &lt;m-qr text="https://…" label="…"/&gt;: a QR code drawn as one SVG path; prints sharp at any size. The same text again on a page
/// points at the first drawing: a sheet of five hundred slips stays light.
/// </summary>
[HtmlTargetElement("m-qr", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class QrCode : TagHelper
{
    public string Text { get; set; } = "";
    public string Label { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "qr");
        if (ViewContext.HttpContext.Items["qr " + Text] is (int side, string drawn))
        {
            output.Content.SetHtmlContent(Markup.Of($"<svg viewBox=\"0 0 {side} {side}\" width=\"120\" height=\"120\" role=\"img\" aria-label=\"{Label}\"><use href=\"#{drawn}\"/></svg>"));
            return;
        }
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(Text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows[y].Count && rows[y][x + 1]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1H{from}z");
            }
        }
        var id = string.Create(CultureInfo.InvariantCulture, $"qr-{ViewContext.HttpContext.Items.Count}");
        ViewContext.HttpContext.Items["qr " + Text] = (rows.Count, id);
        output.Content.SetHtmlContent(Markup.Of($"<svg viewBox=\"0 0 {rows.Count} {rows.Count}\" width=\"120\" height=\"120\" role=\"img\" aria-label=\"{Label}\" shape-rendering=\"crispEdges\"><g id=\"{id}\"><rect width=\"{rows.Count}\" height=\"{rows.Count}\" fill=\"#fff\"/><path d=\"{path.ToString()}\" fill=\"#000\"/></g></svg>"));
    }
}
