using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>A table of members of mixed encodings, from its bytes to its members: read, reviewed, admitted, and the audit after. <c>bench members [rows]</c>.</summary>
static class MemberTables
{
    public static async Task<int> RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("minka-members-").FullName;
        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false, Mode = StartMode.Empty }))
        {
            var secretary = new Actor(null, "secretary");
            var (id, _) = await WithAsync<CreateEntity, (EntityId, string)>(c => c.ExecuteAsync(new EntityInput("Entidad de medida (DEMO)", "fdd-alliance", ["0605"]), secretary));
            var today = LegalTime.DayIn(app.Services.GetRequiredService<TimeProvider>().UtcInstant());
            var file = Table(rows, today);
            var text = $"{rows} rows, {file.Length >> 10} KB, every tenth with a fault, UTF-8 and Windows-1252 lines mixed";
            Console.WriteLine(text);
            await TimeAsync("read and kept", () => WithAsync<StageMembers, int>(async s => (await s.StageAsync(id, file, "miembros.csv", secretary)).Count));
            var good = 0;
            await TimeAsync("reviewed (what each look at the page costs)", () => WithAsync<StageMembers, int>(async s => good = (await s.ReviewAsync(id, today))!.Good.Count));
            await TimeAsync($"{good} admitted, {StageMembers.Portion} an act", () => WithAsync<StageMembers, int>(s => s.AdmitAsync(id, secretary)));
            var (there, distinct) = await WithAsync<AppDb, (int, int)>(async db => (await db.Members.CountAsync(), await db.Members.Select(m => m.Organisation).Distinct().CountAsync()));
            Console.WriteLine($"  members {there}, of {distinct} names");
            if (there != good || distinct != good) return 1;

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

    static byte[] Table(int rows, DateOnly today)
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes("organizacion;clase;grupo;representante;mujer;poder;alterno;desde;hasta\n"));
        var (from, to) = (today.AddDays(-30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), today.AddYears(1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        for (var i = 1; i <= rows; i++)
        {
            var group = i % 10 == 0 ? "marcianos" : "producers";
            var line = string.Create(CultureInfo.InvariantCulture, $"Asociación de Productores Ñuñoa {i};producers-association;{group};José Núñez {i};{(i % 2 == 0 ? "sí" : "no")};Acta {i};María Ibáñez {i};{from};{to}\n");
            bytes.Write((i % 2 == 0 ? Encoding.UTF8 : windows).GetBytes(line));
        }
        return bytes.ToArray();
    }

    static async Task TimeAsync(string what, Func<Task<int>> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {watch.Elapsed.TotalMilliseconds:0} ms"));
    }
}
