using Minka.TestKit;
using Minka.Web.Docs;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Docs;

public sealed class GeneratedDocsTests
{
    [Fact]
    public async Task Documents_say_what_the_code_says()
    {
        await using var site = await TestSite.StartAsync();
        var root = DocsVerb.FindRoot().ShouldNotBeNull();
        var made = await DocsVerb.MakeAsync(site.App, root);
        made.Keys.ShouldBe(["docs/screens.md", "docs/acts.md", "docs/states.md"]);
        foreach (var (path, text) in made)
            (await File.ReadAllTextAsync(Path.Combine(root, path))).ShouldBe(text, $"{path} is old: run ./minka docs");
    }

    [Fact]
    public async Task Acts_are_all_found_each_with_its_words()
    {
        await using var site = await TestSite.StartAsync();
        var acts = await DocsVerb.MakeAsync(site.App, DocsVerb.FindRoot()!);
        var text = acts["docs/acts.md"];
        foreach (var language in Texts.Languages)
        {
            foreach (var key in Texts.Of(language).Keys.Where(k => k.StartsWith("act.", StringComparison.Ordinal)))
                text.ShouldContain($"| `{key["act.".Length..]}` |", customMessage: $"{key} ({language}): words for an act that nobody writes");
        }
        text.Split('\n').Where(l => l.Split('|') is { Length: > 3 } cells && cells[1].Contains('`', StringComparison.Ordinal) && cells[2].Trim() == "–").ShouldBeEmpty("acts without words");
        text.ShouldContain("| `award.publish` | publicó los resultados | `PublishAward` |");
        text.ShouldContain("`AgreementDrafted`");
        var states = acts["docs/states.md"];
        states.ShouldContain("stateDiagram-v2");
        states.ShouldContain("## call: `Call`");
        states.Split('\n').Where(l => l.Trim().Split(" : ") is [var name, var word] && !name.Contains('>', StringComparison.Ordinal) && name == word).ShouldBeEmpty("states without words, that a refused step would have to name");
        acts["docs/screens.md"].ShouldContain("| Convocatorias | `/convocatorias` |");
    }
}
