using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Database;

/// <summary>Where an act's leaf came to lie.</summary>
/// <param name="Index">From 0.</param>
/// <param name="TreeSize">Leaves in the tree with this one: <c>Index + 1</c>.</param>
/// <param name="Root">Root of that tree.</param>
public sealed record LeafPosition(long Index, long TreeSize, byte[] Root);

/// <summary>One act under way: its database, its instant, its events. Lives for one transaction.</summary>
public sealed class Work
{
    readonly List<IEvent> events = [];
    readonly List<Func<LeafPosition, Task>> afterLeaf = [];

    internal Work(AppDb db, Act act, TimeProvider time, IEntropy entropy, IServiceProvider services)
    {
        (Db, Act, Time, Entropy, Services) = (db, act, time, entropy, services);
        db.Work = this;
    }

    /// <summary>Tracks; saved by the writer when the work returns. Queries do not see rows added in the same act before <see cref="FlushAsync"/>.</summary>
    public AppDb Db { get; }

    public Act Act { get; }

    /// <summary>The act's instant, UTC: the only "now" of the rules.</summary>
    public DateTime Now => Act.At;

    public DateOnly Today => LegalTime.DayIn(Now);

    public TimeProvider Time { get; }

    public IEntropy Entropy { get; }

    /// <summary>Services bound to this act's database.</summary>
    public IServiceProvider Services { get; }

    public IReadOnlyList<IEvent> Events => events;

    internal IReadOnlyList<Func<LeafPosition, Task>> AfterLeaf => afterLeaf;

    /// <summary>Pending row digests by table and key.</summary>
    internal Dictionary<(string Table, string Key), (RowChange Change, byte[] Salt, byte[] Columns)> Rows { get; } = [];

    public TId NewId<TId>()
        where TId : struct, ITypedId<TId> => TId.From(Entropy.NewId(Time));

    /// <summary>Tells an event: it enters the leaf, and later contexts handle it in this transaction.</summary>
    public void Happened(IEvent happened) => events.Add(happened);

    /// <summary>Runs when the leaf has its position, before the commit: for receipts, which name it. May add rows of uncovered tables only.</summary>
    public void WhenSealed(Func<LeafPosition, Task> then) => afterLeaf.Add(then);

    /// <summary>Sends pending rows to the database within the transaction, so that queries see them.</summary>
    public Task FlushAsync(CancellationToken cancel = default) => Db.SaveChangesAsync(cancel);

    internal byte[] LeafBody()
    {
        var leaf = new JsonObject
        {
            ["v"] = 1,
            ["index"] = Act.Index,
            ["act"] = Act.Id.Value.ToString(),
            ["at"] = Act.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
            ["kind"] = Act.Kind,
            ["role"] = Act.Role,
            ["events"] = new JsonArray([.. events.Select(Describe)]),
            ["rows"] = new JsonArray([.. Rows.OrderBy(r => r.Key.Table, StringComparer.Ordinal).ThenBy(r => r.Key.Key, StringComparer.Ordinal)
                .Select(r => new JsonArray(r.Key.Table, r.Key.Key, Sign(r.Value.Change), r.Value.Change == RowChange.Deleted ? "" : RowDigests.Row(r.Value.Columns)))]),
        };
        return CanonicalJson.Bytes(leaf);
    }

    static string Sign(RowChange change) => change switch { RowChange.Added => "+", RowChange.Changed => "~", _ => "-" };

    static JsonNode Describe(IEvent happened)
    {
        var node = (JsonObject)JsonSerializer.SerializeToNode(happened, happened.GetType(), CanonicalJson.Options)!;
        node["type"] = JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name);
        return node;
    }
}
