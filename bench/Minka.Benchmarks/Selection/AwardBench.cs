using System.Diagnostics;
using System.Globalization;
using System.Text;
using Minka.Selection.Optimal;

namespace Minka.Benchmarks.Selection;

/// <summary>
/// <c>bench select award [FOLDER] [SECONDS]</c>: the exact optimiser on the benchmark knapsacks of a folder and on synthetic calls, with the CPU
/// time of CBC and GLPK on the same instances in the same run where they are installed. They are oracles only; the product never calls them.
/// </summary>
static class AwardBench
{
    public static void Run(string folder, double seconds)
    {
        Console.WriteLine($"load {File.ReadAllText("/proc/loadavg").Trim()}; CPU seconds; limit {seconds.ToString(CultureInfo.InvariantCulture)} s");
        Console.WriteLine($"{"instance",-34} {"status",-9} {"objective",12} {"gap %",8} {"nodes",9} {"ours",8} {"cbc",8} {"glpk",8}");

        // The first solve pays for compilation of the code; it is not counted.
        ExactSolver.Solve(Programs(folder, "mknapcb1").First().Program, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(2) });
        foreach (var file in new[] { "mknapcb1", "mknapcb4", "mmkp_I02", "mmkp_I05", "mmkp_I06" })
        {
            double total = 0, cbc = 0;
            var proved = 0;
            var count = 0;
            foreach (var (name, program) in Programs(folder, file))
            {
                var (own, result) = Timed(() => ExactSolver.Solve(program, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(seconds) }));
                var lp = Path.GetTempFileName() + ".lp";
                File.WriteAllText(lp, LpText(program));
                var other = Oracle("cbc", [lp, "sec", Number(seconds), "solve", "quit"], result.Objective);
                var glpk = count == 0 ? Oracle("glpsol", ["--lp", lp, "--tmlim", Number(seconds)], null) : double.NaN;
                File.Delete(lp);
                Row(name, result, own, other, glpk);
                total += own;
                cbc += other;
                proved += result.Status == SolveStatus.Optimal ? 1 : 0;
                count++;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {proved} of {count} proved, ours {total:0.00} s, cbc {cbc:0.00} s"));
        }

        foreach (var (proposals, envelopes) in new[] { (100, 9), (500, 25), (5_000, 25) })
        {
            for (ulong seed = 1; seed <= 3; seed++)
            {
                var model = SyntheticCall.Make(seed, proposals, envelopes, 4, proposals * 8 / 100);
                var (own, outcome) = Timed(() => AwardOptimiser.Solve(model, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(Math.Min(seconds, 10)) }));
                var stage = outcome.Stages.Count > 0 ? outcome.Stages[0] : null;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name,-34} {outcome.Status,-9} {stage?.Value,12} {100.0 * ((stage?.Bound ?? 0) - (stage?.Value ?? 0)) / Math.Max(1, stage?.Value ?? 1),8:0.0000} {outcome.Nodes,9} {own,8:0.00}"));
            }
        }
    }

    private static IEnumerable<(string Name, ZeroOneProgram Program)> Programs(string folder, string file) =>
        AwardFile.Read(File.ReadAllBytes(Path.Combine(folder, file + ".json"))).Select(t => (t.Name, t.Program!));

    private static (double Cpu, T Result) Timed<T>(Func<T> solve)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var result = solve();
        return ((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds, result);
    }

    private static void Row(string name, ExactResult result, double own, double cbc, double glpk) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {result.Status,-9} {result.Objective,12} {100 * (result.Gap ?? double.NaN),8:0.0000} {result.Nodes,9} {own,8:0.00} {cbc,8:0.00} {glpk,8:0.00}"));

    // CPU seconds of the oracle; not a number if it is not installed. Its optimum, where it proves one, must be ours.
    private static double Oracle(string command, string[] arguments, long? ours)
    {
        try
        {
            var before = ChildrenCpu();
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var value = output.Split('\n').FirstOrDefault(l => l.StartsWith("Objective value:", StringComparison.Ordinal));
            if (ours is { } mine && output.Contains("Optimal solution found", StringComparison.Ordinal) && value is not null
                && Math.Abs(double.Parse(value[16..], CultureInfo.InvariantCulture) - mine) > 0.5)
                Console.WriteLine($"DIFFERENT: {command} says {value[16..].Trim()}");
            return ChildrenCpu() - before;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return double.NaN;
        }
    }

    // CPU seconds of all children that have ended: an ended process no longer tells its own.
    private static double ChildrenCpu()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }

    /// <summary>The program in CPLEX LP format, which both oracles read.</summary>
    internal static string LpText(ZeroOneProgram program)
    {
        var text = new StringBuilder("Maximize\n obj:");
        for (var j = 0; j < program.Columns; j++)
            Term(text, program.Values[j], j);
        text.Append("\nSubject To\n");
        for (var i = 0; i < program.Rows.Count; i++)
        {
            var row = program.Rows[i];
            foreach (var (sign, bound) in row.Lower == row.Upper ? [("=", row.Upper)] : new[] { ("<=", row.Upper), (">=", row.Lower) })
            {
                if (bound is not { } b)
                    continue;
                text.Append(CultureInfo.InvariantCulture, $" r{i}{(sign == ">=" ? "g" : "")}:");
                for (var k = 0; k < row.Columns.Count; k++)
                    Term(text, row.Coefficients[k], row.Columns[k]);
                text.Append(CultureInfo.InvariantCulture, $" {sign} {b}\n");
            }
        }

        text.Append("Binary\n");
        for (var j = 0; j < program.Columns; j++)
            text.Append(CultureInfo.InvariantCulture, $" x{j}\n");
        return text.Append("End\n").ToString();
    }

    private static void Term(StringBuilder text, long coefficient, int column) =>
        text.Append(CultureInfo.InvariantCulture, $" {(coefficient < 0 ? '-' : '+')} {Math.Abs(coefficient)} x{column}{(column % 12 == 11 ? "\n " : "")}");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
