using System.Buffers.Text;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class ReceiptTests
{
    static ReceiptPayload Payload() => new()
    {
        Origin = "minka.example/registro",
        Call = Guid.Parse("0197a000-0000-7000-8000-000000000001"),
        Application = Guid.Parse("0197a000-0000-7000-8000-000000000002"),
        Submission = Guid.Parse("0197a000-0000-7000-8000-000000000003"),
        Content = Digest.Of("content"),
        Files = [Digest.Of("a"), Digest.Of("b")],
        At = new DateTime(2026, 10, 5, 21, 59, 58, 123, DateTimeKind.Utc),
        Index = 41,
        Size = 42,
        Root = Digest.Of("root"),
    };

    [Fact]
    public void Check_IssuedReceipt_SaysWhatWasIssued()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        var token = Receipt.Issue(Payload(), keys);
        Receipt.Check(token + "\n", keys.All, out var payload, out var signer).ShouldBe(JwsVerdict.Valid);
        signer.ShouldBe(keys.Current);
        payload!.ToBytes().ShouldBe(Payload().ToBytes());
        payload.At.Kind.ShouldBe(DateTimeKind.Utc);
        payload.Code.ToString().Length.ShouldBe(10);
    }

    [Fact]
    public void Check_AnyCharacterChanged_IsRefused()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        var token = Receipt.Issue(Payload(), keys);
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in "A_.= z")
            {
                if (token[i] == other)
                    continue;
                var changed = string.Concat(token.AsSpan(0, i), other.ToString(), token.AsSpan(i + 1));
                if (changed.Trim() == token.Trim())
                    continue;
                Receipt.Check(changed, keys.All, out var payload, out _).ShouldNotBe(JwsVerdict.Valid, $"at {i}");
                payload.ShouldBeNull();
            }
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"minka-receipt+jws"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"minka-receipt+jws"}""")]
    [InlineData("""{"alg":"ES256","typ":"minka-receipt+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"minka-receipt+jws","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","kid":"KID","typ":"minka-receipt+jws"}""")]
    [InlineData("""{ "alg":"ES256","kid":"KID","typ":"minka-receipt+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":7,"typ":"minka-receipt+jws"}""")]
    [InlineData("[]")]
    [InlineData("x")]
    public void Verify_OtherHeader_IsRefusedEvenWhenSignedRight(string header)
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KID", keys.Current.Id, StringComparison.Ordinal)));
        var body = Base64Url.EncodeToString(Payload().ToBytes());
        var (_, signature) = keys.SignConcatenated(_ => Encoding.ASCII.GetBytes($"{head}.{body}"));
        Receipt.Check($"{head}.{body}.{Base64Url.EncodeToString(signature)}", keys.All, out _, out _).ShouldBe(JwsVerdict.HeaderRefused);
        Receipt.Check($"{head}.{body}.", keys.All, out _, out _).ShouldNotBe(JwsVerdict.Valid);
    }

    [Fact]
    public void Verify_UnknownKeyOrOtherType_IsRefused()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        using var others = SigningKeys.InMemory(new SeededEntropy(2));
        var token = Receipt.Issue(Payload(), keys);
        Receipt.Check(token, others.All, out _, out _).ShouldBe(JwsVerdict.KeyUnknown);
        Jws.Verify(token, "other", keys.All, out var payload, out _).ShouldBe(JwsVerdict.HeaderRefused);
        payload.ShouldBeEmpty();
        Receipt.Check("", keys.All, out _, out _).ShouldBe(JwsVerdict.Malformed);
        Receipt.Check("a.b", keys.All, out _, out _).ShouldBe(JwsVerdict.Malformed);
        Receipt.Check(new string('A', 2_000_000), keys.All, out _, out _).ShouldBe(JwsVerdict.Malformed);
    }

    [Theory]
    [InlineData("\"index\":41", "\"index\":42")]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"kind\":\"receipt\"", "\"kind\":\"other\"")]
    [InlineData("58.123Z", "58.123")]
    [InlineData("{", "{ ")]
    public void Parse_OtherBytes_AreRefused(string from, string to)
    {
        var text = Encoding.UTF8.GetString(Payload().ToBytes());
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        changed.ShouldNotBe(text);
        Should.Throw<MalformedException>(() => ReceiptPayload.Parse(Encoding.UTF8.GetBytes(changed)));
    }
}
