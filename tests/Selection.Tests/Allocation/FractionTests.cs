using Minka.Selection.Exact;

namespace Minka.Selection.Tests.Allocation;

public sealed class FractionTests
{
    [Fact]
    public void Fraction_IsKeptInLowestTerms_WithAPositiveDenominator()
    {
        new Fraction(6, -4).ToString().ShouldBe("-3/2");
        new Fraction(0, 7).ShouldBe(Fraction.Zero);
        default(Fraction).ShouldBe(Fraction.Zero);
        default(Fraction).GetHashCode().ShouldBe(Fraction.Zero.GetHashCode());
        Should.Throw<DivideByZeroException>(() => new Fraction(1, 0));
    }

    [Theory]
    [InlineData(7, 2, 3, 4, 4)]
    [InlineData(-7, 2, -4, -3, -3)]
    [InlineData(5, 3, 1, 2, 2)]
    [InlineData(4, 3, 1, 2, 1)]
    [InlineData(-4, 2, -2, -2, -2)]
    public void Rounding_IsWhatItSays(int numerator, int denominator, int floor, int ceiling, int halfUp)
    {
        var value = new Fraction(numerator, denominator);
        ((int)value.Floor()).ShouldBe(floor);
        ((int)value.Ceiling()).ShouldBe(ceiling);
        ((int)value.RoundHalfUp()).ShouldBe(halfUp);
    }

    [Fact]
    public void Arithmetic_IsExact()
    {
        (new Fraction(1, 3) + new Fraction(1, 6)).ShouldBe(new Fraction(1, 2));
        (new Fraction(1, 3) - new Fraction(1, 2)).ShouldBe(new Fraction(-1, 6));
        (new Fraction(2, 3) * new Fraction(3, 4)).ShouldBe(new Fraction(1, 2));
        (new Fraction(2, 3) / new Fraction(-4, 3)).ShouldBe(new Fraction(-1, 2));
        new Fraction(2, 3).Power(-2).ShouldBe(new Fraction(9, 4));
        (new Fraction(1, 3) < new Fraction(34, 100)).ShouldBeTrue();
        new Fraction(1, 3).ToDouble().ShouldBe(1.0 / 3, 1e-16);
        new Fraction(-1, 3).Power(301).ToDouble().ShouldBe(-Math.Pow(3, -301), 1e-150);
    }
}
