using System.Globalization;
using System.IO.Compression;
using System.Text;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Pabulib;

/// <summary>Reads elections in the Pabulib format (<c>.pb</c>), plain or gzipped, in one pass over the stream.</summary>
/// <remarks>
/// <para>Format: UTF-8, a byte order mark tolerated, cells separated by semicolons and quoted where needed, sections META, PROJECTS and
/// VOTES in this order. Cells that say <c>None</c> are empty. Decimal commas are read as points. Needed in META: <c>budget</c>, <c>vote_type</c>, <c>num_projects</c>,
/// <c>num_votes</c>; in PROJECTS: <c>project_id</c> (first column) and <c>cost</c>; in VOTES: <c>vote</c>, and <c>points</c> for cumulative and scoring elections.
/// Further keys and columns are kept as they are.</para>
/// <para>Limits on points (<c>max_points</c>, <c>max_sum_points</c>) are enforced. Limits on length and least sums are not: published files of real
/// elections break them and their ballots were counted. A project named twice on a ballot counts once. More ballots than <c>num_votes</c> are counted too; fewer mean a cut file.</para>
/// <para>Time O(bytes); memory: the different ballots, not all of them.</para>
/// <para>Source: Stolicki, Szufa, Talmon, “Pabulib: a participatory budgeting library”, arXiv 2012.06539.</para>
/// </remarks>
public static class PabulibReader
{
    /// <summary>Reads one election.</summary>
    /// <param name="stream">The file's content; gzip is recognised by its first bytes. Read to its end, not closed.</param>
    /// <param name="name">The file's name, for errors and for <see cref="Election.Name"/>.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidElectionException">The file is faulty; the exception tells file, line, column and remedy.</exception>
    public static Election Read(Stream stream, string name, PabulibOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= PabulibOptions.Default;
        var head = new byte[2];
        var length = stream.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        var zipped = length == 2 && head[0] == 0x1F && head[1] == 0x8B;
        if (!zipped && name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new InvalidElectionException(ElectionFault.NotGzip, "The name ends in .gz but the content is not gzip.", "Compress the file with gzip, or rename it to .pb.", null, name, 1, 1);
        using var whole = new PrefixedStream(head, length, stream);
        if (!zipped)
            return new Reading(new RecordReader(whole, name, options.LongestRecord, options.LongestFile), name, options).Run();
        using var plain = new GZipStream(whole, CompressionMode.Decompress, leaveOpen: true);
        return new Reading(new RecordReader(plain, name, options.LongestRecord, options.LongestFile), name, options).Run();
    }

    private sealed class Reading(RecordReader records, string name, PabulibOptions options)
    {
        private readonly Dictionary<string, string> _meta = new(StringComparer.Ordinal);
        private readonly List<Project> _projects = [];
        private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _metaLines = new(StringComparer.Ordinal);
        private bool _more = true;

        public Election Run()
        {
            Section("META", "PROJECTS");
            ReadMeta();
            var kind = VoteType();
            var budget = Budget();
            Section("PROJECTS", "VOTES");
            ReadProjects();
            Section("VOTES", null);
            var ballots = ReadVotes(kind);
            var election = new Election(name, _meta, _projects, budget, ballots);
            _ = election.Field;
            return election;
        }

        private bool Next()
        {
            do
            {
                _more = records.Read();
            }
            while (_more && records.IsBlank);
            return _more;
        }

        private string? SectionName()
        {
            if (records.Count == 0)
                return null;
            var cell = records[0].Trim(" \t"u8);
            return Ascii.EqualsIgnoreCase(cell, "META"u8) ? "META" : Ascii.EqualsIgnoreCase(cell, "PROJECTS"u8) ? "PROJECTS" : Ascii.EqualsIgnoreCase(cell, "VOTES"u8) ? "VOTES" : null;
        }

        private void Section(string wanted, string? following)
        {
            if (wanted == "META" && !Next())
                throw new InvalidElectionException(ElectionFault.NoSection, "The file is empty.", "Give a .pb file: it begins with a line META.", null, name, 1, 1);
            if (!_more)
                throw records.Fault(ElectionFault.MissingSection, $"The file ends before its section {wanted}.", $"Add the section {wanted}; the file may be cut.", value: wanted);
            var found = SectionName();
            if (found is null)
                throw records.Fault(ElectionFault.NoSection, $"Section {wanted} should begin here.", "Sections begin with a line META, PROJECTS or VOTES, in this order.", value: wanted);
            if (found != wanted)
                throw records.Fault(ElectionFault.SectionOrder, $"Section {found} stands where {wanted} should.", "Put the sections in the order META, PROJECTS, VOTES, each once.", value: found);
            if (!Next() || SectionName() is not null)
                throw records.Fault(ElectionFault.MissingSection, $"Section {wanted} has no header row.", following is null ? "Add the header row and the ballots." : $"Add the header row and the rows up to {following}.", value: wanted);
        }

        private void ReadMeta()
        {
            if (records.Text(0) != "key" || records.Count < 2)
                throw records.Fault(ElectionFault.MissingColumn, "META does not begin with its header key;value.", "Write key;value as the line after META.", value: "key");
            while (Next() && SectionName() is null)
            {
                if (records.Count < 2)
                    throw records.Fault(ElectionFault.MissingCell, $"The key {records.Text(0)} has no value.", "Write key;value.", value: records.Text(0));
                var key = records.Text(0);
                _meta[key] = records.Text(1);
                _metaLines[key] = records.Line;
            }

            foreach (var key in (ReadOnlySpan<string>)["budget", "vote_type", "num_projects", "num_votes"])
            {
                if (!_meta.TryGetValue(key, out var value) || value.Length == 0 || IsNone(Encoding.UTF8.GetBytes(value)))
                    throw records.Fault(ElectionFault.MissingMeta, $"META has no {key}.", $"Add a line {key};… to META.", value: key);
            }
        }

        private BallotKind VoteType() => _meta["vote_type"] switch
        {
            "approval" => BallotKind.Approval,
            "choose-1" => BallotKind.ChooseOne,
            "cumulative" => BallotKind.Cumulative,
            "ordinal" => BallotKind.Ordinal,
            "scoring" => BallotKind.Scoring,
            var other => throw MetaFault(ElectionFault.UnknownVoteType, "vote_type", $"The vote type {other} is unknown.", "Use approval, choose-1, cumulative, ordinal or scoring."),
        };

        private Fraction Budget()
        {
            var amount = MetaNumber("budget");
            if (amount.Digits.Sign < 0)
                throw MetaFault(ElectionFault.Negative, "budget", "The budget is negative.", "Give a budget above zero.");
            if (amount.Digits.IsZero)
                throw MetaFault(ElectionFault.NoBudget, "budget", "The budget is zero.", "Give a budget above zero.");
            return amount.Value;
        }

        private Amount MetaNumber(string key) => Amount.TryParse(Encoding.UTF8.GetBytes(_meta[key]), out var amount)
            ? amount
            : throw MetaFault(ElectionFault.NotANumber, key, $"The value of {key}, {_meta[key]}, is not a number.", "Write digits, with a decimal point if needed.");

        private Amount? Limit(string key) => _meta.TryGetValue(key, out var text) && text.Length > 0 && !text.Equals("none", StringComparison.OrdinalIgnoreCase) ? MetaNumber(key) : null;

        private InvalidElectionException MetaFault(ElectionFault fault, string key, string detail, string remedy) =>
            new(fault, detail, $"{remedy} (META, {key})", _meta.GetValueOrDefault(key), name, _metaLines.GetValueOrDefault(key), 1);

        private void ReadProjects()
        {
            var header = Header();
            if (header[0] != "project_id")
                throw records.Fault(ElectionFault.MissingColumn, $"The first column of PROJECTS is {header[0]}.", "Put project_id first.", value: "project_id");
            var cost = Column(header, "cost", "PROJECTS");
            while (Next() && SectionName() is null)
            {
                CheckCells(header.Count);
                var id = records.Text(0);
                if (id.Length == 0)
                    throw records.Fault(ElectionFault.MissingCell, "A project has no identifier.", "Write its project_id in the first column.", value: "project_id");
                if (cost >= records.Count || records[cost].Trim(" \t"u8).IsEmpty || IsNone(records[cost]))
                    throw records.Fault(ElectionFault.NoCost, $"Project {id} has no cost.", "Write its cost; 0 if it costs nothing.", cost, value: id);
                if (!Amount.TryParse(records[cost], out var amount))
                    throw records.Fault(ElectionFault.NotANumber, $"The cost of project {id}, {records.Text(cost)}, is not a number.", "Write digits, with a decimal point if needed.", cost, value: records.Text(cost));
                if (amount.Digits.Sign < 0)
                    throw records.Fault(ElectionFault.Negative, $"The cost of project {id}, {records.Text(cost)}, is negative.", "Give a cost of zero or more.", cost, value: records.Text(cost));
                if (!_index.TryAdd(id, _projects.Count))
                    throw records.Fault(ElectionFault.DuplicateProject, $"Project {id} comes twice.", "Give each project an identifier of its own.", value: id);
                _projects.Add(Project(header, id, amount.Value));
            }

            if (_projects.Count == 0)
                throw records.Fault(ElectionFault.NoProject, "PROJECTS holds no project.", "Add at least one project.");
            var announced = MetaNumber("num_projects").Value;
            if (announced != _projects.Count)
                throw records.Fault(ElectionFault.ProjectCount, string.Create(CultureInfo.InvariantCulture, $"META announces {announced} projects; PROJECTS holds {_projects.Count}."), "Correct num_projects, or complete the file.", value: announced.ToString());
        }

        private Project Project(List<string> header, string id, Fraction cost)
        {
            var title = id;
            int? selected = null;
            Dictionary<string, string>? more = null;
            for (var c = 1; c < records.Count; c++)
            {
                if (header[c] == "cost" || IsNone(records[c]))
                    continue;
                var text = records.Text(c);
                if (header[c] == "name")
                    title = text.Length > 0 ? text : id;
                else if (header[c] == "selected")
                    selected = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;
                else if (text.Length > 0)
                    (more ??= new Dictionary<string, string>(StringComparer.Ordinal))[header[c]] = text;
            }

            var project = new Project(id, cost) { Name = title, Selected = selected };
            return more is null ? project : project with { More = more };
        }

        private Ballots ReadVotes(BallotKind kind)
        {
            var header = Header();
            var vote = Column(header, "vote", "VOTES");
            var scored = kind is BallotKind.Cumulative or BallotKind.Scoring;
            var points = scored ? Column(header, "points", "VOTES") : -1;
            var attributes = new AttributeColumns(options.VoterAttributes ? header : [], vote, points);
            var largest = scored ? Limit("max_points") : null;
            var purse = scored ? Limit("max_sum_points") : null;
            var ids = new ByteIndex();
            for (var p = 0; p < _projects.Count; p++)
                ids.Add(Encoding.UTF8.GetBytes(_projects[p].Id), p);
            var seen = new ByteIndex();
            var grouping = new BallotGrouping(kind);
            var named = new List<int>();
            var given = new List<Amount>();
            var key = new byte[256];
            long count = 0, last = records.Line;
            while (Next())
            {
                last = records.Line;
                if (SectionName() is { } section && records.Count == 1)
                    throw records.Fault(ElectionFault.SectionOrder, $"Section {section} comes after VOTES.", "Put the sections in the order META, PROJECTS, VOTES, each once.", value: section);
                CheckCells(header.Count);
                if (vote >= records.Count)
                    throw records.Fault(ElectionFault.MissingCell, "A ballot lacks its vote.", "Complete the row; the file may be cut.", records.Count, value: "vote");
                if (points >= records.Count)
                    throw records.Fault(ElectionFault.MissingCell, "A ballot lacks its points.", "Complete the row; the file may be cut.", records.Count, value: "points");
                count++;

                // Most ballots repeat one already seen byte by byte: those are not parsed again.
                ReadOnlySpan<byte> raw = records[vote];
                if (scored)
                {
                    var length = raw.Length + 1 + records[points].Length;
                    if (key.Length < length)
                        key = new byte[length * 2];
                    raw.CopyTo(key);
                    key[raw.Length] = (byte)';';
                    records[points].CopyTo(key.AsSpan(raw.Length + 1));
                    raw = key.AsSpan(0, length);
                }

                var group = seen.Find(raw, out var hash);
                if (group < 0)
                {
                    named.Clear();
                    given.Clear();
                    Named(vote, ids, named);
                    if (scored)
                        Given(vote, points, named.Count, given, largest, purse);
                    group = grouping.Add(named, given, 1);
                    seen.Add(raw, group, hash);
                }
                else
                {
                    grouping.CountAgain(group);
                }

                attributes.Add(records, group);
            }

            var announced = MetaNumber("num_votes").Value;
            if (announced > count)
                throw new InvalidElectionException(ElectionFault.VoteCount, string.Create(CultureInfo.InvariantCulture, $"META announces {announced} ballots; the file ends after {count}."), "The file is probably cut: get it again, or correct num_votes.", announced.ToString(), name, last, 1);
            return grouping.Finish(_projects.Count, name, attributes.Finish());
        }

        private void Named(int vote, ByteIndex ids, List<int> named)
        {
            var cell = records[vote];
            if (IsNone(cell))
                return;
            var at = 0;
            while (at <= cell.Length)
            {
                var comma = cell[at..].IndexOf((byte)',');
                var stop = comma < 0 ? cell.Length : at + comma;
                var id = cell[at..stop].Trim(" \t"u8);
                if (!id.IsEmpty)
                {
                    var project = ids.Find(id, out _);
                    if (project < 0)
                    {
                        var text = Encoding.UTF8.GetString(id);
                        throw records.Fault(ElectionFault.UnknownProject, $"A ballot names project {text}, which is not in PROJECTS.", "Correct the ballot or add the project.", vote, at, text);
                    }

                    named.Add(project);
                }

                at = stop + 1;
            }
        }

        private void Given(int vote, int points, int named, List<Amount> given, Amount? largest, Amount? purse)
        {
            var cell = records[points];
            if (!IsNone(cell) && !cell.Trim(" \t"u8).IsEmpty)
            {
                var at = 0;
                while (at <= cell.Length)
                {
                    var comma = cell[at..].IndexOf((byte)',');
                    var stop = comma < 0 ? cell.Length : at + comma;
                    if (!Amount.TryParse(cell[at..stop], out var amount))
                        throw records.Fault(ElectionFault.NotANumber, $"The points {Encoding.UTF8.GetString(cell[at..stop])} are not a number.", "Write digits, separated by commas.", points, at, Encoding.UTF8.GetString(cell[at..stop]));
                    if (largest is { } most && amount.Value > most.Value)
                        throw records.Fault(ElectionFault.PointsOverLimit, $"A ballot gives a project {amount.Value} points; max_points is {most.Value}.", "Correct the ballot or the limit in META.", points, at, amount.Value.ToString());
                    given.Add(amount);
                    at = stop + 1;
                }
            }

            if (given.Count != named)
                throw records.Fault(ElectionFault.PointsCount, string.Create(CultureInfo.InvariantCulture, $"A ballot names {named} projects and gives {given.Count} numbers of points."), "Give one number of points for each project named.", points, value: records.Text(vote));
            if (purse is not { } limit)
                return;
            var sum = Fraction.Zero;
            foreach (var amount in given)
                sum += amount.Value;
            if (sum > limit.Value)
                throw records.Fault(ElectionFault.PointsOverLimit, $"A ballot gives {sum} points in all; max_sum_points is {limit.Value}.", "Correct the ballot or the limit in META.", points, value: sum.ToString());
        }

        private List<string> Header()
        {
            var header = new List<string>(records.Count);
            for (var c = 0; c < records.Count; c++)
                header.Add(records.Text(c));
            return header;
        }

        private int Column(List<string> header, string column, string section)
        {
            var at = header.IndexOf(column);
            return at >= 0 ? at : throw records.Fault(ElectionFault.MissingColumn, $"{section} has no column {column}.", $"Add the column {column} to the header and the rows.", value: column);
        }

        private void CheckCells(int columns)
        {
            if (records.Count > columns)
                throw records.Fault(ElectionFault.TooManyCells, string.Create(CultureInfo.InvariantCulture, $"The row has {records.Count} cells; its header has {columns}."), "Quote cells that contain a semicolon.", columns);
        }

        private static bool IsNone(ReadOnlySpan<byte> cell) => Ascii.EqualsIgnoreCase(cell.Trim(" \t"u8), "none"u8);
    }
}
