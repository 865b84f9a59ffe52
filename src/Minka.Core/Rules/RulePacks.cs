using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Rules;

/// <summary>One version of a rule pack in a list.</summary>
/// <param name="StoredAt">Null: it came with the platform.</param>
public sealed record RulePackLine(string Id, string Version, LocalText Name, LocalText Mechanism, Digest Digest, DateTime? StoredAt);

/// <summary>Finds rule packs: those that came with the platform and those that funds stored.</summary>
[UseCase]
public sealed class RulePacks(AppDb db)
{
    /// <summary>All versions, by id, the newest version first.</summary>
    public async Task<IReadOnlyList<RulePackLine>> ListAsync(CancellationToken cancel = default)
    {
        var stored = await db.StoredRulePacks.Select(p => new { p.PackId, p.PackVersion, p.Name, p.Mechanism, p.Digest, p.StoredAt }).ToListAsync(cancel);
        return
        [
            .. BuiltInPacks.All.Select(r => new RulePackLine(r.Pack!.Id, r.Pack.Version, r.Pack.Name, r.Pack.Mechanism, r.Digest, null))
                .Concat(stored.Select(p => new RulePackLine(p.PackId, p.PackVersion, p.Name, p.Mechanism, p.Digest, p.StoredAt)))
                .OrderBy(l => l.Id, StringComparer.Ordinal).ThenByDescending(l => l.Version, VersionOrder.Instance),
        ];
    }

    /// <param name="version">Null: the newest.</param>
    public async Task<RulePackReading?> FindAsync(string id, string? version = null, CancellationToken cancel = default)
    {
        version ??= (await ListAsync(cancel)).FirstOrDefault(l => l.Id == id)?.Version;
        if (BuiltInPacks.All.FirstOrDefault(r => r.Pack!.Id == id && r.Pack.Version == version) is { } builtIn) return builtIn;
        var canonical = await db.StoredRulePacks.Where(p => p.PackId == id && p.PackVersion == version).Select(p => p.Canonical).SingleOrDefaultAsync(cancel);
        return canonical is null ? null : RulePackReader.Read(Encoding.UTF8.GetBytes(canonical));
    }

    public async Task<RulePackReading> GetAsync(string id, string? version = null, CancellationToken cancel = default) =>
        await FindAsync(id, version, cancel) ?? throw new NotFound("rule pack", version is null ? id : $"{id} {version}");
}

/// <summary>"2026.10" after "2026.9".</summary>
public sealed class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Parts(x), Parts(y));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = left.ElementAtOrDefault(i).CompareTo(right.ElementAtOrDefault(i));
            if (order != 0) return order;
        }
        return string.CompareOrdinal(x, y);
    }

    static int[] Parts(string? version) =>
        [.. (version ?? "").Split('.').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)];
}
