using Minka.Web.Components;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Components;

public sealed class MarkupTests
{
    [Fact]
    public void Of_Text_IsEncodedOnceAndHtmlIsNot()
    {
        var name = "<b>\"O'Higgins\" & hijos</b>";
        var inner = Markup.Of($"<i>{name}</i>");
        inner.Html.ShouldBe("<i>&lt;b&gt;&quot;O&#39;Higgins&quot; &amp; hijos&lt;/b&gt;</i>");
        Markup.Of($"<p>{inner}</p>").Html.ShouldBe($"<p>{inner.Html}</p>");
    }

    [Fact]
    public void Attribute_WithoutValue_IsLeftOut()
    {
        Markup.Attribute("title", null).Html.ShouldBe("");
        Markup.Attribute("title", "a\"b").Html.ShouldBe(" title=\"a&quot;b\"");
    }

    [Fact]
    public void Of_Numbers_AreWrittenWithAPoint() => Markup.Of($"{1.239} {42}").Html.ShouldBe("1.24 42");
}
