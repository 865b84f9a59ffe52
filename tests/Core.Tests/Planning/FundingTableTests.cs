using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class FundingTableTests
{
    static readonly FundingSource[] Sources = Enum.GetValues<FundingSource>();

    static ProjectContent Project(string code, Money planned, params CostLineContent[] lines) => new()
    {
        Id = new(Guid.Empty),
        Code = code,
        Title = $"Proyecto {code}",
        Problem = "p",
        Objective = "o",
        Axis = "E1",
        Chain = null,
        Conglomerate = null,
        Places = [],
        BeneficiaryWomen = 1,
        BeneficiaryMen = 1,
        Organisations = [],
        After = [],
        PlannedCost = planned,
        Lines = lines,
    };

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(99_999, "999.99")]
    [InlineData(100_000, "1_000.00")]
    [InlineData(-99_999, "-999.99")]
    [InlineData(-123_456_789, "-1_234_567.89")]
    [InlineData(long.MaxValue, "92_233_720_368_547_758.07")]
    public void Money_WrittenForPeople_PartsThousandsByThinSpaces(long minor, string written) =>
        new Money(minor).Written().ShouldBe(written.Replace('_', '\u202F'));

    [Fact]
    public void Table_OfAnyLines_AddsUpEveryWay()
    {
        var line = from source in Gen.Elements(Sources)
                   from year in Gen.Choose(2026, 2032)
                   from minor in Gen.Choose(1, int.MaxValue)
                   select new CostLineContent("c", null, source, year, new Money(minor * 4_000L));
        var project = from lines in Gen.ListOf(line)
                      from planned in Gen.Choose(0, int.MaxValue)
                      select Project("P", new Money(planned), [.. lines]);
        Prop.ForAll(Gen.ListOf(project).ToArbitrary(), projects =>
        {
            var table = FundingTable.Of([.. projects]);
            table.Rows.Select(r => r.Total).Sum().ShouldBe(table.Total);
            table.YearTotals.Sum().ShouldBe(table.Total);
            projects.SelectMany(p => p.Lines).SumMoney(l => l.Amount).ShouldBe(table.Total);
            for (var i = 0; i < table.Years.Count; i++) table.Rows.Select(r => r.Amounts[i]).Sum().ShouldBe(table.YearTotals[i]);
            foreach (var row in table.Rows) row.Amounts.Sum().ShouldBe(row.Total);
            (table.Total + table.Gaps.SumMoney(g => g.Gap)).ShouldBe(table.PlannedCost);
            table.Years.ShouldBe(table.Years.Order());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Gap_OfACentimo_NamesTheProject()
    {
        var table = FundingTable.Of(
        [
            Project("P1", new Money(100_00), new CostLineContent("c", null, FundingSource.Fund, 2027, new Money(99_99))),
            Project("P2", new Money(50_00), new CostLineContent("c", null, FundingSource.PrivateInKind, 2029, new Money(50_00))),
            Project("P3", new Money(10_00), new CostLineContent("c", null, FundingSource.District, 2027, new Money(12_50))),
        ]);
        table.Gaps.Select(g => (g.Code, g.Gap)).ShouldBe([("P1", new Money(1)), ("P3", new Money(-2_50))]);
        table.Missing.ShouldBe(new Money(1));
        table.Years.ShouldBe([2027, 2028, 2029]);
        table.Rows.Select(r => r.Source).ShouldBe([FundingSource.District, FundingSource.PrivateInKind, FundingSource.Fund]);
    }

    [Fact]
    public void Table_OfNothing_IsEmptyNotBroken()
    {
        var table = FundingTable.Of([]);
        table.Years.ShouldBeEmpty();
        table.Rows.ShouldBeEmpty();
        table.Total.ShouldBe(Money.Zero);
    }
}
