using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>One thing that the audit found wrong.</summary>
/// <param name="Code">What, such as <c>row.column</c>; a key under <c>register.audit</c>.</param>
/// <param name="Table">In which table.</param>
/// <param name="Key">In which row: its key in canonical form.</param>
/// <param name="Column">In which column.</param>
/// <param name="Index">Which leaf.</param>
/// <param name="Detail">More, when that helps.</param>
public sealed record AuditFinding(string Code, string? Table = null, string? Key = null, string? Column = null, long? Index = null, string? Detail = null)
{
    public override string ToString() =>
        string.Join(' ', ((string?[])[Code, Name("table", Table), Name("key", Key), Name("column", Column), Name("leaf", Index?.ToString(CultureInfo.InvariantCulture)), Detail]).Where(p => p is not null));

    static string? Name(string name, string? value) => value is null ? null : $"{name}={value}";
}

/// <summary>What the audit read and found.</summary>
public sealed record AuditReport
{
    /// <summary>Number of leaves.</summary>
    public required long Leaves { get; init; }

    /// <summary>Root of the tree, computed again from the bodies of the leaves.</summary>
    public required Digest Root { get; init; }

    /// <summary>Covered tables.</summary>
    public required int Tables { get; init; }

    /// <summary>Rows of the covered tables.</summary>
    public required long Rows { get; init; }

    /// <summary>Stored checkpoints.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>The keys that the register names, oldest first.</summary>
    public required IReadOnlyList<VerifyingKey> Keys { get; init; }

    /// <summary>Tables that no digest covers, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> Uncovered { get; init; }

    /// <summary>The head that was given from outside, when one was given and could be read.</summary>
    public Checkpoint? Head { get; init; }

    /// <summary>Everything wrong. Empty: clean.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>Nothing wrong was found.</summary>
    public bool Clean => Findings.Count == 0;
}

/// <summary>
/// Compares the database with its own register, from the leaves up: the bodies of the leaves make the tree, the tree must have
/// the roots of all signed checkpoints, the replayed leaves say which rows exist and which digest each has, and the salted
/// digests are computed again from what is stored. Names the table, the row and the column of each difference.
/// </summary>
/// <remarks>
/// <para>It reads one snapshot below EF and writes nothing, so it may run beside the server. Memory: one entry a row.</para>
/// <para>What it cannot see by itself: an operator who holds the signing key can rewrite leaves, rows, seals and checkpoints
/// consistently, or cut off the end. Against that stands a head kept elsewhere (<c>--head</c>): on paper, with a witness, in a
/// receipt.</para>
/// </remarks>
public sealed class Audit
{
    readonly Snapshot snapshot;
    readonly List<AuditFinding> findings = [];
    readonly MerkleTree tree = new();
    readonly List<VerifyingKey> keys = [];
    readonly Dictionary<(string Table, string Key), (long Index, string Digest)> rows = [];
    long rowCount;
    int checkpointCount;

    Audit(Snapshot snapshot) => this.snapshot = snapshot;

    /// <summary>Runs the audit.</summary>
    /// <param name="settings">Which database.</param>
    /// <param name="head">Text of a signed checkpoint that was kept elsewhere, or null.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="FileNotFoundException">There is no database.</exception>
    public static async Task<AuditReport> RunAsync(DbSettings settings, string? head = null, CancellationToken cancel = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(settings, cancel);
        return await new Audit(snapshot).RunAsync(head, cancel);
    }

    async Task<AuditReport> RunAsync(string? head, CancellationToken cancel)
    {
        var present = await snapshot.TablesAsync(cancel);
        var covered = CoveredTable.Of(snapshot.Model);
        foreach (var missing in snapshot.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct(StringComparer.Ordinal).Where(t => !present.Contains(t)))
            Found("table.missing", missing);
        if (findings.Count == 0)
        {
            await ReadLeavesAsync(cancel);
            await CheckCheckpointsAsync(cancel);
            foreach (var table in covered)
                await CheckTableAsync(table, cancel);
            foreach (var ((table, key), state) in rows)
                Found("row.missing", table, key, index: state.Index);
            await CheckOtherSealsAsync(covered, cancel);
        }
        var checkedHead = head is null ? null : CheckHead(head);
        return new AuditReport
        {
            Leaves = checked((long)tree.Size),
            Root = new Digest(Convert.ToHexStringLower(tree.Root())),
            Tables = covered.Count,
            Rows = rowCount,
            Checkpoints = checkpointCount,
            Keys = keys,
            Uncovered = snapshot.Model.GetEntityTypes().Where(t => t.FindAnnotation(Mapping.UncoveredMark) is not null)
                .ToDictionary(t => t.GetTableName()!, t => (string)t.FindAnnotation(Mapping.UncoveredMark)!.Value!, StringComparer.Ordinal),
            Head = checkedHead,
            Findings = findings,
        };
    }

    async Task ReadLeavesAsync(CancellationToken cancel)
    {
        var (type, columns) = Columns<Leaf>(nameof(Leaf.Index), nameof(Leaf.Body), nameof(Leaf.Hash));
        long expected = 0;
        await foreach (var values in snapshot.RowsAsync(type, columns, orderBy: columns[0], cancel: cancel))
        {
            if (values is not [long index, byte[] body, byte[] hash])
            {
                Found("leaf.malformed", index: values[0] as long?);
                continue;
            }
            for (; expected < index; expected++)
            {
                Found("leaf.missing", index: expected);
                tree.Append(new byte[Merkle.HashSize]);
            }
            if (index < expected)
            {
                Found("leaf.malformed", index: index);
                continue;
            }
            expected = index + 1;
            var computed = Merkle.LeafHash(body);
            if (!computed.AsSpan().SequenceEqual(hash))
                Found("leaf.hash", index: index);
            tree.Append(computed);
            Replay(index, body);
        }
    }

    void Replay(long index, byte[] body)
    {
        JsonNode leaf;
        try
        {
            leaf = JsonNode.Parse(body) ?? throw new FormatException();
            if (!CanonicalJson.Bytes(leaf).AsSpan().SequenceEqual(body) || (long)leaf["index"]! != index)
                throw new FormatException();
            foreach (var happened in leaf["events"]!.AsArray())
                TakeKey(happened!);
            foreach (var row in leaf["rows"]!.AsArray())
                Replay(index, (string)row![0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            Found("leaf.malformed", index: index);
        }
    }

    void Replay(long index, string table, string key, string change, string digest)
    {
        var known = rows.ContainsKey((table, key));
        if (change is not ("+" or "~" or "-") || known == (change == "+"))
            Found("leaf.order", table, key, index: index);
        if (change == "-")
            rows.Remove((table, key));
        else
            rows[(table, key)] = (index, digest);
    }

    // The register names its own keys: whoever changes the table of keys does not change which signatures hold.
    void TakeKey(JsonNode happened)
    {
        var (opened, rotated) = ((string?)happened["type"] == "registerOpened", (string?)happened["type"] == "registerKeyRotated");
        if (!opened && !rotated)
            return;
        var from = rotated ? (ulong)(long)happened["from"]! : 0;
        if (keys.Count > 0)
            keys[^1] = keys[^1].Within(keys[^1].From, from);
        keys.Add(VerifyingKey.FromSpki(Convert.FromBase64String((string)happened["spki"]!), from));
    }

    async Task CheckCheckpointsAsync(CancellationToken cancel)
    {
        var (type, columns) = Columns<StoredCheckpoint>(nameof(StoredCheckpoint.Size), nameof(StoredCheckpoint.At), nameof(StoredCheckpoint.Note));
        var table = type.GetTableName()!;
        await foreach (var values in snapshot.RowsAsync(type, columns, orderBy: columns[0], cancel: cancel))
        {
            checkpointCount++;
            var key = Convert.ToString(values[0], CultureInfo.InvariantCulture);
            if (values[0] is not long size || values[2] is not string note)
            {
                Found("checkpoint.malformed", table, key);
                continue;
            }
            Checkpoint checkpoint;
            VerifyingKey? signer;
            try
            {
                (checkpoint, signer) = Checkpoint.Read(note, keys);
            }
            catch (MalformedException e)
            {
                Found("checkpoint.malformed", table, key, "Note", detail: e.Code);
                continue;
            }
            if (checkpoint.Size != (ulong)size)
                Found("checkpoint.column", table, key, "Size");
            if (!Same(columns[1], values[1], checkpoint.Time))
                Found("checkpoint.column", table, key, "At");
            if (signer is null || signer.From >= checkpoint.Size || signer.To < checkpoint.Size || checkpoint.Origin != SigningKeys.OriginOf(keys[0]))
                Found("checkpoint.signature", table, key, "Note");
            else
                CheckRoot(checkpoint, "checkpoint", key);
        }
    }

    void CheckRoot(Checkpoint checkpoint, string code, string? key)
    {
        if (checkpoint.Size > tree.Size)
            Found(code + ".beyond", key: key, detail: $"{checkpoint.Size} > {tree.Size}");
        else if (!tree.Root(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root))
            Found(code + ".root", key: key);
    }

    Checkpoint? CheckHead(string text)
    {
        try
        {
            var (checkpoint, signer) = Checkpoint.Read(text, keys);
            if (keys.Count == 0 || checkpoint.Origin != SigningKeys.OriginOf(keys[0]))
                Found("head.origin", detail: checkpoint.Origin);
            else if (signer is null)
                Found("head.signature");
            CheckRoot(checkpoint, "head", null);
            return checkpoint;
        }
        catch (MalformedException e)
        {
            Found("head.malformed", detail: e.Code);
            return null;
        }
    }

    async Task CheckTableAsync(CoveredTable table, CancellationToken cancel)
    {
        var seals = await SealsAsync(table.Name, cancel);
        var keyAt = table.Key.Select(k => table.Columns.ToList().IndexOf(k)).ToArray();
        var unlike = await UnlikeFilledAsync(table, cancel);
        await foreach (var values in snapshot.RowsAsync(table.Type, table.Columns, cancel: cancel))
        {
            rowCount++;
            var (key, unreadable) = KeyOf(table, values, keyAt);
            if (unreadable is not null || key is null)
            {
                Found("row.column", table.Name, key, unreadable);
                continue;
            }
            var logged = rows.Remove((table.Name, key), out var state);
            var hasSeal = seals.Remove(key, out var seal);
            if (!logged)
            {
                Found("row.inserted", table.Name, key);
                continue;
            }
            if (!hasSeal)
            {
                Found("seal.missing", table.Name, key, index: state.Index);
                continue;
            }
            CheckRow(table, key, values, state, seal, unlike);
        }
        foreach (var (key, seal) in seals)
        {
            if (!rows.ContainsKey((table.Name, key)))
                Found("seal.orphan", table.Name, key, index: seal.Index);
        }
    }

    /// <summary>Rows and columns that do not hold what a script filled in; a row sealed since then may differ.</summary>
    async Task<HashSet<(string Key, IProperty Column)>> UnlikeFilledAsync(CoveredTable table, CancellationToken cancel)
    {
        var found = new HashSet<(string, IProperty)>();
        var keyAt = table.Key.Select(k => table.Columns.ToList().IndexOf(k)).ToArray();
        foreach (var column in table.Columns)
        {
            if (CoveredTable.FilledWith(column) is not { } expression) continue;
            await foreach (var values in snapshot.KeysUnlikeAsync(table, column, expression, cancel))
            {
                var row = new object?[table.Columns.Count];
                foreach (var (i, at) in keyAt.Index()) row[at] = values[i];
                if (KeyOf(table, row, keyAt).Key is { } key) found.Add((key, column));
            }
        }
        return found;
    }

    void CheckRow(CoveredTable table, string key, object?[] values, (long Index, string Digest) state, SealRow seal, HashSet<(string Key, IProperty Column)> unlike)
    {
        if (seal.Index != state.Index)
            Found("seal.changed", table.Name, key, "Index", state.Index);
        // A row sealed before a script added columns has no digest of them: nothing may stand in them but what that script wrote.
        var count = table.WasWhole(seal.Columns.Length / Merkle.HashSize) ? seal.Columns.Length / Merkle.HashSize : table.Columns.Count;
        var later = table.Columns.Skip(count).Where((c, i) => CoveredTable.FilledWith(c) is null ? values[count + i] is not (null or DBNull) : unlike.Contains((key, c))).ToList();
        var now = new byte[Merkle.HashSize * count];
        var differing = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var column = table.Columns[i];
            var digest = ColumnDigest(table, column, values[i], seal.Salt);
            digest?.CopyTo(now, Merkle.HashSize * i);
            if (digest is null || seal.Columns.Length != now.Length || !seal.Columns.AsSpan(Merkle.HashSize * i, Merkle.HashSize).SequenceEqual(digest))
                differing.Add(column.GetColumnName());
        }
        if (RowDigests.Row(seal.Columns) == state.Digest)
        {
            // No column of the row fits: more likely its one salt was changed than each of its values.
            if (differing.Count == count)
                Found("seal.changed", table.Name, key, "Salt", state.Index);
            foreach (var column in differing.Concat(later.Select(c => c.GetColumnName())))
                Found("row.column", table.Name, key, column, state.Index);
        }
        else if (differing.Count > 0 && RowDigests.Row(now) == state.Digest)
        {
            Found("seal.changed", table.Name, key, "Columns", state.Index);
        }
        else
        {
            // The seal itself is not the one that the leaf holds: the row cannot be trusted, nor the naming of its columns.
            Found("seal.changed", table.Name, key, "Salt", state.Index);
            Found("row.changed", table.Name, key, string.Join(',', differing), state.Index);
        }
    }

    static byte[]? ColumnDigest(CoveredTable table, IProperty column, object? value, byte[] salt)
    {
        try
        {
            return Snapshot.IsOwnSpelling(column, value)
                ? RowDigests.Column(salt, table.Name, column.GetColumnName(), RowDigests.Canonical(column, value))
                : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    static (string? Key, string? Unreadable) KeyOf(CoveredTable table, object?[] values, int[] keyAt)
    {
        var parts = new List<string>();
        string? unreadable = null;
        foreach (var at in keyAt)
        {
            try
            {
                if (!Snapshot.IsOwnSpelling(table.Columns[at], values[at]))
                    unreadable ??= table.Columns[at].GetColumnName();
                parts.Add(RowDigests.Canonical(table.Columns[at], values[at]));
            }
            catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
            {
                unreadable ??= table.Columns[at].GetColumnName();
                parts.Add("?" + Convert.ToString(values[at], CultureInfo.InvariantCulture));
            }
        }
        return (string.Join('|', parts), unreadable);
    }

    async Task CheckOtherSealsAsync(IReadOnlyList<CoveredTable> covered, CancellationToken cancel)
    {
        var (type, columns) = Columns<Seal>(nameof(Seal.Table), nameof(Seal.Key));
        var names = covered.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        await foreach (var values in snapshot.RowsAsync(type, columns, cancel: cancel))
        {
            if (values is not [string table, string key] || !names.Contains(table))
                Found("seal.orphan", Convert.ToString(values[0], CultureInfo.InvariantCulture), Convert.ToString(values[1], CultureInfo.InvariantCulture));
        }
    }

    async Task<Dictionary<string, SealRow>> SealsAsync(string table, CancellationToken cancel)
    {
        var (type, columns) = Columns<Seal>(nameof(Seal.Key), nameof(Seal.Index), nameof(Seal.Salt), nameof(Seal.Columns), nameof(Seal.Table));
        var seals = new Dictionary<string, SealRow>(StringComparer.Ordinal);
        await foreach (var values in snapshot.RowsAsync(type, columns, where: (columns[4], table), cancel: cancel))
        {
            if (values is [string key, long index, byte[] salt, byte[] digests, _])
                seals[key] = new SealRow(index, salt, digests);
            else
                Found("seal.malformed", table, Convert.ToString(values[0], CultureInfo.InvariantCulture));
        }
        return seals;
    }

    (IEntityType Type, IReadOnlyList<IProperty> Columns) Columns<T>(params string[] names)
    {
        var type = snapshot.Model.FindEntityType(typeof(T))!;
        return (type, [.. names.Select(n => type.FindProperty(n)!)]);
    }

    static bool Same(IProperty column, object? stored, DateTime? time)
    {
        try
        {
            return time is { } at && Snapshot.IsOwnSpelling(column, stored)
                && RowDigests.Canonical(column, stored) == RowDigests.Canonical(column, at);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException)
        {
            return false;
        }
    }

    void Found(string code, string? table = null, string? key = null, string? column = null, long? index = null, string? detail = null) =>
        findings.Add(new AuditFinding(code, table, key, column, index, detail));

    readonly record struct SealRow(long Index, byte[] Salt, byte[] Columns);
}
