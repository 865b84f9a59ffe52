using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Selection.Tests.Participatory;

public sealed class PabulibTests
{
    private const string Good = """
        META
        key;value
        description;"Canales; caminos"
        budget;1000,50
        vote_type;approval
        num_projects;3
        num_votes;4
        max_sum_cost;None
        PROJECTS
        project_id;cost;name;selected;category
        1;400.5;Canal "Alto";1;agua
        2;300;"Camino; ""vecinal""
        de dos líneas";0;vías
        z;0;None;None;None
        VOTES
        voter_id;sex;vote
        a;F;1,2
        b;M;"2,1,2"
        c;F;
        d;None;None

        """;

    [Fact]
    public void Read_GoodFile_KeepsEverything()
    {
        var election = Read(Good);
        election.Budget.ShouldBe(new Fraction(2001, 2));
        election.Projects.Select(p => p.Id).ShouldBe(["1", "2", "z"]);
        election.Projects[0].Cost.ShouldBe(new Fraction(801, 2));
        election.Projects[0].Name.ShouldBe("Canal \"Alto\"");
        election.Projects[1].Name.ShouldBe("Camino; \"vecinal\"\nde dos líneas");
        election.Projects[2].Name.ShouldBe("z");
        election.Projects.Select(p => p.Selected).ShouldBe([1, 0, null]);
        election.Projects[1].More["category"].ShouldBe("vías");
        election.Meta["description"].ShouldBe("Canales; caminos");
        election.Ballots.Count.ShouldBe(4);
        election.Ballots.GroupCount.ShouldBe(2);
        election.Ballots.Multiplicity(0).ShouldBe(2);
        election.Ballots.Projects(1).Length.ShouldBe(0);
        var sex = election.Ballots.Attributes.ShouldHaveSingleItem();
        sex.Values.ShouldBe(["F", "M", ""]);
        sex.Counts[(0, 0)].ShouldBe(1);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_OtherLineEnds_IsTheSame(string end) => Read(Good.Replace("\n", end, StringComparison.Ordinal)).Ballots.Count.ShouldBe(4);

    [Fact]
    public void Read_ByteOrderMarkOrGzipOrSmallReads_IsTheSame()
    {
        Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)]).Ballots.Count.ShouldBe(4);
        Read(Zip(Encoding.UTF8.GetBytes(Good)), "x.pb.gz").Ballots.Count.ShouldBe(4);
        using var trickle = new Trickle(Encoding.UTF8.GetBytes(Good));
        PabulibReader.Read(trickle, "x.pb").Projects[1].Name.ShouldBe("Camino; \"vecinal\"\nde dos líneas");
    }

    [Theory]
    [InlineData("1000,50", "0", ElectionFault.NoBudget, 4, 1)]
    [InlineData("1000,50", "-5", ElectionFault.Negative, 4, 1)]
    [InlineData("1000,50", "mil", ElectionFault.NotANumber, 4, 1)]
    [InlineData("1000,50", "NaN", ElectionFault.NotANumber, 4, 1)]
    [InlineData("budget;1000,50\n", "", ElectionFault.MissingMeta, 8, 1)]
    [InlineData("vote_type;approval\n", "", ElectionFault.MissingMeta, 8, 1)]
    [InlineData("num_votes;4\n", "", ElectionFault.MissingMeta, 8, 1)]
    [InlineData("vote_type;approval", "vote_type;lottery", ElectionFault.UnknownVoteType, 5, 1)]
    [InlineData("1;400.5;", "1;;", ElectionFault.NoCost, 11, 3)]
    [InlineData("1;400.5;", "1;None;", ElectionFault.NoCost, 11, 3)]
    [InlineData("1;400.5;", "1;-1;", ElectionFault.Negative, 11, 3)]
    [InlineData("1;400.5;", "1;NaN;", ElectionFault.NotANumber, 11, 3)]
    [InlineData("1;400.5;", "1;4.0.0;", ElectionFault.NotANumber, 11, 3)]
    [InlineData("1;400.5;", "1;1e25;", ElectionFault.TooLarge, 0, 0)]
    [InlineData("1;400.5;", "2;400.5;", ElectionFault.DuplicateProject, 12, 1)]
    [InlineData("a;F;1,2", "a;F;1,77", ElectionFault.UnknownProject, 17, 7)]
    [InlineData("a;F;1,2", "a;F;1,2;9", ElectionFault.TooManyCells, 17, 9)]
    [InlineData("a;F;1,2", "a;F", ElectionFault.MissingCell, 17, 4)]
    [InlineData("num_votes;4", "num_votes;5", ElectionFault.VoteCount, 20, 1)]
    [InlineData("num_projects;3", "num_projects;2", ElectionFault.ProjectCount, 15, 1)]
    [InlineData("project_id;cost;", "project_id;price;", ElectionFault.MissingColumn, 10, 1)]
    [InlineData("voter_id;sex;vote", "voter_id;sex;choice", ElectionFault.MissingColumn, 16, 1)]
    [InlineData("META\n", "PROJECTS\n", ElectionFault.SectionOrder, 1, 1)]
    [InlineData("META\n", "", ElectionFault.NoSection, 1, 1)]
    [InlineData("PROJECTS\n", "VOTES\n", ElectionFault.SectionOrder, 9, 1)]
    [InlineData("c;F;\n", "META\n", ElectionFault.SectionOrder, 19, 1)]
    [InlineData("c;F;\n", "c;\"F;\n", ElectionFault.UnclosedQuote, 19, 3)]
    public void Read_FaultyFile_TellsWhatAndWhere(string found, string instead, ElectionFault fault, int line, int column)
    {
        Good.ShouldContain(found);
        var at = Good.IndexOf(found, StringComparison.Ordinal);
        var error = Should.Throw<InvalidElectionException>(() => Read(string.Concat(Good.AsSpan(0, at), instead, Good.AsSpan(at + found.Length))));
        error.Fault.ShouldBe(fault, error.Message);
        (error.Line, error.Column).ShouldBe((line, column), error.Message);
        error.File.ShouldBe("x.pb");
        error.Remedy.ShouldNotBeEmpty();
    }

    /// <summary>Cut after any byte: either an error that names the file, or (cut inside the last rows' optional text) the same number of ballots.</summary>
    [Fact]
    public void Read_CutAnywhere_IsOneErrorOrComplete()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var length = 0; length < bytes.Length; length++)
        {
            try
            {
                Read(bytes[..length]).Ballots.Count.ShouldBe(4, $"cut at {length}");
                length.ShouldBeGreaterThan(bytes.Length - 8);
            }
            catch (InvalidElectionException error)
            {
                error.File.ShouldBe("x.pb");
            }
        }
    }

    [Fact]
    public void Read_NotUtf8_TellsTheByteAndItsPlace()
    {
        var bytes = Encoding.Latin1.GetBytes(Good);
        var error = Should.Throw<InvalidElectionException>(() => Read(bytes));
        error.Fault.ShouldBe(ElectionFault.NotUtf8);
        (error.Line, error.Column).ShouldBe((13, 9));
        error.Detail.ShouldContain("0xED");
    }

    [Fact]
    public void Read_TenMillionCharacterLine_IsRefusedWithoutFillingMemory()
    {
        var error = Should.Throw<InvalidElectionException>(() => Read(Good.Replace("Canal \"Alto\"", new string('x', 10_000_000), StringComparison.Ordinal)));
        error.Fault.ShouldBe(ElectionFault.LineTooLong);
        error.Line.ShouldBe(11);
    }

    [Fact]
    public void Read_NotGzip_SaysSo()
    {
        Should.Throw<InvalidElectionException>(() => Read(Encoding.UTF8.GetBytes(Good), "x.pb.gz")).Fault.ShouldBe(ElectionFault.NotGzip);
        var zipped = Zip(Encoding.UTF8.GetBytes(Good));
        for (var i = 12; i < zipped.Length; i++)
            zipped[i] ^= 0x5A;
        Should.Throw<InvalidElectionException>(() => Read(zipped, "x.pb.gz"));
        Should.Throw<InvalidElectionException>(() => Read(Zip(Encoding.UTF8.GetBytes(Good))[..60], "x.pb.gz"));
    }

    [Theory]
    [InlineData("1,2;3", ElectionFault.PointsCount)]
    [InlineData("1,2;3,4", ElectionFault.PointsOverLimit)]
    [InlineData("1;4.5", ElectionFault.PointsOverLimit)]
    [InlineData("1;x", ElectionFault.NotANumber)]
    [InlineData("1;", ElectionFault.PointsCount)]
    [InlineData("1", ElectionFault.MissingCell)]
    public void Read_FaultyPoints_AreRefused(string row, ElectionFault fault) => Should.Throw<InvalidElectionException>(() => Read(Points("v;" + row))).Fault.ShouldBe(fault);

    [Fact]
    public void Read_Points_AreExactAndTheLastOfARepeatedProjectCount()
    {
        var election = Read(Points("v;2,1,2;1,0.5,2.5"));
        election.Ballots.Projects(0).ToArray().ShouldBe([0, 1]);
        election.Ballots.Points(0).ShouldBe([new Fraction(1, 2), new Fraction(5, 2)]);
        Read(Points("v;None;None")).Ballots.Projects(0).Length.ShouldBe(0);
    }

    [Fact]
    public void WriteThenRead_AnyElection_IsTheSame() => Prop.ForAll(Elections.Any, election =>
    {
        using var file = new MemoryStream();
        PabulibWriter.Write(election, file, zipped: election.Ballots.Count % 2 == 0);
        file.Position = 0;
        var read = PabulibReader.Read(file, election.Ballots.Count % 2 == 0 ? "x.pb.gz" : "x.pb");
        read.Budget.ShouldBe(election.Budget);
        read.Projects.Select(p => (p.Id, p.Cost)).ShouldBe(election.Projects.Select(p => (p.Id, p.Cost)));
        read.Ballots.GroupCount.ShouldBe(election.Ballots.GroupCount);
        for (var g = 0; g < read.Ballots.GroupCount; g++)
        {
            read.Ballots.Projects(g).ToArray().ShouldBe(election.Ballots.Projects(g).ToArray());
            read.Ballots.Points(g).ShouldBe(election.Ballots.Points(g));
            read.Ballots.Multiplicity(g).ShouldBe(election.Ballots.Multiplicity(g));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Points(string row) =>
        $"META\nkey;value\nbudget;10\nvote_type;cumulative\nnum_projects;2\nnum_votes;1\nmax_points;4\nmax_sum_points;6\nPROJECTS\nproject_id;cost\n1;4\n2;5\nVOTES\nvoter_id;vote;points\n{row}\n";

    private static Election Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static Election Read(byte[] bytes, string name = "x.pb") => PabulibReader.Read(new MemoryStream(bytes), name);

    private static byte[] Zip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest))
            zip.Write(bytes);
        return target.ToArray();
    }

    /// <summary>Gives one byte a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
