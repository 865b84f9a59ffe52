using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Minka.Web.Components;

/// <summary>A piece of finished HTML. Every hole of <see cref="Of"/> is encoded unless it already is HTML.</summary>
public readonly record struct Markup(string Html) : IHtmlContent
{
    public static readonly Markup None = new("");

    public static Markup Of(MarkupText text) => new(text.ToString());

    public static Markup Join<T>(IEnumerable<T> items, Func<T, Markup> each)
    {
        var all = new StringBuilder();
        foreach (var item in items) all.Append(each(item).Html);
        return new(all.ToString());
    }

    /// <summary>One attribute with its leading space, or nothing when there is no value.</summary>
    public static Markup Attribute(string name, string? value) =>
        string.IsNullOrEmpty(value) ? None : Of($" {new Markup(name)}=\"{value}\"");

    public static Markup Flag(string name, bool set) => set ? new(" " + name) : None;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Html);

    public override string ToString() => Html;
}

[InterpolatedStringHandler]
public readonly ref struct MarkupText(int literalLength, int formattedCount)
{
    private readonly StringBuilder _html = new(literalLength + formattedCount * 24);

    public void AppendLiteral(string text) => _html.Append(text);

    public void AppendFormatted(string? text)
    {
        foreach (var c in text ?? "")
        {
            switch (c)
            {
                case '&': _html.Append("&amp;"); break;
                case '<': _html.Append("&lt;"); break;
                case '>': _html.Append("&gt;"); break;
                case '"': _html.Append("&quot;"); break;
                case '\'': _html.Append("&#39;"); break;
                default: _html.Append(c); break;
            }
        }
    }

    public void AppendFormatted(Markup html) => _html.Append(html.Html);

    public void AppendFormatted(int number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => _html.Append(Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(IHtmlContent? html)
    {
        using var writer = new StringWriter(_html, CultureInfo.InvariantCulture);
        html?.WriteTo(writer, HtmlEncoder.Default);
    }

    public override string ToString() => _html.ToString();
}
