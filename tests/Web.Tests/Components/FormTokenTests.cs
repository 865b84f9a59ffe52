using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Components;

/// <summary>A form with an address of its own gets no token from the framework unless it asks for it, and then answers 400.</summary>
public sealed partial class FormTokenTests
{
    [Fact]
    public void Every_form_with_an_address_of_its_own_asks_for_its_token()
    {
        var screens = Directory.EnumerateFiles(Path.Combine(Root(), "src", "Minka.Web"), "*.cshtml", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        screens.Count.ShouldBeGreaterThan(100);
        screens.SelectMany(f => WithAddress().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Form: m.Value)))
            .Where(m => !m.Form.Contains("asp-antiforgery=\"true\"", StringComparison.Ordinal) && !m.Form.Contains("AntiForgeryToken", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_class_of_a_cell_is_one_that_the_style_sheet_knows()
    {
        var known = File.ReadAllText(Path.Combine(Root(), "src", "Minka.Web", "wwwroot", "minka.css"));
        Directory.EnumerateFiles(Path.Combine(Root(), "src", "Minka.Web", "Screens"), "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(f => CellClass().Matches(File.ReadAllText(f)).SelectMany(m => m.Groups[1].Value.Split(' ')).Select(c => (File: Path.GetFileName(f), Class: c)))
            .Where(c => !Regex.IsMatch(known, $@"\.{Regex.Escape(c.Class)}(?![\w-])")).ShouldBeEmpty();
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Minka.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Minka.slnx is nowhere above the tests");
    }

    [GeneratedRegex(@"<t[dhr] class=\x22([\w -]+)\x22")]
    private static partial Regex CellClass();

    // With the first words that stand in the form, where a token written by hand would be.
    [GeneratedRegex("""<form(?=[^>]*method="post")(?=[^>]*\saction=)[^>]*>.{0,40}""")]
    private static partial Regex WithAddress();
}
