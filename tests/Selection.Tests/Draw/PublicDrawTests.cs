using Minka.Selection.Draw;

namespace Minka.Selection.Tests.Draw;

public sealed class PublicDrawTests
{
    private const string Salt = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void Order_AnyOrderOfCandidates_GivesTheSameTickets()
    {
        var tickets = PublicDraw.Order(Salt, "beacon", ["a", "b", "c"]);
        PublicDraw.Order(Salt.ToUpperInvariant(), "beacon", ["c", "a", "b"]).ShouldBe(tickets);
        tickets.Select(t => t.Position).ShouldBe([1, 2, 3]);
        tickets.Select(t => t.Ticket).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        PublicDraw.Order(Salt, "beacon", ["a", "c"]).Select(t => t.Id).ShouldBe(tickets.Select(t => t.Id).Where(id => id != "b"), "who leaves changes nobody else's order");
    }

    [Fact]
    public void Check_AnythingChanged_IsNamed()
    {
        var commitment = PublicDraw.Commit(Salt, ["a", "b"]);
        PublicDraw.Check(commitment, Salt, ["b", "a"]).ShouldBe(DrawMismatch.None);
        PublicDraw.Check(commitment, Salt, ["a", "b", "c"]).ShouldBe(DrawMismatch.Candidates);
        PublicDraw.Check(commitment, Salt.Replace('f', 'e'), ["a", "b"]).ShouldBe(DrawMismatch.Salt);
    }

    [Fact]
    public void Order_AmbiguousInput_IsRefused()
    {
        Should.Throw<ArgumentException>(() => PublicDraw.Order("abc", "beacon", ["a"]));
        Should.Throw<ArgumentException>(() => PublicDraw.Order(Salt, "", ["a"]));
        Should.Throw<ArgumentException>(() => PublicDraw.Order(Salt, "x|y", ["a"]));
        Should.Throw<ArgumentException>(() => PublicDraw.Order(Salt, "beacon", ["a", "a"]));
        Should.Throw<ArgumentException>(() => PublicDraw.Order(Salt, "beacon", ["a|b"]));
        Should.Throw<ArgumentException>(() => PublicDraw.HashOfCandidates(["a\nb"]));
    }

    /// <summary>RFC 3797 §6.</summary>
    [Fact]
    public void Rfc3797_PublishedExample_IsReproduced() =>
        Rfc3797.Select("9319./2.5.8.10.12./9.18.26.34.41.45./", 25, 11).ShouldBe([17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22]);

    [SharedFact]
    public void Order_Golden_Sha256Tickets()
    {
        var golden = Shared.Golden("lottery.json", "sha256_ticket_order");
        var input = golden.GetProperty("input");
        string[] ids = [.. input.GetProperty("ids").EnumerateArray().Select(x => x.GetString()!)];
        var salt = input.GetProperty("salt").GetString()!;
        var tickets = PublicDraw.Order(salt, input.GetProperty("beacon").GetString()!, ids);

        tickets.Select(t => t.Id).ShouldBe(golden.GetProperty("expected").GetProperty("order").EnumerateArray().Select(x => x.GetString()!));
        foreach (var ticket in tickets)
            ticket.Ticket.ShouldBe(golden.GetProperty("expected").GetProperty("ticket").GetProperty(ticket.Id).GetString());
        PublicDraw.Commit(salt, ids).SaltHash.ShouldBe(input.GetProperty("commitment").GetString());
    }
}
