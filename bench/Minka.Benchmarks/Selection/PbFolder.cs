using System.Diagnostics;
using System.Globalization;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Benchmarks.Selection;

/// <summary><c>bench select pb DIR</c>: reads every election of a folder and runs the rules on them, file by file, on as many threads as there are cores. Prints totals: wall time, work summed over threads, counts.</summary>
static class PbFolder
{
    public static int Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"bench select pb: there is no folder {folder}");
            return 2;
        }

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".pb", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".pb.gz", StringComparison.OrdinalIgnoreCase)).ToList();
        var elections = new Election?[files.Count];
        long bytes = 0, ballots = 0;
        var refused = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                using var stream = new FileStream(files[i], FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
                elections[i] = PabulibReader.Read(stream, Path.GetFileName(files[i]), PabulibOptions.Default with { VoterAttributes = false });
                Interlocked.Add(ref bytes, stream.Length);
                Interlocked.Add(ref ballots, elections[i]!.Ballots.Count);
            }
            catch (InvalidElectionException fault)
            {
                Interlocked.Increment(ref refused);
                Console.Error.WriteLine(fault.Message);
            }
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files ({refused} refused), {bytes / 1e6:0.0} MB on disk, {ballots} ballots; {Environment.ProcessorCount} cores"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"what",-24} {"elections",9} {"wall ms",10} {"work ms",10} {"slowest ms",10} {"runs",9} {"restarts",8}  slowest"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"parse",-24} {files.Count - refused,9} {clock.Elapsed.TotalMilliseconds,10:0.0}"));
        (string Name, PbSettings Settings)[] rules =
        [
            ("greedy-votes", new() { Rule = PbRule.GreedyVotes }),
            ("mes cost", new() { Rule = PbRule.EqualShares, Utility = Utility.Cost }),
            ("mes cardinality", new() { Rule = PbRule.EqualShares, Utility = Utility.Cardinality }),
            ("mes by ballots", new() { Rule = PbRule.EqualShares }),
            ("phragmen", new() { Rule = PbRule.Phragmen }),
            ("mes cost, rationals", new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Exact = true }),
            ("mes cost add1", new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.Add1 }),
            ("mes cardinality add1", new() { Rule = PbRule.EqualShares, Utility = Utility.Cardinality, Completion = Completion.Add1 }),
            ("mes cost add-opt", new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.AddOpt }),
            ("bos", new() { Rule = PbRule.BoundedOverspending, Utility = Utility.Cost }),
            ("maximin-support", new() { Rule = PbRule.MaximinSupport }),
        ];
        var read = elections.OfType<Election>().ToList();
        foreach (var (name, settings) in rules)
        {
            long runs = 0, restarts = 0;
            var work = new double[read.Count];
            clock.Restart();
            Parallel.For(0, read.Count, i =>
            {
                var own = Stopwatch.StartNew();
                var outcome = ParticipatoryBudget.Run(read[i], settings);
                work[i] = own.Elapsed.TotalMilliseconds;
                Interlocked.Add(ref runs, outcome.Runs);
                Interlocked.Add(ref restarts, outcome.Restarts);
            });
            var wall = clock.Elapsed.TotalMilliseconds;
            var slowest = Array.IndexOf(work, work.DefaultIfEmpty().Max());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {read.Count,9} {wall,10:0.0} {work.Sum(),10:0.0} {work.DefaultIfEmpty().Max(),10:0.0} {runs,9} {restarts,8}  {(slowest < 0 ? "" : read[slowest].Name)}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        return refused == 0 ? 0 : 1;
    }
}
