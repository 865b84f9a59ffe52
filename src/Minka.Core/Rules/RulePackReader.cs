using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Rules.Checking;

namespace Minka.Core.Rules;

/// <summary>A rule pack as it was read: either the pack with its canonical form and digest, or the faults.</summary>
public sealed record RulePackReading
{
    public RulePack? Pack { get; init; }

    /// <summary>Canonical JSON, whose SHA-256 is the digest.</summary>
    public string Canonical { get; init; } = "";

    public Digest Digest { get; init; }

    public IReadOnlyList<RuleFault> Faults { get; init; } = [];
}

/// <summary>Reads rule packs: syntax, schema and contradictions, all faults at once, as values.</summary>
public static class RulePackReader
{
    public const int LargestBytes = 512 * 1024;
    const int MostFaults = 300;

    static readonly Lazy<SchemaCheck> Schema = new(() => new SchemaCheck(BuiltInFiles.Read("schema/rulepack.schema.json")));

    public static RulePackReading Read(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<RuleFault>();
        if (utf8.Length > LargestBytes) return new() { Faults = [new("", 1, 1, "too-large", "512")] };
        if (PlacedJson.Read(utf8, faults) is not { } document) return new() { Faults = faults };
        Schema.Value.Run(document, faults);
        new PackContradictions(document, faults).Run();
        if (faults.Count > 0) return new() { Faults = [.. faults.OrderBy(f => f.Line).ThenBy(f => f.Column).Take(MostFaults)] };

        try
        {
            var text = utf8.Span.StartsWith("\ufeff"u8) ? utf8[3..] : utf8;
            var node = JsonNode.Parse(text.Span)!;
            node.AsObject().Remove("$schema");
            var canonical = CanonicalJson.Bytes(node);
            return new()
            {
                Pack = node.Deserialize<RulePack>(RuleForms.Options)!,
                Canonical = System.Text.Encoding.UTF8.GetString(canonical),
                Digest = Digest.Of(canonical),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            // The schema should have seen it; better one vague fault than a crash.
            return new() { Faults = [document.Fault("unreadable", e.Message)] };
        }
    }

    /// <summary>The pack inside a frozen set of rules, which was checked when it was frozen.</summary>
    public static RulePack FromCanonical(string json) =>
        JsonSerializer.Deserialize<RulePack>(json, RuleForms.Options) ?? throw new FormatException("no rule pack");
}
