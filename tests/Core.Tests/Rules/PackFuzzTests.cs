using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

public sealed class PackFuzzTests
{
    static readonly byte[][] Sources = [BuiltInFiles.Read("fdd-2026.json"), BuiltInFiles.Read("pe-procompite-2021.json")];

    [Fact]
    public void Read_AnyByteChanged_GivesPackOrFaultsAndNeverThrows() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Four().ToArbitrary(), draw =>
        {
            var (which, at, with, extent) = draw;
            var bytes = Sources[which % Sources.Length].ToArray();
            var start = at % bytes.Length;
            var length = Math.Min(1 + (extent % 40), bytes.Length - start);
            var changed = (with % 4) switch
            {
                0 => [.. bytes[..start], (byte)(with % 256), .. bytes[(start + 1)..]],
                1 => [.. bytes[..start], .. bytes[(start + length)..]],
                2 => [.. bytes[..start], .. bytes[start..(start + length)], .. bytes[start..]],
                _ => bytes[..start],
            };
            MustAnswer(RulePackReader.Read(changed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(800));

    [Fact]
    public void Read_AnyValueReplaced_GivesPackOrFaultsAndNeverThrows()
    {
        JsonNode?[] strange =
        [
            null, "", "  ", "x", "9999999999.99", "00.00", "-1.00", "1.234,56", 0, -1, 1, 2147483648L, long.MaxValue, long.MinValue, 1.5, 1e300, true, false,
            new JsonArray(), new JsonObject(), new JsonArray(new JsonObject()), new JsonArray("cure", "cure"), new JsonObject { ["value"] = 1, ["source"] = "sin fuente", ["conf"] = "N" },
            new JsonObject { ["es"] = "a", ["en"] = 3 },
        ];
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Four().ToArbitrary(), draw =>
        {
            var (which, at, with, how) = draw;
            var pack = JsonNode.Parse(Sources[which % Sources.Length])!;
            var places = Places(pack).ToList();
            var (owner, name, index) = places[at % places.Count];
            var value = strange[with % strange.Length]?.DeepClone();
            if (owner is JsonArray list)
            {
                if (how % 3 == 0) list.RemoveAt(index);
                else if (how % 3 == 1) list.Insert(index, value);
                else list[index] = value;
            }
            else if (how % 3 == 0) owner.AsObject().Remove(name!);
            else owner[name!] = value;
            MustAnswer(RulePackReader.Read(Encoding.UTF8.GetBytes(pack.ToJsonString())));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(800));
    }

    [Fact]
    public void Digest_KeyOrderAndWhiteSpace_DoNotMatter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var state = (uint)seed;
            var shuffled = Shuffle(JsonNode.Parse(Sources[0])!, ref state)!.ToJsonString(new() { WriteIndented = seed % 2 == 0 });
            var reading = RulePackReader.Read(Encoding.UTF8.GetBytes(shuffled));
            reading.Digest.ShouldBe(RulePackReader.Read(Sources[0]).Digest);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Digest_AnyValueChanged_Changes()
    {
        var pack = PackContradictionsTests.Fdd();
        pack["evaluation"]!["threshold"]!["value"] = 61;
        RulePackReader.Read(Encoding.UTF8.GetBytes(pack.ToJsonString())).Digest.ShouldNotBe(RulePackReader.Read(Sources[0]).Digest);
    }

    static void MustAnswer(RulePackReading reading)
    {
        (reading.Pack is null).ShouldBe(reading.Faults.Count > 0);
        if (reading.Pack is { } pack)
        {
            PackValues.Of(pack).ShouldNotBeEmpty();
            PackReadiness.Of(pack).ShouldNotBeEmpty();
        }
        reading.Faults.ShouldAllBe(f => f.Line >= 1 && f.Column >= 1 && f.Code != "unreadable");
    }

    static IEnumerable<(JsonNode Owner, string? Name, int Index)> Places(JsonNode? node)
    {
        if (node is JsonObject o)
        {
            foreach (var (name, below) in o)
            {
                yield return (o, name, 0);
                foreach (var place in Places(below)) yield return place;
            }
        }
        else if (node is JsonArray a)
        {
            foreach (var (index, below) in a.Index())
            {
                yield return (a, null, index);
                foreach (var place in Places(below)) yield return place;
            }
        }
    }

    static JsonNode? Shuffle(JsonNode? node, ref uint state)
    {
        switch (node)
        {
            case JsonObject o:
                var members = o.ToList();
                for (var i = members.Count - 1; i > 0; i--)
                {
                    state = unchecked((state * 1664525) + 1013904223);
                    var j = (int)(state % (uint)(i + 1));
                    (members[i], members[j]) = (members[j], members[i]);
                }
                var other = new JsonObject();
                foreach (var (name, value) in members) other[name] = Shuffle(value, ref state);
                return other;
            case JsonArray a:
                var list = new JsonArray();
                foreach (var item in a) list.Add(Shuffle(item, ref state));
                return list;
            default:
                return node?.DeepClone();
        }
    }
}
