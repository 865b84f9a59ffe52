using System.Diagnostics;
using System.Globalization;
using System.Text;
using Minka.Observatory.Duck;
using Minka.Observatory.Generating;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Benchmarks;

/// <summary>Generated spending: our import and panels, and DuckDB writing the same file's Parquet by one COPY, in one run.</summary>
static class SpendBench
{
    public static int Run(int rows, string? file)
    {
        var folder = Directory.CreateTempSubdirectory("minka-bench-spend-").FullName;
        try
        {
            if (!DuckLibrary.IsHere)
            {
                Console.WriteLine("DuckDB is missing: cd native && npm ci --ignore-scripts");
                return 2;
            }
            var path = file ?? Path.Combine(folder, "2024-Gasto.csv");
            if (file is null)
            {
                using var text = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
                Measure("generate", () => SpendGenerator.Write(text, GeneratedKind.Monthly, rows, 1));
            }
            Console.WriteLine($"{new FileInfo(path).Length / 1e6:0} MB, DuckDB {DuckLibrary.Version}, 2 threads, load {File.ReadAllText("/proc/loadavg").Trim()}");
            var store = SpendStore.Open(Path.Combine(folder, "store"));
            var ours = Measure("import", () => new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions()));
            Measure("projects prepared", () => new SpendPanels(store).PrepareProjects());
            Console.WriteLine($"peak memory {Peak()} MB; Parquet {Size(Path.Combine(folder, "store", "tables")) / 1e6:0} MB");
            foreach (var (by, amount) in ((PanelBy, PanelAmount)[])[(PanelBy.Province, PanelAmount.Pim), (PanelBy.Province, PanelAmount.Pim), (PanelBy.District, PanelAmount.Pim), (PanelBy.Department, PanelAmount.Devengado), (PanelBy.Country, PanelAmount.Pim)])
                Measure($"panel {by} {amount}", () => new SpendPanels(store).Read(by, amount));
            Measure("all other panels", () => new SpendPanels(store).PrepareAll());
            Console.WriteLine($"peak memory {Peak()} MB");

            var all = Copy("*", "all 63 columns");
            var same = Copy(Kept, "the columns that the store keeps");
            // The store keeps codes as they stand, with their zeros; DuckDB's reader by itself takes most for numbers.
            var told = Copy(Kept, "the columns that the store keeps, as the store keeps them, with the file's digest", true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import / COPY: {ours / all:0.00} of all columns, {ours / same:0.00} of the same columns, {ours / told:0.00} of the same columns and types with a digest"));
            return 0;

            double Copy(string columns, string name, bool asKept = false)
            {
                var to = Path.Combine(folder, "copy").Replace('\\', '/');
                if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
                using var database = DuckDatabase.Open(null, 2, 3_000, Path.Combine(folder, "spill"));
                var types = asKept
                    ? "{" + string.Join(", ", Kept.Split(", ").Select(c => $"'{c}': '{(c.StartsWith("MONTO", StringComparison.Ordinal) ? "DECIMAL(18,2)" : c is "ANO_EJE" or "MES_EJE" ? "INTEGER" : "VARCHAR")}'")) + "}"
                    : "{'DEPARTAMENTO_EJECUTORA': 'VARCHAR', 'PROVINCIA_EJECUTORA': 'VARCHAR', 'DISTRITO_EJECUTORA': 'VARCHAR'}";
                var cpu = Measure($"COPY of {name}", () =>
                {
                    database.Run($"COPY (SELECT {new Sql(columns)} FROM read_csv({path}, types = {new Sql(types)})) TO {to} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (ANO_EJE, DEPARTAMENTO_EJECUTORA))");
                    if (!asKept) return;
                    using var text = File.OpenRead(path);
                    System.Security.Cryptography.SHA256.HashData(text);
                });
                Console.WriteLine($"Parquet {Size(to) / 1e6:0} MB");
                return cpu;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    const string Kept =
        "ANO_EJE, MES_EJE, NIVEL_GOBIERNO, SEC_EJEC, DEPARTAMENTO_EJECUTORA, PROVINCIA_EJECUTORA, DISTRITO_EJECUTORA, DEPARTAMENTO_META, TIPO_ACT_PROY, PRODUCTO_PROYECTO, FUNCION, RUBRO, "
        + "MONTO_PIA, MONTO_PIM, MONTO_CERTIFICADO, MONTO_COMPROMETIDO_ANUAL, MONTO_COMPROMETIDO, MONTO_DEVENGADO, MONTO_GIRADO";

    static double Measure(string name, Action run)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        run();
        process.Refresh();
        var took = (process.TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {took:0.00} s CPU, {Stopwatch.GetElapsedTime(wall).TotalSeconds:0.00} s wall"));
        return took;
    }

    static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }

    static long Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
}
