using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Minka.Core.Rules.Checking;

/// <summary>A JSON value that knows where in the file it stands, so that a fault found late still names its line.</summary>
internal sealed class PlacedJson
{
    const int Deepest = 40;

    readonly List<KeyValuePair<string, PlacedJson>> members = [];
    readonly List<PlacedJson> items = [];

    PlacedJson(JsonValueKind kind, string path, Place place)
    {
        Kind = kind;
        Path = path;
        Place = place;
    }

    public JsonValueKind Kind { get; }

    public string Path { get; }

    public Place Place { get; }

    public string? Text { get; private init; }

    /// <summary>The number, where it is whole and fits 64 bits.</summary>
    public long? Whole { get; private init; }

    public IReadOnlyList<KeyValuePair<string, PlacedJson>> Members => members;

    public IReadOnlyList<PlacedJson> Items => items;

    public bool? Truth => Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public PlacedJson? this[string name]
    {
        get
        {
            foreach (var (key, value) in members)
            {
                if (key == name) return value;
            }
            return null;
        }
    }

    public PlacedJson? At(params ReadOnlySpan<string> names)
    {
        var here = this;
        foreach (var name in names)
        {
            here = here[name];
            if (here is null) return null;
        }
        return here;
    }

    public RuleFault Fault(string code, params IReadOnlyList<string> args) => new(Path, Place.Line, Place.Column, code, args);

    /// <summary>This value and all below it, outermost first.</summary>
    public IEnumerable<PlacedJson> Everything()
    {
        yield return this;
        foreach (var (_, value) in members)
        {
            foreach (var below in value.Everything()) yield return below;
        }
        foreach (var item in items)
        {
            foreach (var below in item.Everything()) yield return below;
        }
    }

    /// <summary>Reads a whole document. Null, with the reason among the faults, where it is not JSON in UTF-8.</summary>
    public static PlacedJson? Read(ReadOnlyMemory<byte> utf8, List<RuleFault> faults)
    {
        if (utf8.Span.StartsWith("\ufeff"u8)) utf8 = utf8[3..];
        var lines = new Lines(utf8);
        var bad = FirstBadByte(utf8.Span);
        if (bad >= 0)
        {
            var place = lines.Find(bad);
            faults.Add(new("", place.Line, place.Column, "utf8"));
            return null;
        }
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            reader.Read();
            var root = ReadValue(ref reader, "", lines, faults);
            if (reader.Read()) throw new JsonException("text after the end");
            return root;
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? lines.Find(lines.OffsetOf((int)line, (int)(e.BytePositionInLine ?? 0))) : lines.Find((int)reader.BytesConsumed);
            faults.Add(new("", place.Line, place.Column, "json"));
            return null;
        }
        catch (InvalidOperationException)
        {
            // A lone half of a surrogate pair, which JSON may write with escapes but no text can hold.
            var place = lines.Find((int)reader.TokenStartIndex);
            faults.Add(new("", place.Line, place.Column, "json"));
            return null;
        }
    }

    static PlacedJson ReadValue(ref Utf8JsonReader reader, string path, Lines lines, List<RuleFault> faults)
    {
        var place = lines.Find((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var o = new PlacedJson(JsonValueKind.Object, path, place);
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var at = lines.Find((int)reader.TokenStartIndex);
                    var name = reader.GetString()!;
                    var below = $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                    if (!seen.Add(name)) faults.Add(new(below, at.Line, at.Column, "member-double", name));
                    reader.Read();
                    o.members.Add(new(name, ReadValue(ref reader, below, lines, faults)));
                }
                return o;
            case JsonTokenType.StartArray:
                var a = new PlacedJson(JsonValueKind.Array, path, place);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    a.items.Add(ReadValue(ref reader, $"{path}/{a.items.Count.ToString(CultureInfo.InvariantCulture)}", lines, faults));
                return a;
            case JsonTokenType.String:
                return new(JsonValueKind.String, path, place) { Text = reader.GetString() };
            case JsonTokenType.Number:
                return new(JsonValueKind.Number, path, place) { Whole = reader.TryGetInt64(out var whole) ? whole : null };
            case JsonTokenType.True:
                return new(JsonValueKind.True, path, place);
            case JsonTokenType.False:
                return new(JsonValueKind.False, path, place);
            default:
                return new(JsonValueKind.Null, path, place);
        }
    }

    static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }
        return -1;
    }

    sealed class Lines
    {
        readonly ReadOnlyMemory<byte> text;
        readonly List<int> starts = [0];

        public Lines(ReadOnlyMemory<byte> text)
        {
            this.text = text;
            var span = text.Span;
            for (var i = 0; i < span.Length; i++)
            {
                if (span[i] == (byte)'\n') starts.Add(i + 1);
            }
        }

        public int OffsetOf(int line, int bytes) => Math.Min(starts[Math.Min(line, starts.Count - 1)] + bytes, text.Length);

        public Place Find(int offset)
        {
            offset = Math.Clamp(offset, 0, text.Length);
            var line = starts.BinarySearch(offset);
            if (line < 0) line = ~line - 1;
            return new(line + 1, Encoding.UTF8.GetCharCount(text.Span[starts[line]..offset]) + 1);
        }
    }
}

internal readonly record struct Place(int Line, int Column);
