using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Minka.Observatory.Generating;

namespace Minka.Cli.Verbs;

/// <summary><c>spend generate --rows N --seed S --out FILE</c>: a file of the ministry's true schema with real marginals and invented names.</summary>
static class SpendGenerate
{
    static readonly Dictionary<string, GeneratedKind> Kinds = new(StringComparer.Ordinal) { ["gasto-mensual"] = GeneratedKind.Monthly, ["detalle-inversiones"] = GeneratedKind.Investments };

    public static Command Create()
    {
        var rows = new Option<long>("--rows") { Description = "Data rows.", Required = true };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same bytes.", DefaultValueFactory = _ => 1 };
        var file = new Option<string>("--out") { Description = "Where to write; .gz is packed.", Required = true };
        var kind = new Option<string>("--kind") { Description = string.Join(" or ", Kinds.Keys) + ".", DefaultValueFactory = _ => "gasto-mensual" };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var year = new Option<int>("--year") { Description = "Year of spending.", DefaultValueFactory = _ => 2024 };
        var command = new Command("generate", "Writes a file of the ministry's true schema, of any size, with the marginals of real ones.") { Options = { rows, seed, file, kind, year } };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(rows), parsed.GetValue(seed), parsed.GetValue(file)!, parsed.GetValue(kind)!, parsed.GetValue(year), Console.Out, Console.Error));
        return command;
    }

    /// <returns>0 written; 2 it could not be, with the reason.</returns>
    public static async Task<int> RunAsync(long rows, long seed, string path, string kind, int year, TextWriter output, TextWriter errors)
    {
        if (rows < 0 || year is < 2000 or > 2099)
        {
            await errors.WriteLineAsync(rows < 0 ? "spend generate: --rows: write zero or more" : "spend generate: --year: write a year from 2000 to 2099");
            return 2;
        }
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            await using Stream packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
            await using var text = new StreamWriter(packed, new UTF8Encoding(false), 1 << 20);
            SpendGenerator.Write(text, Kinds[kind], rows, seed, year);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"spend generate: {path}: {e.Message}");
            return 2;
        }
        await output.WriteLineAsync($"{path}\t{rows}\t{new FileInfo(path).Length}");
        return 0;
    }
}
