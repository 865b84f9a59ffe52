using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.Observatory.Describing;
using Minka.Observatory.Generating;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Tests;

public sealed class SpendVerbTests
{
    // goldens/methods/fragmentation.json, uneven5, in every way that a list may be written.
    [Theory]
    [InlineData("10\n20\n30\n40\n100\n")]
    [InlineData("10\r\n20\r\n30\r\n\r\n40\r\n100")]
    [InlineData("\uFEFFmonto\n10\n20\n30\n40\n100\n")]
    [InlineData("proyecto;monto\na;10\nb;20\nc;30\nd;40\ne;100\n")]
    [InlineData("10;20;30;40;100")]
    [InlineData("[10, 20, 30.0, 40, \"100\"]")]
    [InlineData("""{"values": [10, 20, 30, 40, 1e2]}""")]
    public async Task Indicators_List_IsReadAndMeasured(string text)
    {
        var (code, json) = await IndicatorsAsync(text);
        code.ShouldBe(0);
        json["n"]!.GetValue<int>().ShouldBe(5);
        json["hhi"]!.GetValue<double>().ShouldBe(0.325, 1e-12);
        json["gini_population"]!.GetValue<double>().ShouldBe(0.4, 1e-12);
        json["eff_number_q1"]!.GetValue<double>().ShouldBe(3.7926853107656178, 1e-12);
        json["theil_T"]!.GetValue<double>().ShouldBe(0.27636361895732137, 1e-12);
        json["share_lt_100k"]!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public async Task Indicators_Undefined_AreNull()
    {
        var (_, json) = await IndicatorsAsync("0\n0\n");
        json.ContainsKey("hhi").ShouldBeTrue();
        json["hhi"].ShouldBeNull();
        json["gini_population"].ShouldBeNull();
        json["total"]!.GetValue<double>().ShouldBe(0);
    }

    [Theory]
    [InlineData("10\nNaN\n", "line 2")]
    [InlineData("10\n-5\n", "line 2")]
    [InlineData("10\n1 234\n", "line 2")]
    [InlineData("1,234,567\n", "line 1")]
    [InlineData("[1, null]", "$[1]")]
    [InlineData("[1, NaN]", "line 1")]
    [InlineData("", "the file")]
    [InlineData("a;b\n1;2\n3;4\n", "line 1")]
    public async Task Indicators_BadInput_NamesThePlace(string text, string place)
    {
        var (code, json) = await IndicatorsAsync(text);
        code.ShouldBe(2);
        json["message"]!.GetValue<string>().ShouldStartWith(place);
    }

    [Fact]
    public async Task Indicators_SeveralColumns_TheNamedOne() => (await IndicatorsAsync("a;b\n1;2\n3;4\n", "B")).Report["total"]!.GetValue<double>().ShouldBe(6);

    [Fact]
    public void Generate_SameSeed_SameBytes()
    {
        foreach (var kind in Enum.GetValues<GeneratedKind>())
        {
            Digest(kind, 3).ShouldBe(Digest(kind, 3));
            Digest(kind, 3).ShouldNotBe(Digest(kind, 4));
        }

        static string Digest(GeneratedKind kind, long seed) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text(kind, 2_000, seed))));
    }

    [Fact]
    public void Generate_Monthly_HasTheSchemaAndTheMarginals()
    {
        SpendGenerator.MonthlyColumns.Count.ShouldBe(63);
        var rows = Rows(Text(GeneratedKind.Monthly, 60_000, 1));
        rows.Count.ShouldBe(60_001);
        rows.ShouldAllBe(r => r.Length == 63);
        int Column(string name) => SpendGenerator.MonthlyColumns.ToList().IndexOf(name);
        var (month, pim, accrued, level) = (Column("MES_EJE"), Column("MONTO_PIM"), Column("MONTO_DEVENGADO"), Column("NIVEL_GOBIERNO"));
        static double Number(string s) => double.Parse(s, System.Globalization.CultureInfo.InvariantCulture);
        // Month 0 carries budgets and no flow, the others flows and no budget.
        rows.Skip(1).All(r => r[month] == "0" ? Number(r[accrued]) == 0 : Number(r[pim]) == 0).ShouldBeTrue();
        double[] budgets = [.. rows.Skip(1).Where(r => r[month] == "0" && r[level] == "M").Select(r => Number(r[pim])).Order()];
        budgets[budgets.Length / 2].ShouldBeInRange(80_000, 125_000);
        ((double)budgets.Count(b => b <= 1_000_000) / budgets.Length).ShouldBeInRange(0.85, 0.93);
        var local = rows.Skip(1).Where(r => r[level] == "M").ToList();
        (local.Where(r => r[month] == "12").Sum(r => Number(r[accrued])) / local.Sum(r => Number(r[accrued]))).ShouldBeGreaterThan(0.15);
    }

    [Fact]
    public void Generate_Investments_DescribesItself()
    {
        SpendGenerator.InvestmentColumns.Count.ShouldBe(68);
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-spend-").FullName, "DETALLE_INVERSIONES.csv");
        File.WriteAllText(path, Text(GeneratedKind.Investments, 20_000, 5));
        var d = FileDescription.Of(path);
        (d.Kind, d.Rows, d.UbigeoPadded).ShouldBe(("detalle-inversiones", 20_000, 0));
        (d.Projects < 20_000 && d.AmountTotal < d.AmountOverRows).ShouldBeTrue();
        d.Traps.ShouldNotContain(t => t.Code == "columns-other" || t.Code == "row-width" || t.Code == "amount-disagrees");
        d.Traps.ShouldContain(t => t.Code == "code-empty");
    }

    [Fact]
    public async Task Describe_Json_HasItsFieldsAndSaysFaults()
    {
        var folder = Directory.CreateTempSubdirectory("minka-spend-").FullName;
        var path = Path.Combine(folder, "gasto.csv.gz");
        (await SpendGenerate.RunAsync(500, 1, path, "gasto-mensual", 2024, TextWriter.Null, TextWriter.Null)).ShouldBe(0);
        using var output = new StringWriter();
        (await SpendDescribe.RunAsync(path, null, null, true, "es", output, TextWriter.Null)).ShouldBe(0);
        var json = JsonNode.Parse(output.ToString())!.AsObject();
        json["kind"]!.GetValue<string>().ShouldBe("gasto-mensual");
        json["rows"]!.GetValue<long>().ShouldBe(500);
        json["byYear"]!["2024"]!["budget"]!.GetValue<decimal>().ShouldBe(json["amountTotal"]!.GetValue<decimal>());
        foreach (var language in new[] { "es", "en" })
        {
            File.WriteAllText(Path.Combine(folder, "x.csv"), "a,b\n");
            using var told = new StringWriter();
            (await SpendDescribe.RunAsync(Path.Combine(folder, "x.csv"), null, null, true, language, told, TextWriter.Null)).ShouldBe(2);
            JsonNode.Parse(told.ToString())!["message"]!.GetValue<string>().ShouldContain("a, b");
        }

        (await SpendDescribe.RunAsync(Path.Combine(folder, "none.csv"), null, null, false, "es", TextWriter.Null, TextWriter.Null)).ShouldBe(2);
        (await SpendGenerate.RunAsync(-1, 1, path, "gasto-mensual", 2024, TextWriter.Null, TextWriter.Null)).ShouldBe(2);
    }

    private static string Text(GeneratedKind kind, long rows, long seed)
    {
        using var text = new StringWriter();
        SpendGenerator.Write(text, kind, rows, seed);
        return text.ToString();
    }

    private static List<string[]> Rows(string text)
    {
        using var rows = new CsvRows(new StringReader(text), ',');
        var row = new TableRow();
        var all = new List<string[]>();
        while (rows.Read(row))
            all.Add([.. Enumerable.Range(0, row.Count).Select(c => row[c].ToString())]);
        return all;
    }

    private static async Task<(int Code, JsonObject Report)> IndicatorsAsync(string text, string? column = null)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-spend-").FullName, "values");
        await File.WriteAllTextAsync(path, text);
        using var output = new StringWriter();
        var code = await SpendVerb.RunIndicatorsAsync(path, column, true, output, TextWriter.Null);
        return (code, JsonNode.Parse(output.ToString())!.AsObject());
    }
}
