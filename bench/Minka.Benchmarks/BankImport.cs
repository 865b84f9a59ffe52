using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>A workbook of projects, from its bytes to the bank: read, reviewed, taken in, possible duplicates found, and the audit after. <c>bench bank [rows]</c>.</summary>
static class BankImport
{
    static readonly string[] Works = ["Riego tecnificado", "Reservorio nocturno", "Camino vecinal", "Planta de beneficio", "Vivero comunal", "Posada rural", "Canal de conducción", "Feria de ganado"];

    public static async Task<int> RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("minka-bank-").FullName;
        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false, Mode = StartMode.Empty }))
        {
            var manager = new Actor(null, "manager");
            var (id, _) = await WithAsync<CreateEntity, (EntityId, string)>(c => c.ExecuteAsync(new EntityInput("Entidad de medida (DEMO)", "fdd-alliance", ["0605"]), new Actor(null, "secretary")));
            var file = Workbook(rows);
            Console.WriteLine($"{rows} projects, {file.Length >> 10} KB of XLSX");
            var whole = Stopwatch.StartNew();
            await TimeAsync("read and kept", () => WithAsync<StageProjects, int>(async s => (await s.StageAsync(id, file, "cartera.xlsx", manager)).Faults.Count));
            await TimeAsync("reviewed (what each look at the page costs)", () => WithAsync<StageProjects, int>(async s => (await s.ReviewAsync(id))!.Good.Count));
            await TimeAsync($"taken in, {StageProjects.Portion} an act", () => WithAsync<StageProjects, int>(s => s.AdmitAsync(id, manager)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  whole import {whole.Elapsed.TotalSeconds:0.00} s"));
            await TimeAsync("possible duplicates", () => WithAsync<DuplicateList, int>(async d => (await d.OpenAsync(id)).Count));
            await TimeAsync("first page of the bank", () => WithAsync<BankList, int>(async l => (await l.PageAsync(id, new(), 1)).Total));
            if (await WithAsync<AppDb, int>(db => db.Projects.CountAsync()) != rows) return 1;

            async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
                where TService : notnull
            {
                await using var scope = app.Services.CreateAsyncScope();
                return await use(scope.ServiceProvider.GetRequiredService<TService>());
            }
        }
        var audit = await Audit.RunAsync(new DbSettings(folder));
        Console.WriteLine($"  audit: {audit.Findings.Count} findings over {audit.Rows} rows; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return audit.Findings.Count == 0 ? 0 : 1;
    }

    static byte[] Workbook(int rows)
    {
        const string Ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "xl/workbook.xml", w => w.Write($"<workbook {Ns} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Cartera\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
            Write(zip, "xl/_rels/workbook.xml.rels", w => w.Write("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
            Write(zip, "xl/worksheets/sheet1.xml", w =>
            {
                w.Write($"<worksheet {Ns}><sheetData>");
                Row(w, 1, ["titulo", "tipo", "etapa", "problema", "objetivo", "cadena", "mujeres", "varones", "costo", "aporte_fondo", "aporte_distrito", "anio", "inicio", "meses"]);
                for (var i = 0; i < rows; i++)
                {
                    var n = i.ToString(CultureInfo.InvariantCulture);
                    Row(w, i + 2, [$"{Works[i % Works.Length]} del caserío {n} (DEMO)", "proyecto", "perfil", "Falta agua en la temporada seca", $"Atender a las familias del caserío {n}", "café", "40", "35", "150000.50", "100000", "50000.50", "2027", "2027-03", "8"]);
                }
                w.Write("</sheetData></worksheet>");
            });
        }
        return memory.ToArray();
    }

    static void Row(TextWriter w, int number, string[] cells)
    {
        w.Write(string.Create(CultureInfo.InvariantCulture, $"<row r=\"{number}\">"));
        foreach (var cell in cells) w.Write($"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
        w.Write("</row>");
    }

    static void Write(ZipArchive zip, string name, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        write(writer);
    }

    static async Task TimeAsync(string what, Func<Task<int>> run)
    {
        var clock = Stopwatch.StartNew();
        var answer = await run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {clock.Elapsed.TotalSeconds:0.00} s ({answer})"));
    }
}
