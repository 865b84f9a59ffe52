using System.Net;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Minka.Web.Components;

/// <summary>
/// &lt;form data-confirm="¿Cerrar la votación?"&gt; or &lt;button data-confirm="…"&gt;: asks before an act. A script asks on the page; without
/// one the question travels with the form, and the server asks by a page of its own.
/// </summary>
[HtmlTargetElement("form", Attributes = "data-confirm")]
public sealed class AskingForm : TagHelper
{
    /// <summary>Carries the question.</summary>
    public const string Field = "__ask";

    /// <summary>Says that the question was answered with yes.</summary>
    public const string Agreed = "__agreed";

    /// <summary>Says that it was answered with no.</summary>
    public const string Back = "__back";

    /// <summary>Between the question, the kind of its button, and the button's own name and value.</summary>
    internal const char Mark = '\u241F';

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.PreContent.AppendHtml(Markup.Of($"<input type=\"hidden\" name=\"{Field}\" value=\"{Question(output)}\">"));

    /// <summary>The question as words: Razor hands an attribute over already written for the page.</summary>
    internal static string Question(TagHelperOutput output) => WebUtility.HtmlDecode(output.Attributes["data-confirm"].Value?.ToString() ?? "");
}

/// <summary>The same for one of several buttons: its own name and value travel within the question.</summary>
[HtmlTargetElement("button", Attributes = "data-confirm")]
public sealed class AskingButton : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        string Of(string name) => output.Attributes[name]?.Value?.ToString() ?? "";
        var (name, value) = (Of("name"), Of("value"));
        var kind = Of("class").Contains("danger", StringComparison.Ordinal) ? "danger" : "";
        if (name.Length > 0)
        {
            output.Attributes.SetAttribute("data-name", name);
            output.Attributes.SetAttribute("data-value", value);
        }
        output.Attributes.SetAttribute("name", AskingForm.Field);
        output.Attributes.SetAttribute("value", string.Join(AskingForm.Mark, AskingForm.Question(output), kind, name, value));
    }
}
