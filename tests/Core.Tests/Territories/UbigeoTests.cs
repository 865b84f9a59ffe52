using Minka.Core.Territories;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class UbigeoTests
{
    [Theory]
    [InlineData("010401", "010401")]
    [InlineData("10401", "010401")]
    [InlineData("10401.0", "010401")]
    [InlineData(" 250101.0 ", "250101")]
    public void Normalize_KnownForms_GiveSixDigits(string text, string code)
    {
        Ubigeo.TryNormalize(text, out var normalized).ShouldBeTrue();
        normalized.ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("2503")]
    [InlineData("1040100")]
    [InlineData("10401.5")]
    [InlineData("1040a")]
    [InlineData("１０４０１")]
    [InlineData("-10401")]
    public void Normalize_AnythingElse_IsRefused(string? text) => Ubigeo.TryNormalize(text, out _).ShouldBeFalse();
}
