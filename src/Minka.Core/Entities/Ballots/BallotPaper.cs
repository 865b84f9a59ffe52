using Minka.Core.Kernel;

namespace Minka.Core.Entities.Ballots;

public enum BallotForm
{
    /// <summary>One of the options: yes, no, abstain.</summary>
    One,

    /// <summary>Any of them, up to a number.</summary>
    Several,

    /// <summary>Points given to options, up to a sum.</summary>
    Points,

    /// <summary>Places 1, 2, 3 …, none twice and none left out.</summary>
    Ranking,
}

/// <param name="Id">Short and fixed; what the count and the file name.</param>
public sealed record BallotOption(string Id, string Label, string? Hint = null);

/// <summary>What is printed on a ballot. It is fixed before the first one is cast, and its digest stands in the register.</summary>
/// <param name="Most">Options that may be marked, or points in all.</param>
public sealed record BallotPaper(BallotForm Form, IReadOnlyList<BallotOption> Options, int Most)
{
    public const int MostOptions = 200;
    public const int MostPoints = 250;

    /// <summary>The paper of a motion.</summary>
    public static BallotPaper YesNo { get; } = new(BallotForm.One, [new("yes", ""), new("no", ""), new("abstain", "")], 1);

    public void Check()
    {
        if (Options.Count is < 1 or > MostOptions || Options.DistinctBy(o => o.Id, StringComparer.Ordinal).Count() != Options.Count) throw new RuleBroken(BallotRules.PaperWrong);
        if (Most < 1 || Most > (Form == BallotForm.Points ? MostPoints : Options.Count) || (Form == BallotForm.One && Most != 1)) throw new RuleBroken(BallotRules.PaperWrong);
    }

    /// <summary>Bytes of a ballot: as many whatever was marked, so that its size tells nothing.</summary>
    internal int Size => 1 + Options.Count;

    /// <summary>The ballot as bytes, or the reason why it is none.</summary>
    /// <exception cref="RuleBroken">Too many marks, points or places, or an option that is not on the paper.</exception>
    public Marking Mark(IReadOnlyDictionary<string, int> marks)
    {
        foreach (var id in marks.Keys)
        {
            if (Options.All(o => o.Id != id)) throw new RuleBroken(BallotRules.OptionUnknown, id);
        }
        var values = Options.Select(o => marks.GetValueOrDefault(o.Id)).ToList();
        if (values.Any(v => v < 0)) throw new RuleBroken(BallotRules.MarkWrong);
        var marked = values.Count(v => v > 0);
        switch (Form)
        {
            case BallotForm.One or BallotForm.Several:
                if (values.Any(v => v > 1)) throw new RuleBroken(BallotRules.MarkWrong);
                if (marked > Most) throw new RuleBroken(BallotRules.TooManyMarks, marked, Most);
                break;
            case BallotForm.Points:
                if (values.Sum(v => (long)v) is var sum && sum > Most) throw new RuleBroken(BallotRules.TooManyPoints, sum, Most);
                break;
            default:
                if (marked > Most) throw new RuleBroken(BallotRules.TooManyMarks, marked, Most);
                if (!values.Where(v => v > 0).Order().SequenceEqual(Enumerable.Range(1, marked))) throw new RuleBroken(BallotRules.PlacesWrong, marked);
                break;
        }
        return new Marking(IsNull: false, values);
    }

    internal byte[] Encode(Marking marking) => [(byte)(marking.IsNull ? 1 : 0), .. marking.Values.Select(v => checked((byte)v))];

    internal static Marking Decode(ReadOnlySpan<byte> bytes) => new(bytes[0] == 1, [.. bytes[1..].ToArray().Select(b => (int)b)]);
}

/// <summary>What one ballot says: a number for each option of the paper, in its order.</summary>
/// <param name="IsNull">Spoilt: only paper can be.</param>
public sealed record Marking(bool IsNull, IReadOnlyList<int> Values)
{
    public bool IsBlank => !IsNull && Values.All(v => v == 0);
}

/// <summary>What a voting came to: marks or points by option, in units of vote.</summary>
/// <param name="Ballots">Units counted: electronic and paper, with blank and null ones.</param>
/// <param name="OnPaper">Of them, from paper.</param>
public sealed record BallotCount(IReadOnlyList<OptionCount> Options, long Blank, long Null, long Ballots, long OnPaper)
{
    public long Of(string option) => Options.FirstOrDefault(o => o.Option == option)?.Votes ?? 0;

    /// <summary>Ballots that chose something.</summary>
    public long Valid => Ballots - Blank - Null;

    public static BallotCount Of(BallotPaper paper, IEnumerable<Marking> ballots, PaperTally? papers = null)
    {
        var votes = new long[paper.Options.Count];
        long blank = 0, spoilt = 0, all = 0;
        foreach (var ballot in ballots)
        {
            all++;
            if (ballot.IsNull) spoilt++;
            else if (ballot.IsBlank) blank++;
            else
            {
                for (var i = 0; i < votes.Length; i++) votes[i] += paper.Form == BallotForm.Ranking ? Math.Min(1, ballot.Values[i]) : ballot.Values[i];
            }
        }
        var read = papers ?? new PaperTally([.. new int[votes.Length]], 0, 0, 0);
        return new BallotCount([.. paper.Options.Select((o, i) => new OptionCount(o.Id, votes[i] + read.Options[i]))], blank + read.Blank, spoilt + read.Null, all + read.Papers, read.Papers);
    }
}

public sealed record OptionCount(string Option, long Votes);
