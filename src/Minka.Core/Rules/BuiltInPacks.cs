using System.Text.RegularExpressions;

namespace Minka.Core.Rules;

/// <summary>The rule packs that come with the platform.</summary>
public static partial class BuiltInPacks
{
    static readonly Lazy<IReadOnlyList<RulePackReading>> Read = new(() =>
    [
        .. BuiltInFiles.Names.Where(n => PackFile().IsMatch(n)).Select(name =>
        {
            var reading = RulePackReader.Read(BuiltInFiles.Read(name));
            return reading.Pack is not null ? reading : throw new InvalidOperationException($"{name}: {string.Join("; ", reading.Faults)}");
        }),
    ]);

    public static IReadOnlyList<RulePackReading> All => Read.Value;

    /// <summary>The fund's own rules, our proposal.</summary>
    public static RulePack Fdd => All.Select(r => r.Pack!).First(p => p.Id == "fdd");

    /// <summary>Rule packs are named by mechanism and year; other data lie in the same folder.</summary>
    [GeneratedRegex("^[a-z0-9-]+-[0-9]{4}\\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex PackFile();
}
