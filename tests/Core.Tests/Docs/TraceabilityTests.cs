using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Docs;

public sealed partial class TraceabilityTests
{
    [Fact]
    public void Traceability_EveryTestItNames_Exists()
    {
        var root = GlossaryTests.Root();
        var named = TestClass().Matches(File.ReadAllText(Path.Combine(root, "docs", "traceability.md"))).Select(m => m.Groups[1].Value).Distinct();
        var files = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);

        named.Except(files).ShouldBeEmpty("docs/traceability.md names tests that are not there");
    }

    [GeneratedRegex(@"`([A-Za-z]+Tests)`")]
    private static partial Regex TestClass();
}
