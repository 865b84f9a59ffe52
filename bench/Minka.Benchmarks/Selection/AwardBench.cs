using System.Diagnostics;
using System.Globalization;
using System.Text;
using Minka.Selection.Optimal;

namespace Minka.Benchmarks.Selection;

/// <summary>
/// <c>bench select award [FOLDER] [SECONDS] [NAMES]</c>: the exact optimiser on the benchmark knapsacks of a folder and on synthetic calls, with
/// the CPU time of CBC and GLPK on the same instances in the same run where they are installed. They are oracles only; the product never
/// calls them. NAMES limits it to files, or to <c>calls</c>, <c>large</c>, <c>explain</c>; separated by commas.
/// </summary>
static class AwardBench
{
    public static void Run(string folder, double seconds, string? names)
    {
        Console.WriteLine($"load {File.ReadAllText("/proc/loadavg").Trim()}; CPU seconds; limit {Number(seconds)} s");
        var wanted = names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool Wanted(string name) => wanted is null || wanted.Contains(name);

        // The first solves pay for compilation of the code; they are not counted.
        ExactSolver.Solve(Programs(folder, "mknapcb1").First().Program, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(2) });
        foreach (var size in (int[])[100, 200, 300])
            AwardOptimiser.Solve(SyntheticCall.Make(99, size, 12, 4, size * 8 / 100), new SolveOptions { TimeLimit = TimeSpan.FromSeconds(2) });
        foreach (var file in Directory.GetFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(Wanted).Order(StringComparer.Ordinal))
            Knapsacks(folder, file, seconds);
        if (Wanted("calls"))
            Calls(seconds);
        if (Wanted("large"))
            Large();
        if (Wanted("explain"))
            Explanations(Math.Min(seconds, 3.5));
        using var own = Process.GetCurrentProcess();
        Console.WriteLine($"peak memory {own.PeakWorkingSet64 >> 20} MB; load {File.ReadAllText("/proc/loadavg").Trim()}");
    }

    private static void Knapsacks(string folder, string file, double seconds)
    {
        Header();
        double total = 0, cbc = 0;
        var (proved, faster, count) = (0, 0, 0);
        foreach (var (name, program) in Programs(folder, file))
        {
            var (own, _, result) = Timed(() => ExactSolver.Solve(program, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(seconds) }));
            var other = Cbc(program, seconds, result.Status == SolveStatus.Optimal ? result.Objective : null);
            var glpk = count == 0 ? Glpk(program, seconds) : double.NaN;
            Row(name, result.Status, result.Objective, result.Gap, result.Nodes, own, other, glpk);
            total += own;
            cbc += other;
            proved += result.Status == SolveStatus.Optimal ? 1 : 0;
            faster += own < other ? 1 : 0;
            count++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {proved} of {count} proved, ours {total:0.00} s, cbc {cbc:0.00} s, faster in {faster}"));
    }

    // Calls of 500 proposals, two threads: wall and CPU time of the whole solve, canonical list included.
    private static void Calls(double seconds)
    {
        Header();
        var (walls, cpus) = (new List<double>(), new List<double>());
        var proved = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var model = SyntheticCall.Make(seed, 500, 25, 4, 40);
            var (own, wall, outcome) = Timed(() => AwardOptimiser.Solve(model, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(seconds), Threads = 2 }));
            var stage = outcome.Stages[0];
            var other = seed <= 3 ? Cbc(new AwardProgram(model).Program, 20, outcome.Status == SolveStatus.Optimal ? stage.Value : null) : double.NaN;
            Row(model.Name, outcome.Status, stage.Value, (stage.Bound - stage.Value) / (double)Math.Max(1, stage.Value), outcome.Nodes, own, other, double.NaN);
            walls.Add(wall);
            cpus.Add(own);
            proved += outcome.Status == SolveStatus.Optimal ? 1 : 0;
        }

        walls.Sort();
        cpus.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"500 proposals, 2 threads: {proved} of {walls.Count} proved; wall median {walls[walls.Count / 2]:0.00} s, max {walls[^1]:0.00} s, {walls.Count(w => w < 1)} under 1 s; CPU median {cpus[cpus.Count / 2]:0.00} s, max {cpus[^1]:0.00} s"));
    }

    private static void Large()
    {
        Header();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var model = SyntheticCall.Make(seed, 5_000, 25, 4, 400);
            var (own, wall, outcome) = Timed(() => AwardOptimiser.Solve(model, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(10) }));
            var stage = outcome.Stages.Count > 0 ? outcome.Stages[0] : null;
            Row(model.Name, outcome.Status, stage?.Value, stage is null ? null : (stage.Bound - stage.Value) / (double)Math.Max(1, stage.Value), outcome.Nodes, own, double.NaN, double.NaN);
            Console.WriteLine($"  wall {Number(Math.Round(wall, 2))} s");
        }
    }

    // All explanations of calls of 500 proposals within one time, two threads; then a sample decided again, figure by figure.
    private static void Explanations(double seconds)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var model = SyntheticCall.Make(seed, 500, 25, 4, 40);
            var outcome = AwardOptimiser.Solve(model, new SolveOptions { Threads = 2 });
            var (own, wall, told) = Timed(() => AwardExplanations.Of(model, outcome, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(seconds), Threads = 2 }).Proposals);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"explanations of {model.Name}: {told.Count} proposals, wall {wall:0.00} s, CPU {own:0.00} s"));
            Ranges("margin, points", told.Where(e => e.Funded).Select(e => e.MarginRange), 100);
            Ranges("score, points", told.Where(e => !e.Funded).Select(e => e.ScoreRange), 100);
            Ranges("budget, % of it", told.Where(e => !e.Funded).Select(e => e.BudgetRange), model.Budget / 100.0);
            Ranges("request, 1,000", told.Where(e => !e.Funded).Select(e => e.RequestRange), 100_000);
            Console.WriteLine($"  no budget {told.Count(e => e.NoBudget)}, no request {told.Count(e => e.NoRequest)}");
            if (seed > 1)
                continue;
            var checks = told.Where((_, k) => k % 25 == 7).SelectMany(e => ExplanationCheck.Of(model, e, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(5), Threads = 2 })).ToList();
            Console.WriteLine($"  decided again: {checks.Count(c => c.Passed == true)} hold, {checks.Count(c => c.Passed == false)} do not, {checks.Count(c => c.Passed is null)} stopped by the limit");
        }
    }

    private static void Ranges(string name, IEnumerable<Bracket?> ranges, double unit)
    {
        var all = ranges.ToList();
        var widths = all.Where(r => r is { Low: not null, High: not null }).Select(r => (r!.High!.Value - r.Low!.Value) / unit).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-16} {all.Count(r => r is { IsExact: true }),4} exact, {widths.Count,4} with both ends (median {widths.ElementAtOrDefault(widths.Count / 2):0.00}, 90 % {widths.ElementAtOrDefault(widths.Count * 9 / 10):0.00}), {all.Count(r => r is not null) - widths.Count,4} with one, {all.Count(r => r is null),4} with none"));
    }

    private static void Header() => Console.WriteLine($"{"instance",-34} {"status",-9} {"objective",12} {"gap %",8} {"nodes",9} {"ours",8} {"cbc",8} {"glpk",8}");

    private static IEnumerable<(string Name, ZeroOneProgram Program)> Programs(string folder, string file) =>
        AwardFile.Read(File.ReadAllBytes(Path.Combine(folder, file + ".json"))).Select(t => (t.Name, t.Program!));

    private static (double Cpu, double Wall, T Result) Timed<T>(Func<T> solve)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var result = solve();
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalSeconds, wall, result);
    }

    private static void Row(string name, SolveStatus status, long? objective, double? gap, long nodes, double own, double cbc, double glpk) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {status,-9} {objective,12} {100 * (gap ?? double.NaN),8:0.0000} {nodes,9} {own,8:0.00} {cbc,8:0.00} {glpk,8:0.00}"));

    private static double Cbc(ZeroOneProgram program, double seconds, long? ours) => WithFile(program, lp => Oracle("cbc", [lp, "sec", Number(seconds), "solve", "quit"], ours));

    private static double Glpk(ZeroOneProgram program, double seconds) => WithFile(program, lp => Oracle("glpsol", ["--lp", lp, "--tmlim", Number(seconds)], null));

    private static double WithFile(ZeroOneProgram program, Func<string, double> run)
    {
        var lp = Path.GetTempFileName() + ".lp";
        File.WriteAllText(lp, LpText(program));
        try
        {
            return run(lp);
        }
        finally
        {
            File.Delete(lp);
        }
    }

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
