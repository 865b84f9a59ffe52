using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Entities.Elections;
using Minka.Core.Rules;
using Minka.Core.Rules.Checking;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Elections;

public sealed class ElectionPackTests
{
    [Fact]
    public void File_FollowsItsSchema_AndNamesKnownTemplates()
    {
        var faults = new List<RuleFault>();
        new SchemaCheck(BuiltInFiles.Read("schema/elections.schema.json")).Run(PlacedJson.Read(BuiltInFiles.Read("elections.json"), faults)!, faults);
        faults.ShouldBeEmpty();
        foreach (var pack in ElectionPacks.All)
        {
            pack.Templates.ShouldAllBe(t => CompositionTemplates.Find(t) != null, pack.Id);
            pack.Quotas.ShouldAllBe(q => q.Least.HasValue != (q.Share != null) && (q.Kind == QuotaKind.Sector) == q.Sector.HasValue, pack.Id);
            (pack.Majority != ElectionMajority.Absolute || pack.Seats == 1).ShouldBeTrue(pack.Id);
        }
        ElectionPacks.All.Select(p => p.Id).ShouldBeUnique();
    }

    // A share is of the seats, rounded up: 30 % of 3 is 1, of 4 is 2, of 10 is 3.
    [Theory]
    [InlineData("communal-board", 3, 1)]
    [InlineData("communal-board", 4, 2)]
    [InlineData("communal-board", 10, 3)]
    [InlineData("communal-board", 11, 4)]
    [InlineData("ccr-civil", 3, 1)]
    [InlineData("ccr-civil", 4, 2)]
    [InlineData("leader-board", 7, 4)]
    [InlineData("leader-board", 100, 51)]
    public void Share_OfTheSeats_IsRoundedUp(string pack, int seats, int least) =>
        ElectionPacks.Find(pack)!.For(seats, "lotería").Quotas.Single().Least.ShouldBe(least);

    [Fact]
    public async Task Rule_ThatFollowsAPack_TakesNothingTyped()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var session = await given.SessionAsync(await given.EntityAsync());
        List<Candidate> candidates =
        [
            new("c1", "Municipalidad", "A", false, Sector.Public), new("c2", "Café", "B", true, Sector.Private), new("c3", "Rondas", "C", true, Sector.Social),
            new("c4", "Quesos", "D", false, Sector.Private), new("c5", "Ronda alta", "E", false, Sector.Social),
        ];
        var typed = new ElectionRule(2, ElectionMajority.Plurality, [], "lo que alguien escribió", "lotería") { Pack = "fdd-alliance-board" };
        await given.WithAsync<DraftElection, OrganElectionId>(d => d.ExecuteAsync(session.Id, "Consejo", typed, candidates, session.Entity.Actor));
        var rule = (await database.ReadAsync(db => db.OrganElections.SingleAsync())).Rule;
        (rule.Seats, rule.Source, rule.Pack).ShouldBe((5, "propuesta propia: ningún sector decide solo", "fdd-alliance-board"));
        rule.Quotas.Select(q => (q.Kind, q.Sector, q.Least)).ShouldBe(
            [(QuotaKind.Sector, Sector.Public, 1), (QuotaKind.Sector, Sector.Private, 1), (QuotaKind.Sector, Sector.Social, 1), (QuotaKind.NonPublic, (Sector?)null, 3), (QuotaKind.Women, null, 2)]);
    }
}
