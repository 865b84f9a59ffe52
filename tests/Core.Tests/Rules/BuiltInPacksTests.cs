using Minka.Core.Kernel;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

public sealed class BuiltInPacksTests
{
    [Theory]
    [InlineData("fdd-2026.json")]
    [InlineData("pe-procompite-2021.json")]
    public void Read_BuiltInPack_HasNoFault(string name)
    {
        var reading = RulePackReader.Read(BuiltInFiles.Read(name));
        reading.Faults.Select(f => f.ToString()).ShouldBeEmpty();
        reading.Pack.ShouldNotBeNull();
        Digest.Of(reading.Canonical).ShouldBe(reading.Digest);
        RulePackReader.FromCanonical(reading.Canonical).Id.ShouldBe(reading.Pack.Id);
    }

    [Fact]
    public void Fdd_Values_AreThoseOfTheDesign()
    {
        var fdd = BuiltInPacks.Fdd;
        fdd.StagesNotBuilt.ShouldBeEmpty();
        var window = fdd.ProgrammeWindow.ShouldNotBeNull();
        window.MinAmount.Value.ShouldBe(Money.Soles(500_000));
        window.MaxAmount.Value.ShouldBe(Money.Soles(8_000_000));
        window.MaxMonths.Value.ShouldBe(36);
        window.MinProjects!.Value.ShouldBe(3);
        window.MinDistricts!.Value.ShouldBe(2);
        window.MaxOffAxisBp!.Value.ShouldBe(BasisPoints.Percent(10));
        window.MaxIsolatedBp!.Value.ShouldBe(BasisPoints.Percent(40));
        fdd.Criteria.Items.Select(c => c.MaxPoints.Value).ShouldBe([30, 25, 15, 15, 15]);
        fdd.Evaluation.ThirdReaderAbove.Value.ShouldBe(15);
        fdd.Evaluation.Threshold.Value.ShouldBe(60);
        fdd.Leagues!.Cells.Value.Count.ShouldBe(9);
        fdd.Award.ReserveDays.Value.ShouldBe(90);
        fdd.Money.Tranches.Select(t => t.ShareBp.Value.Value).ShouldBe([3000, 4000, 3000]);
        fdd.Money.ModeFor(LegalKind.Municipality).ShouldBe(MoneyMode.BudgetToBudget);
        fdd.Money.ModeFor(LegalKind.RegisteredAssociation).ShouldBe(MoneyMode.EntityProcuresInKind);
        fdd.FundingSources.Value.ShouldBe(FundingSources.All);
        fdd.Criterion("match").Formula!.Value.PointsAt(1000).ShouldBe(7);
    }

    [Fact]
    public void Procompite_Stages_NotBuiltAreNamed()
    {
        var pack = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "pe-procompite-2021");
        pack.StagesNotBuilt.ShouldContain(StageKind.SiteVisit);
        pack.StagesNotBuilt.ShouldContain(StageKind.PublicPresentation);
        pack.Windows.Select(w => w.Code).ShouldBe(["A", "B", "C"]);
        pack.Window("C").MatchMinBp!.Value.ShouldBe(BasisPoints.Percent(50));
        pack.Award.Ranking.IsKnown.ShouldBeFalse();
        Should.Throw<RuleBroken>(() => pack.Award.Ranking.Value).Code.ShouldBe("rules.value-unknown");
        pack.Evaluation.Threshold.Confidence.ShouldBe(Confidence.NotFound);
    }
}
