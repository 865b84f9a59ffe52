using System.Globalization;
using BenchmarkDotNet.Running;
using Minka.Benchmarks;

switch (args)
{
    case [] or ["help" or "-h" or "--help"]:
        Console.WriteLine("""
            ./minka bench surge [SECONDS=20] [CLIENTS=50] [PORT=5190]
                                          final submissions over HTTP as fast as they are answered: rate, latencies, CPU, memory, audit
            ./minka bench pages [PORT=5190] [SIZE …=196 1891 20000] [--data DIR] [--only TEXT]
                                          every list page at so many rows, as each role: p50, p95, processor time, size;
                                          --data keeps the rows for the next run, --only measures the addresses with a text
            ./minka bench observatory DATA [PORT=5190] [ADDRESS …]
                                          the observatory's pages over a data folder with spending: first answer, p50, p95, processor time, size
            ./minka bench members [ROWS=10000]
                                          a table of members of mixed encodings: read, reviewed, admitted, audited
            ./minka bench bank [ROWS=5000]
                                          a workbook of projects: read, reviewed, taken into the bank, duplicates found, audited
            ./minka bench ballots [VOTERS=1000] [SECONDS=10] [PORT=5190] [--postgres CONNECTION]
                                          a full room over HTTP: arrivals by code, a roll call, then secret ballots, one in ten sent twice: latencies,
                                          count, audit; --postgres measures an empty database there instead of SQLite
            ./minka bench builder [PROJECTS=200] [PORT=5190]
                                          the programme builder over HTTP: each change and the page with all panels that answers it
            ./minka bench select pb DIR   participatory-budget rules over a folder of elections: reading and computing, by rule
            ./minka bench ranking [N=100000]
                                          every ranking mode over N proposals, explanations and second opinions
            ./minka bench select award [DIR] [SECONDS=20]
                                          the exact optimiser on benchmark knapsacks and synthetic calls, beside CBC and GLPK where installed
            ./minka bench spend [ROWS=1000000] [FILE]
                                          spending into a store, its panels, and DuckDB's own COPY of the same file in the same run
            ./minka bench measures        cohesion, simulation, dispersion, internal rates, clustering at their stated sizes
            ./minka bench --filter '*'    formulas and engine (BenchmarkDotNet; '*Award*' for some of them, --list flat for their names)
            Results are printed. Run alone on a quiet machine: everything shares its cores.
            """);
        return 0;
    case ["ranking", .. var rest]:
        Ranking.Run(Number(rest, 0, 100_000));
        return 0;
    case ["spend", .. var rest]:
        return SpendBench.Run(Number(rest, 0, 1_000_000), rest.Length > 1 ? rest[1] : null);
    case ["measures"]:
        MeasuresBench.Run();
        return 0;
    case ["select", "award", .. var award]:
        Minka.Benchmarks.Selection.AwardBench.Run(award.Length > 0 ? award[0] : "../shared/samples/mkp", award.Length > 1 ? double.Parse(award[1], CultureInfo.InvariantCulture) : 20, award.Length > 2 ? award[2] : null);
        return 0;
    case ["select", "pb", var folder]:
        return Minka.Benchmarks.Selection.PbFolder.Run(folder);
    case ["surge", .. var rest]:
        return await Surge.RunAsync(Number(rest, 0, 20), Number(rest, 1, 50), Number(rest, 2, 5190));
    case ["observatory", var data, .. var rest]:
        return await ObservatoryPages.RunAsync(data, Number(rest, 0, 5190), [.. rest.Skip(1)]);
    case ["members", .. var rest]:
        return await MemberTables.RunAsync(Number(rest, 0, 10_000));
    case ["bank", .. var rest]:
        return await BankImport.RunAsync(Number(rest, 0, 5_000));
    case ["builder", .. var rest]:
        return await BuilderPage.RunAsync(Number(rest, 0, 200), Number(rest, 1, 5190));
    case ["ballots", .. var rest]:
        var figures = rest.TakeWhile(s => !s.StartsWith('-')).ToArray();
        return await BallotSurge.RunAsync(Number(figures, 0, 1_000), Number(figures, 1, 10), Number(figures, 2, 5190), Option(rest, "--postgres"));
    case ["pages", .. var rest]:
        var numbers = rest.TakeWhile(s => !s.StartsWith('-')).ToArray();
        return await Pages.RunAsync(Number(numbers, 0, 5190), numbers.Length > 1 ? [.. numbers.Skip(1).Select(s => int.Parse(s, CultureInfo.InvariantCulture))] : [196, 1_891, 20_000],
            Option(rest, "--data"), Option(rest, "--only"));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Surge).Assembly).Run(args);
        return 0;
}

static string? Option(string[] rest, string name) => Array.IndexOf(rest, name) is >= 0 and var at && at + 1 < rest.Length ? rest[at + 1] : null;

static int Number(string[] rest, int at, int otherwise) => at < rest.Length ? int.Parse(rest[at], CultureInfo.InvariantCulture) : otherwise;
