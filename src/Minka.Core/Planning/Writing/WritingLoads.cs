using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Economy;

namespace Minka.Core.Planning.Writing;

/// <summary>Loading and saving of the parts of a strategy.</summary>
public static class WritingLoads
{
    public const string GuideKey = "guide";
    public const string TextPrefix = "text.";

    public static async Task<StrategyParts> PartsAsync(this AppDb db, StrategyId strategy, CancellationToken cancel = default) =>
        new(await db.StrategyParts.Where(p => p.StrategyId == strategy).ToDictionaryAsync(p => p.Key, cancel));

    internal static async Task SavePartAsync(this Work work, EntityId entity, StrategyId id, string key, string content, CancellationToken cancel)
    {
        (await work.Db.StrategyAsync(entity, id, cancel)).MustBeEditable();
        var part = await work.Db.StrategyParts.SingleOrDefaultAsync(p => p.StrategyId == id && p.Key == key, cancel);
        if (part is null)
        {
            part = new StrategyPart { StrategyId = id, Key = key };
            work.Db.StrategyParts.Add(part);
        }
        if (part.Content != content) part.Save(content, work.Now);
    }

    internal static async Task RemovePartAsync(this Work work, EntityId entity, StrategyId id, string key, CancellationToken cancel)
    {
        (await work.Db.StrategyAsync(entity, id, cancel)).MustBeEditable();
        if (await work.Db.StrategyParts.SingleOrDefaultAsync(p => p.StrategyId == id && p.Key == key, cancel) is { } part) work.Db.StrategyParts.Remove(part);
    }

    internal static string Canonical<T>(T value) => Encoding.UTF8.GetString(CanonicalJson.Bytes(value));

    internal static T? Read<T>(string? content)
        where T : class => content is null ? null : JsonSerializer.Deserialize<T>(content, CanonicalJson.Options);
}

/// <summary>All parts of one strategy as they were saved.</summary>
public sealed class StrategyParts(IReadOnlyDictionary<string, StrategyPart> byKey)
{
    public StrategyGuide Guide => StrategyGuides.Get(WritingLoads.Read<string>(ContentOf(WritingLoads.GuideKey)));

    public IReadOnlyList<TItem> Of<TItem>(ItemList<TItem> list)
        where TItem : PartItem => list.Read(ContentOf(list.Key));

    public IReadOnlyList<PartItem> Of(ItemList list) => list.Read(ContentOf(list.Key));

    public string? TextOf(string question) => WritingLoads.Read<string>(ContentOf(WritingLoads.TextPrefix + question));

    /// <summary>0 while there is no answer.</summary>
    public int VersionOf(string question) => Edition(byKey.GetValueOrDefault(WritingLoads.TextPrefix + question));

    internal static int Edition(StrategyPart? part) => part is null ? 0 : part.Version + 1;

    public DateTime? SavedAt(string key) => byKey.GetValueOrDefault(key)?.SavedAt;

    public TerritoryFigures? Figures => WritingLoads.Read<TerritoryFigures>(ContentOf(TerritoryFigures.Key));

    public EconomyTable? Economy => WritingLoads.Read<EconomyTable>(ContentOf(EconomyTable.Key));

    internal IEnumerable<StrategyPart> All => byKey.Values;

    string? ContentOf(string key) => byKey.GetValueOrDefault(key)?.Content;
}
