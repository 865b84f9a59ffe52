using Minka.Core.Planning;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class PrecedenceTests
{
    [Theory]
    [InlineData("a>b b>c", null)]
    [InlineData("a>a", "a a")]
    [InlineData("a>b b>a", "a b a")]
    [InlineData("x>a a>b b>c c>a", "a b c a")]
    [InlineData("a>b a>c b>d c>d", null)]
    [InlineData("a>z", null)]
    public void FindCycle_OfLinks_GivesTheCircleOrNothing(string links, string? expected)
    {
        var before = links.Split(' ').Select(l => l.Split('>')).GroupBy(l => l[0])
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(l => l[1])]);
        foreach (var node in before.Values.SelectMany(v => v).Where(n => n != "z").ToList()) before.TryAdd(node, []);
        var cycle = Precedence.FindCycle(before);
        (cycle is null ? null : string.Join(' ', cycle)).ShouldBe(expected);
    }

    [Fact]
    public void Codes_InNaturalOrder_CountAsPeopleDo() =>
        new[] { "P10", "P2", "p1", "P1", "P02", "E1.10", "E1.9" }.Order(CodeOrder.Natural).ShouldBe(["E1.9", "E1.10", "P1", "P02", "P2", "P10", "p1"]);
}
