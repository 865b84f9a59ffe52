using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class ShortCodeTests
{
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void TryParse_AsPeopleWriteIt_IsRecognised()
    {
        for (var i = 0; i < 200; i++)
        {
            var code = ShortCode.Of(Digest.Of($"content {i}").ToBytes());
            var text = code.ToString();
            text.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{2}$");
            foreach (var typed in new[] { text, text.ToLowerInvariant(), text.Replace("-", "", StringComparison.Ordinal), $" {text.Replace('-', ' ')} ", text.Replace('0', 'O').Replace('1', 'l') })
            {
                ShortCode.TryParse(typed, out var read).ShouldBeTrue(typed);
                read.ShouldBe(code);
            }
        }
    }

    [Fact]
    public void TryParse_AnyOneWrongSymbol_IsRefused()
    {
        for (var n = 0; n < 20; n++)
        {
            var text = Plain(n);
            for (var i = 0; i < text.Length; i++)
            {
                foreach (var symbol in Alphabet.Where(s => s != text[i]))
                    ShortCode.TryParse(string.Concat(text.AsSpan(0, i), symbol.ToString(), text.AsSpan(i + 1)), out _).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void TryParse_AnyTwoSymbolsExchanged_IsRefused()
    {
        for (var n = 0; n < 200; n++)
        {
            var text = Plain(n);
            for (var i = 0; i < text.Length; i++)
            {
                for (var j = i + 1; j < text.Length; j++)
                {
                    if (text[i] == text[j])
                        continue;
                    var symbols = text.ToCharArray();
                    (symbols[i], symbols[j]) = (symbols[j], symbols[i]);
                    ShortCode.TryParse(new string(symbols), out _).ShouldBeFalse();
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7F3-K92")]
    [InlineData("7F3-K92-0U")]
    [InlineData("00000000000000000")]
    [InlineData("ñññ-ñññ-ññ")]
    public void TryParse_OtherText_IsRefused(string? typed) => ShortCode.TryParse(typed, out _).ShouldBeFalse();

    static string Plain(int n) => ShortCode.Of(Digest.Of($"{n}").ToBytes()).ToString().Replace("-", "", StringComparison.Ordinal);
}
