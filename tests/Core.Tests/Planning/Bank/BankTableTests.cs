using System.Text;
using Minka.Core.Planning.Bank;
using Minka.Measures.Numerics;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class BankTableTests
{
    static readonly string[] Head = ["Código", "Nombre del proyecto", "Distrito", "Monto total", "Responsable"];

    [Fact]
    public void Workbook_WithAliasesUnderATitle_IsReadAndNamesWhatItDrops()
    {
        var table = BankTable.Read(Workbooks.Of([["CARTERA DE LA PROVINCIA"], [], Head, ["R1", "Riego", 60501m, 1234567.8m, "Una Persona"]]));
        table.Faults.ShouldBeEmpty();
        table.Dropped.ShouldBe(["Responsable"]);
        var line = table.Lines.Single();
        (line.Line, line["titulo"], line["distritos"], line["costo"]).ShouldBe((4, "Riego", "60501", "1234567.8"));
        line.Cells.ShouldNotContain("Una Persona");
    }

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [], "empty" },
        { Workbooks.Of([Head], macros: true), "xlsx-macros" },
        { Workbooks.Of([["Relación", "de obras"], ["1", "2"]], sheet: "Portada"), "wrong-sheet" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "old-excel" },
        { "%PDF-1.7"u8.ToArray(), "not-a-table" },
        { Encoding.UTF8.GetBytes("titulo;costo\n\"Riego;1"), "quote-open" },
        { Encoding.UTF8.GetBytes("titulo;costo\n"), "empty" },
        { Encoding.UTF8.GetBytes("nombre;titulo;costo\na;b;1"), "column-twice" },
        { Encoding.UTF8.GetBytes("codigo;costo\na;1"), "column-missing" },
        { Encoding.UTF8.GetBytes("titulo;costo\n" + string.Concat(Enumerable.Repeat("a;1\n", 100_000))), "rows" },
        { new byte[BankTable.MostBytes + 1], "file-large" },
    };

    [Theory, MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void File_ThatCannotBeRead_SaysWhy(byte[] file, string code) => BankTable.Read(file).Faults[0].Code.ShouldBe(code);

    [Fact]
    public void Workbook_FormulasAndMergedCells_AreReadAndTold()
    {
        var table = BankTable.Read(Workbooks.Of([Head, ["R1", "Riego", "060501", "=SUM(A1:A2)|1500", ""], ["R2", "Canal", "", 200m, ""]], merged: "C2:C3"));
        table.Lines[0]["costo"].ShouldBe("1500");
        table.Lines[0].Notes.Single().ShouldSatisfyAllConditions(n => n.Code.ShouldBe("formula"), n => n.Args.ShouldBe(["=SUM(A1:A2)", "1500"]));
        table.Lines[1]["distritos"].ShouldBe("060501");
        table.Lines[1].Notes.Single().ShouldSatisfyAllConditions(n => n.Code.ShouldBe("merged"), n => n.Args[0].ShouldBe("C2:C3"));
    }

    /// <summary>A number of three decimals must not become thousands.</summary>
    [Theory]
    [InlineData(1234.567, "1234.5670")]
    [InlineData(99920182.65000001, "99920182.65")]
    [InlineData(0.30000000000000004, "0.3")]
    [InlineData(5000000, "5000000")]
    public void Number_OfAWorkbook_KeepsItsMeaning(double stored, string read) =>
        BankTable.Read(Workbooks.Of([Head, ["R1", "Riego", "", stored, ""]])).Lines.Single()["costo"].ShouldBe(read);

    /// <summary>Whatever stands in cells, text written by the rules of CSV and a workbook read back the same.</summary>
    [Fact]
    public void Cells_OfAnyText_ReadBackFromTextAndWorkbook()
    {
        const string Signs = "ab ñ;,\"'\n\t1.é|";
        var draws = new SeededDraws(11);
        for (var round = 0; round < 200; round++)
        {
            var rows = Enumerable.Range(0, 1 + draws.Below(5)).Select(_ => Enumerable.Range(0, 3).Select(c => (c == 0 ? "x" : "") + string.Concat(Enumerable.Range(0, draws.Below(8)).Select(_ => Signs[draws.Below(Signs.Length)]))).ToArray()).ToList();
            var text = "titulo;problema;objetivo\n" + string.Concat(rows.Select(r => string.Join(';', r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            var expected = rows.Select(r => r.Select(c => c.Trim()));
            BankTable.Read(Encoding.UTF8.GetBytes(text)).Lines.Select(Cells).ShouldBe(expected);
            BankTable.Read(Workbooks.Of([["titulo", "problema", "objetivo"], .. rows])).Lines.Select(Cells).ShouldBe(expected);
        }

        static IEnumerable<string> Cells(BankLine line) => [line["titulo"], line["problema"], line["objetivo"]];
    }

    /// <summary>Random bytes are a table or a fault, never a crash.</summary>
    [Fact]
    public void Bytes_AtRandom_AreATableOrAFault()
    {
        var draws = new SeededDraws(3);
        var book = Workbooks.Of([Head, ["R1", "Riego", "060501", 5m, "x"]]);
        for (var round = 0; round < 300; round++)
        {
            var bytes = round % 2 == 0 ? [.. Enumerable.Range(0, draws.Below(200)).Select(_ => (byte)draws.Below(256))] : (byte[])book.Clone();
            if (round % 2 == 1) bytes[draws.Below(bytes.Length)] ^= (byte)(1 + draws.Below(255));
            var table = BankTable.Read(bytes);
            (table.Lines.Count + table.Faults.Count).ShouldBeGreaterThan(0);
        }
    }
}
