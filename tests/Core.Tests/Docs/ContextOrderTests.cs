using System.Text.RegularExpressions;
using Minka.Core.Kernel;
using Minka.Core.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Docs;

/// <summary>The order of contexts that ARCHITECTURE.md draws is the one that the architecture test holds.</summary>
public sealed partial class ContextOrderTests
{
    [Fact]
    public void Architecture_DrawsTheOrderThatIsHeld()
    {
        var drawn = Drawn(File.ReadAllText(Path.Combine(GlossaryTests.Root(), "ARCHITECTURE.md")));
        var there = typeof(Money).Assembly.GetTypes().Select(t => t.Namespace?.Split('.').ElementAtOrDefault(2)).ToHashSet(StringComparer.Ordinal);
        drawn.ShouldBe(HouseRules.Order.Where(there.Contains));
        Drawn("Kernel ← Fund ←\nRegister. Then").ShouldBe(["Kernel", "Fund", "Register"]);
    }

    static string[] Drawn(string text) => [.. Order().Match(text).Value.TrimEnd('.').Split('←', StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"Kernel(\s*←\s*\w+)+")]
    private static partial Regex Order();
}
