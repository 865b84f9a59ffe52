using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>&lt;m-mark/&gt;: three strands woven into one (entity, programme, fund), for a dark ground.</summary>
[HtmlTargetElement("m-mark", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BrandMark : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent("<svg viewBox=\"0 0 32 32\" aria-hidden=\"true\"><path fill=\"#fff\" d=\"M2 2h6v6l7.4 7.4-4.25 4.25L2 10.5zM13 23.2l2.75 2.75L19 22.7V30h-6z\"/><path fill=\"#8fc7a8\" d=\"M30 2h-6v6L11.75 20.25 16 24.5l14-14z\"/><path fill=\"#f2b632\" d=\"M13 2h6v9.3l-3 3-3-3z\"/></svg>");
    }
}
