using System.Runtime.InteropServices;

namespace Minka.Selection.Participatory.Pabulib;

/// <summary>A table from byte strings to numbers of 0 and more; the strings are copied into one growing store.</summary>
internal sealed class ByteIndex
{
    private (ulong Hash, int Start, int Length, int Value)[] _slots = new (ulong, int, int, int)[256];
    private byte[] _store = new byte[4096];
    private int _used;
    private int _count;

    /// <summary>The number of a string, or −1.</summary>
    public int Find(ReadOnlySpan<byte> key, out ulong hash)
    {
        hash = Hash(key);
        var mask = (uint)_slots.Length - 1;
        for (var slot = unchecked((uint)hash) & mask; ; slot = (slot + 1) & mask)
        {
            ref var entry = ref _slots[slot];
            if (entry.Hash == 0)
                return -1;
            if (entry.Hash == hash && entry.Length == key.Length && _store.AsSpan(entry.Start, entry.Length).SequenceEqual(key))
                return entry.Value;
        }
    }

    public void Add(ReadOnlySpan<byte> key, int value) => Add(key, value, Hash(key));

    public void Add(ReadOnlySpan<byte> key, int value, ulong hash)
    {
        if (_used + key.Length > _store.Length)
            Array.Resize(ref _store, Math.Max(_store.Length * 2, _used + key.Length));
        key.CopyTo(_store.AsSpan(_used));
        Put(_slots, (hash, _used, key.Length, value));
        _used += key.Length;
        if (++_count * 2 <= _slots.Length)
            return;
        var larger = new (ulong, int, int, int)[_slots.Length * 4];
        foreach (var entry in _slots)
        {
            if (entry.Hash != 0)
                Put(larger, entry);
        }

        _slots = larger;
    }

    private static void Put((ulong Hash, int Start, int Length, int Value)[] slots, (ulong Hash, int Start, int Length, int Value) entry)
    {
        var mask = (uint)slots.Length - 1;
        var slot = unchecked((uint)entry.Hash) & mask;
        while (slots[slot].Hash != 0)
            slot = (slot + 1) & mask;
        slots[slot] = entry;
    }

    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        unchecked
        {
            var hash = 0x9E3779B97F4A7C15UL ^ (ulong)key.Length;
            var words = MemoryMarshal.Cast<byte, ulong>(key);
            foreach (var word in words)
                hash = (ulong.RotateLeft(hash, 25) ^ word) * 0xD6E8FEB86659FD93UL;
            foreach (var b in key[(words.Length * 8)..])
                hash = (ulong.RotateLeft(hash, 11) ^ b) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
            return hash == 0 ? 1 : hash;
        }
    }
}
