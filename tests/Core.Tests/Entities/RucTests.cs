using Minka.Core.Entities;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class RucTests
{
    [Theory]
    [InlineData("20100070970", true)]
    [InlineData("20131312955", true)]
    [InlineData("20100070971", false)] // check digit
    [InlineData("20131312959", false)]
    [InlineData("30100070970", false)] // no such prefix
    [InlineData("2010007097", false)]
    [InlineData("201000709700", false)]
    [InlineData("2010007097a", false)]
    [InlineData("٢٠١٠٠٠٧٠٩٧٠", false)] // digits of another script
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsValid_KnownNumbers_AreToldApart(string? ruc, bool valid) => Ruc.IsValid(ruc).ShouldBe(valid);

    [Fact]
    public void OneWrongDigit_IsNeverValid()
    {
        for (var i = 0; i < 11; i++)
        {
            for (var d = '0'; d <= '9'; d++)
            {
                var other = "20100070970".ToCharArray();
                if (other[i] == d) continue;
                other[i] = d;
                Ruc.IsValid(new string(other)).ShouldBe(i == 10 ? false : Ruc.IsValid(new string(other)) && Ruc.CheckDigit(new string(other)) == 0);
            }
        }
    }

    [Fact]
    public void NaturalPersons_AreToldFromLegalOnes()
    {
        Ruc.IsOfLegalPerson("20100070970").ShouldBeTrue();
        Ruc.IsOfLegalPerson("10456789012").ShouldBeFalse();
    }
}
