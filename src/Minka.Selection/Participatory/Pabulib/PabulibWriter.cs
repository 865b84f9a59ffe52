using System.Globalization;
using System.IO.Compression;
using System.Text;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Pabulib;

/// <summary>Writes elections in the Pabulib format, so that other programs (and <see cref="PabulibReader"/>) read the same election back.</summary>
/// <remarks>Voters are numbered anew and carry no attribute: identical ballots were merged when the election was made. O(voters).</remarks>
public static class PabulibWriter
{
    /// <summary>Writes one election.</summary>
    /// <param name="election">The election; amounts must have finite decimals, as all that were read have.</param>
    /// <param name="stream">Where to write; not closed.</param>
    /// <param name="zipped">True to compress with gzip.</param>
    public static void Write(Election election, Stream stream, bool zipped = false)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(stream);
        if (zipped)
        {
            using var zip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            Write(election, zip);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var ballots = election.Ballots;
        writer.WriteLine("META");
        writer.WriteLine("key;value");
        var meta = new Dictionary<string, string>(election.Meta, StringComparer.Ordinal)
        {
            ["num_projects"] = election.Projects.Count.ToString(CultureInfo.InvariantCulture),
            ["num_votes"] = ballots.Count.ToString(CultureInfo.InvariantCulture),
            ["budget"] = Decimal(election.Budget),
            ["vote_type"] = ballots.Kind switch
            {
                BallotKind.ChooseOne => "choose-1",
                BallotKind.Cumulative => "cumulative",
                BallotKind.Ordinal => "ordinal",
                BallotKind.Scoring => "scoring",
                _ => "approval",
            },
        };
        foreach (var (key, value) in meta)
            Row(writer, [key, value]);

        writer.WriteLine("PROJECTS");
        var columns = election.Projects.SelectMany(p => p.More.Keys).Where(c => c is not ("project_id" or "cost" or "name" or "selected")).Distinct(StringComparer.Ordinal).ToList();
        var official = election.Projects.Any(p => p.Selected is not null);
        Row(writer, ["project_id", "cost", "name", .. official ? ["selected"] : Array.Empty<string>(), .. columns]);
        foreach (var p in election.Projects)
        {
            Row(writer,
            [
                p.Id, Decimal(p.Cost), p.Name,
                .. official ? [p.Selected?.ToString(CultureInfo.InvariantCulture) ?? "None"] : Array.Empty<string>(),
                .. columns.Select(c => p.More.GetValueOrDefault(c, "")),
            ]);
        }

        writer.WriteLine("VOTES");
        writer.WriteLine(ballots.HasPoints ? "voter_id;vote;points" : "voter_id;vote");
        var voter = 0;
        for (var g = 0; g < ballots.GroupCount; g++)
        {
            var vote = string.Join(',', ballots.Projects(g).ToArray().Select(p => election.Projects[p].Id));
            var points = ballots.HasPoints ? string.Join(',', ballots.Points(g).Select(Decimal)) : null;
            for (var m = ballots.Multiplicity(g); m > 0; m--)
            {
                var id = (voter++).ToString(CultureInfo.InvariantCulture);
                Row(writer, points is null ? [id, vote] : [id, vote, points]);
            }
        }
    }

    /// <summary>An amount as exact decimals, as short as they are; as a fraction where no decimals end.</summary>
    /// <param name="value">The amount.</param>
    public static string Decimal(Fraction value)
    {
        for (var decimals = 0; decimals <= 40; decimals++)
        {
            var scaled = value * Amount.Power(decimals);
            if (!scaled.IsWhole)
                continue;
            var digits = System.Numerics.BigInteger.Abs(scaled.Numerator).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
            var text = decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}";
            return scaled.Sign < 0 ? "-" + text : text;
        }

        return value.ToString();
    }

    private static void Row(StreamWriter writer, IReadOnlyList<string> cells)
    {
        for (var c = 0; c < cells.Count; c++)
        {
            if (c > 0)
                writer.Write(';');
            var cell = cells[c];
            if (cell.AsSpan().IndexOfAny(";\"\r\n") >= 0)
            {
                writer.Write('"');
                writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
                writer.Write('"');
            }
            else
            {
                writer.Write(cell);
            }
        }

        writer.WriteLine();
    }
}
