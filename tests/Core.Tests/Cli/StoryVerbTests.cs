using Minka.Cli.Verbs;
using Minka.Core.Territories.Packs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class StoryVerbTests
{
    [Fact]
    public async Task A_faulty_pack_is_refused_whole_in_words_with_file_line_and_column()
    {
        var folder = Directory.CreateTempSubdirectory("minka-pack-").FullName;
        try
        {
            var built = Path.Combine(Root(), "packs", "pe-base");
            foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var provinces = Path.Combine(folder, "provincias.csv");
            await File.AppendAllTextAsync(provinces, (await File.ReadAllLinesAsync(provinces))[1] + "\n");
            await using var told = new StringWriter();
            (await StoryVerb.RunAsync(Path.Combine(folder, "datos"), folder, Path.Combine(folder, "out"), 1, null, told, told)).ShouldBe(2);
            told.ToString().ShouldContain("provincias.csv, línea 198, columna 1: El código 0101 está repetido.");
            told.ToString().ShouldStartWith("El paquete de país se rechaza entero.");
            Directory.Exists(Path.Combine(folder, "out")).ShouldBeFalse();
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_fault_has_its_words()
    {
        foreach (var code in PackFaults.All) PackText.LineOf(new PackFault("f.csv", 1, 2, code, "a", "b", "c")).ShouldNotContain(code + " ");
        PackText.LineOf(new PackFault("f.csv", 1, 2, "utf8", "FF")).ShouldBe("f.csv, línea 1, columna 2: Texto que no es UTF-8 (bytes FF).");
    }

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Minka.slnx"))) at = Path.GetDirectoryName(at)!;
        return at;
    }
}
