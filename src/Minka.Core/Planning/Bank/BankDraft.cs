using System.IO.Compression;
using System.Text.Json;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Bank;

/// <summary>A table of projects that waits: what the file said and what was corrected since. One an entity; it goes away with its last row.</summary>
public sealed class BankDraft : IVersioned
{
    public required EntityId EntityId { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as sent: where each amount comes from.</summary>
    public required Digest FileDigest { get; init; }

    public string? Sheet { get; init; }

    public string? Encoding { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The rows as compressed JSON.</summary>
    public byte[] Packed { get; private set; } = [];

    /// <summary>Rows taken into the bank so far.</summary>
    public int Admitted { get; private set; }

    public int Version { get; private set; }

    public IReadOnlyList<BankLine> Lines()
    {
        using var unzip = new GZipStream(new MemoryStream(Packed, writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<BankLine>>(unzip, CanonicalJson.Options)!;
    }

    internal void Keep(IReadOnlyList<BankLine> lines, int admitted = 0)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(zip, lines, CanonicalJson.Options);
        (Packed, Admitted) = (packed.ToArray(), Admitted + admitted);
    }
}
