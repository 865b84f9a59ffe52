using System.Security.Cryptography;
using System.Text;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>
/// Where ballots lie until they are counted: all of them together in one sealed block, which every new ballot replaces whole, under a new
/// nonce. No row of the database stands for one ballot, so none has an order, a time or a key of its own; the block's size tells how
/// many there are, which is no secret. At the count the key is forgotten and the block erased.
/// </summary>
/// <remarks>
/// This keeps the ballots from whoever reads the database, its log, its copies or the register. It does not keep them from somebody who
/// controls the running server, or who holds the key folder and copies of the database made between two ballots.
/// </remarks>
public sealed class Urn : IVersioned
{
    /// <summary>Of the box or session whose ballots it holds.</summary>
    public required Guid Id { get; init; }

    /// <summary>Bytes of a ballot with its code.</summary>
    public required int SlotSize { get; init; }

    public int Count { get; private set; }

    public byte[]? WrappedKey { get; private set; }

    public byte[]? Sealed { get; private set; }

    public int Version { get; private set; }

    internal void Replace(byte[] block, int count) => (Sealed, Count) = (block, count);

    internal void Wrap(byte[] key) => WrappedKey = key;

    internal void Erase() => (Sealed, WrappedKey) = (null, null);
}

/// <summary>One ballot after the count: nothing ties it to a voter, nor to a receipt.</summary>
public sealed class CountedBallot : IAppendOnly
{
    public required Guid UrnId { get; init; }

    /// <summary>Drawn at the count; the rows are written in its order.</summary>
    public required Guid Id { get; init; }

    public required Marking Marking { get; init; }
}

/// <summary>The code of one receipt whose ballot was in the urn at the count. It stands beside no ballot, so that a receipt shows no choice.</summary>
public sealed class CountedCode : IAppendOnly
{
    public required Guid UrnId { get; init; }

    public required string Code { get; init; }
}

/// <summary>Seals, adds to and opens urns. What is open is erased from memory as soon as it was used.</summary>
[UseCase]
sealed class UrnKeeper(SealingKeys keys, IEntropy entropy)
{
    public const int CodeSize = 16;

    public Urn Create(Guid id, BallotPaper paper)
    {
        var urn = new Urn { Id = id, SlotSize = CodeSize + paper.Size };
        using var key = DataKey.New(entropy);
        urn.Wrap(keys.Wrap(key, Name(id), entropy));
        urn.Replace(SealedBox.Seal([], Name(id), key, entropy), 0);
        return urn;
    }

    /// <summary>Whether a ballot with this code is in the urn.</summary>
    public bool Holds(Urn urn, BallotCode code) => Use(urn, (_, slots) => Find(slots, urn.SlotSize, code) >= 0);

    /// <summary>Adds one ballot as many times as it weighs, each under a code of its own that follows from the first.</summary>
    /// <exception cref="RuleBroken">The code is there already.</exception>
    public void Add(Urn urn, BallotCode code, byte[] ballot, int times) => Use(urn, (key, slots) =>
    {
        if (Find(slots, urn.SlotSize, code) >= 0) throw new RuleBroken(BallotRules.CodeTaken);
        var size = urn.SlotSize;
        var all = new List<byte[]>(urn.Count + times);
        for (var at = 0; at < slots.Length; at += size) all.Add(slots.AsSpan(at, size).ToArray());
        for (var i = 0; i < times; i++) all.Add([.. (i == 0 ? code : code.Part(i)).ToBytes(), .. ballot]);
        // The order inside is that of the codes, which are random: nothing of the order of arrival is left.
        all.Sort(static (a, b) => a.AsSpan(0, CodeSize).SequenceCompareTo(b.AsSpan(0, CodeSize)));
        var block = new byte[size * all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            all[i].CopyTo(block, i * size);
            CryptographicOperations.ZeroMemory(all[i]);
        }
        urn.Replace(SealedBox.Seal(block, Name(urn.Id), key, entropy), all.Count);
        CryptographicOperations.ZeroMemory(block);
        return true;
    });

    /// <summary>All codes and, apart from them and in no order that means anything, all ballots.</summary>
    public (IReadOnlyList<BallotCode> Codes, IReadOnlyList<Marking> Ballots) Read(Urn urn) => Use(urn, (_, slots) =>
    {
        var (codes, ballots) = (new List<BallotCode>(urn.Count), new List<Marking>(urn.Count));
        for (var at = 0; at < slots.Length; at += urn.SlotSize)
        {
            codes.Add(new BallotCode(new Guid(slots.AsSpan(at, CodeSize), bigEndian: true)));
            ballots.Add(BallotPaper.Decode(slots.AsSpan(at + CodeSize, urn.SlotSize - CodeSize)));
        }
        return ((IReadOnlyList<BallotCode>)codes, (IReadOnlyList<Marking>)ballots);
    });

    /// <summary>Opens the urn for good: its ballots and codes become rows, each list in a random order of its own, and the key is forgotten.</summary>
    public IReadOnlyList<Marking> Empty(Work work, Urn urn)
    {
        var (codes, ballots) = Read(urn);
        var rows = ballots.Select(b => new CountedBallot { UrnId = urn.Id, Id = new Guid(entropy.Bytes(16)), Marking = b }).OrderBy(b => b.Id).ToList();
        work.Db.CountedBallots.AddRange(rows);
        work.Db.CountedCodes.AddRange(codes.Select(c => new CountedCode { UrnId = urn.Id, Code = c.ToString() }).OrderBy(c => c.Code, StringComparer.Ordinal));
        urn.Erase();
        return rows.ConvertAll(r => r.Marking);
    }

    T Use<T>(Urn urn, Func<DataKey, byte[], T> use)
    {
        if (urn.WrappedKey is null || urn.Sealed is null) throw new RuleBroken(BallotRules.BoxClosed);
        using var key = keys.Unwrap(urn.WrappedKey, Name(urn.Id));
        var slots = SealedBox.Open(urn.Sealed, Name(urn.Id), key);
        try
        {
            return use(key, slots);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(slots);
        }
    }

    static int Find(byte[] slots, int size, BallotCode code)
    {
        Span<byte> sought = stackalloc byte[CodeSize];
        code.ToBytes().CopyTo(sought);
        var (low, high) = (0, (slots.Length / size) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = slots.AsSpan(middle * size, CodeSize).SequenceCompareTo(sought);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    static byte[] Name(Guid id) => Encoding.ASCII.GetBytes($"urn/{id:D}");
}

/// <summary>
/// The code on a receipt: random, drawn when the ballot's form is shown, and sent with it. It is also the key under which the same ballot
/// may be sent again without counting twice.
/// </summary>
public readonly record struct BallotCode(Guid Value)
{
    public static BallotCode New(IEntropy entropy) => new(new Guid(entropy.Bytes(16), bigEndian: true));

    public static bool TryParse(string? text, out BallotCode code)
    {
        var good = Guid.TryParse(text, out var value) && value != Guid.Empty;
        code = new(value);
        return good;
    }

    internal byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    /// <summary>The code of another unit of the same voter's weight.</summary>
    internal BallotCode Part(int number) => new(new Guid(SHA256.HashData([.. ToBytes(), .. BitConverter.GetBytes(number)]).AsSpan(0, 16), bigEndian: true));

    public override string ToString() => Value.ToString("N");
}
