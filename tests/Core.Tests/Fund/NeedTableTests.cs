using Minka.Core.Fund;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class NeedTableTests
{
    static readonly Dictionary<string, string> Provinces = new() { ["0601"] = "Cajamarca", ["0605"] = "Contumazá", ["0901"] = "Huancavelica" };

    [Theory]
    [InlineData("provincia,poblacion,necesidad,recursos\n0601,348433,\"41,5\",1 250.30\n0605,27000,52,\n")]
    [InlineData("\ufeffProvincia;Población;Pobreza;Recursos propios\r\n601;348433;41,5%;1.250,30\r\n0605;27000;52.00;\r\n\r\n")]
    public void Table_AsPeopleMakeIt_IsRead(string text)
    {
        var reading = NeedTable.Read(text, "INEI 2018", Provinces, ["0601", "0605"]);
        reading.Faults.ShouldBeEmpty();
        reading.Rows.ShouldBe([
            new("0601", "Cajamarca", 348_433, new BasisPoints(4_150), new Money(125_030), "INEI 2018"),
            new("0605", "Contumazá", 27_000, new BasisPoints(5_200), null, "INEI 2018"),
        ]);
    }

    [Fact]
    public void Table_WithManyFaults_TellsEachWithItsLine()
    {
        var reading = NeedTable.Read("codigo,poblacion,necesidad,recursos\n0601,-5,101,1e9\n9999,1,1,1\n0601,1,1\n0605,12,1.234,5\n0605,12,2,5\n", " ", Provinces, ["0601", "0605", "0901"]);
        reading.Rows.ShouldBeEmpty();
        reading.Faults.Select(f => (f.Line, f.Code)).ShouldBe([
            (0, FundRules.NeedsSource), (2, "needs.population"), (2, "needs.percent"), (2, "needs.amount"), (3, "needs.province-unknown"), (4, "needs.cells"),
            (5, "needs.percent"), (6, "needs.province-double"), (0, "needs.province-missing"),
        ]);
    }

    [Theory]
    [InlineData("", "needs.empty")]
    [InlineData("a,b\n1,2", "needs.column-missing")]
    [InlineData("provincia,poblacion,necesidad,recursos\n\ufffd,1,1,1", "needs.not-utf8")]
    public void Table_ThatIsNone_IsRefused(string text, string fault) =>
        NeedTable.Read(text, "x", Provinces, ["0601"]).Faults.ShouldContain(f => f.Code == fault);
}
