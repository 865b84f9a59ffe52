namespace Minka.Selection.Participatory.Pabulib;

/// <summary>Counts voters by group of ballots and by each value of each column that describes them. A column with too many values is no attribute (an identity, a time) and is dropped.</summary>
internal sealed class AttributeColumns
{
    private const int MostValues = 200;
    private readonly Column[] _columns;

    public AttributeColumns(List<string> header, int vote, int points)
    {
        _columns = [.. header.Select((name, at) => new Column(name, at)).Where(c => c.At != vote && c.At != points && c.Name is not ("voter_id" or "points" or "time_taken_seconds"))];
    }

    public void Add(RecordReader records, int group)
    {
        foreach (var column in _columns)
        {
            if (column.Dropped)
                continue;
            var cell = column.At < records.Count ? records[column.At].Trim(" \t"u8) : default;
            var value = column.Index.Find(cell, out var hash);
            if (value < 0)
            {
                value = column.Values.Count;
                if (value == MostValues)
                {
                    column.Dropped = true;
                    column.Pairs.Clear();
                    continue;
                }

                var text = System.Text.Encoding.UTF8.GetString(cell);
                column.Values.Add(text.Equals("none", StringComparison.OrdinalIgnoreCase) ? "" : text);
                column.Index.Add(cell, value, hash);
            }

            column.Pairs.Add(((long)group << 8) | (uint)value);
        }
    }

    public IReadOnlyList<VoterAttribute> Finish()
    {
        var attributes = new List<VoterAttribute>();
        foreach (var column in _columns)
        {
            if (column.Dropped || column.Values.Count < 2)
                continue;
            var counts = new Dictionary<(int, int), int>();
            foreach (var pair in column.Pairs)
            {
                var key = ((int)(pair >> 8), (int)(pair & 255));
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }

            attributes.Add(new VoterAttribute(column.Name, column.Values, counts));
        }

        return attributes;
    }

    private sealed class Column(string name, int at)
    {
        public string Name { get; } = name;

        public int At { get; } = at;

        public ByteIndex Index { get; } = new();

        public List<string> Values { get; } = [];

        public List<long> Pairs { get; } = [];

        public bool Dropped { get; set; }
    }
}
