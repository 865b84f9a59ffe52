using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Story;
using Minka.Core.Territories;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>
/// Every list page at 196, 1,891 and 20,000 rows, as each role that may open it. The rows are copies of those of a whole story,
/// each written by an act of its own, so that the register grows as much. <c>bench pages [port] [sizes …] [--data DIR] [--only TEXT]</c>.
/// </summary>
static partial class Pages
{
    const int Rounds = 40;

    /// <param name="kept">A folder that outlives the run, and is filled further by the next; null for one of this run alone.</param>
    /// <param name="only">Measure the addresses with this text; null for all.</param>
    public static async Task<int> RunAsync(int port, IReadOnlyList<int> sizes, string? kept = null, string? only = null)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("minka-pages-").FullName;
        var rows = File.Exists(new DbSettings(folder).SqlitePath) ? await CopiesAsync(folder) : -1;
        if (rows < 0)
        {
            Console.WriteLine($"living a story in {folder} …");
            await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false }))
                await new FundStory(app.Services, app.Services.GetRequiredService<MovableClock>(), _ => { }).RunAsync(demo: true);
            rows = 0;
        }
        var worst = 0d;
        foreach (var size in sizes)
        {
            var watch = Stopwatch.StartNew();
            if (rows > size) throw new ArgumentException($"{folder} has {rows} rows of each kind already");
            await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false }))
                await CopyAsync(app.Services, rows, size);
            rows = size;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} rows of each kind ({watch.Elapsed.TotalSeconds:0} s to write them, an act each)"));
            await using var server = await ServerProcess.StartAsync(folder, port);
            worst = Math.Max(worst, await MeasureAsync(server, folder, size, only));
            Console.WriteLine($"  peak memory of the server {server.PeakMemory >> 20} MB");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worst p95: {worst:0} ms"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (kept is null) Directory.Delete(folder, recursive: true);
        return 0;
    }

    static async Task<int> CopiesAsync(string folder)
    {
        await using var db = new AppDb(new DbSettings(folder).ReadOptions());
        return await db.CoordinationEntities.CountAsync(e => e.Slug.StartsWith("copia-"));
    }

    static async Task<double> MeasureAsync(ServerProcess server, string folder, int size, string? only)
    {
        await using var db = new AppDb(new DbSettings(folder).ReadOptions());
        var entity = await db.CoordinationEntities.OrderBy(e => e.CreatedAt).Select(e => new { e.Id, e.Slug }).FirstAsync();
        var fund = await db.Funds.Select(f => f.Slug).FirstAsync();
        var call = await db.Calls.OrderBy(c => c.CreatedAt).Select(c => c.Slug).FirstAsync();
        var of = await db.RoleGrants.Where(g => g.ScopeId == entity.Id.Value).ToListAsync();
        var admin = await db.RoleGrants.Where(g => g.Role == Role.Admin).Select(g => g.PersonId).FirstAsync();
        var auditor = await db.RoleGrants.Where(g => g.Role == Role.Auditor).Select(g => g.PersonId).FirstAsync();
        var fundRoles = await db.RoleGrants.Where(g => g.ScopeKind == ScopeKind.Fund).ToListAsync();
        var people = new Dictionary<string, Guid?>(StringComparer.Ordinal)
        {
            ["public"] = null,
            ["admin"] = admin,
            ["auditor"] = auditor,
            ["operator"] = fundRoles.First(g => g.Role == Role.Operator).PersonId,
            ["board"] = fundRoles.First(g => g.Role == Role.Board).PersonId,
            ["evaluator"] = fundRoles.First(g => g.Role == Role.Evaluator).PersonId,
            ["manager"] = of.First(g => g.Role == Role.Manager).PersonId,
            ["secretary"] = of.First(g => g.Role == Role.Secretary).PersonId,
        };
        string[] addresses =
        [
            "/", "/entidades", "/entidades?q=alianza", "/entidades?lugar=" + "15", $"/entidades/{entity.Slug}", $"/entidades/{entity.Slug}/miembros", $"/entidades/{entity.Slug}/acuerdos", $"/entidades/{entity.Slug}/programas",
            "/programas", "/programas?q=programa", "/convocatorias", "/resultados", $"/resultados/{call}", "/convenios", "/registro", "/registro?de=benchmark", "/registro/cabezas", "/territorios", "/territorios?q=copia",
            "/administracion/personas", "/administracion/personas?q=copia", "/administracion/avisos", "/fondos", $"/fondos/{fund}", $"/fondos/{fund}/acreditaciones", $"/convocatorias/{call}", $"/convocatorias/{call}/preguntas",
            $"/convocatorias/{call}/admisibilidad", $"/convocatorias/{call}/gestion", $"/convocatorias/{call}/evaluacion", "/evaluaciones", "/mi-bandeja", "/reglas",
        ];
        var worst = 0d;
        foreach (var (role, person) in people)
        {
            using var client = await SignedInAsync(server.Address, person);
            foreach (var address in addresses.Where(a => only is null || a.Contains(only, StringComparison.Ordinal)))
            {
                using var first = await client.GetAsync(address);
                if (first.StatusCode != HttpStatusCode.OK) continue;
                var bytes = (await first.Content.ReadAsByteArrayAsync()).Length;
                // The last page costs what the first does, or the list is not flat.
                var last = address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "pagina=999999";
                await client.GetByteArrayAsync(address);
                var times = new List<double>();
                var cpu = server.Cpu;
                for (var i = 0; i < Rounds; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await client.GetByteArrayAsync(i % 2 == 0 ? address : last);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                // What other work on the machine does not lengthen; the compiler's threads and the clockwork are in it.
                var each = (server.Cpu - cpu).TotalMilliseconds / Rounds;
                times.Sort();
                var (p50, p95) = (times[Rounds / 2], times[Rounds * 95 / 100]);
                worst = Math.Max(worst, p95);
                // Who sees the same as everybody is told once.
                if (role is "public" || p95 > 60 || !Public(address))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {size,6} {role,-9} {address,-70} p50 {p50,6:0.0}  p95 {p95,6:0.0} ms  cpu {each,6:0.0} ms  {bytes / 1024,5} KB{(p95 > 60 ? "  SLOW" : "")}{(bytes > 100 * 1024 ? "  BIG" : "")}"));
            }
        }
        return worst;

        bool Public(string address) => !address.StartsWith("/administracion", StringComparison.Ordinal) && !address.EndsWith("miembros", StringComparison.Ordinal)
            && !address.StartsWith("/evaluaciones", StringComparison.Ordinal) && !address.StartsWith("/mi-bandeja", StringComparison.Ordinal)
            && !address.EndsWith("admisibilidad", StringComparison.Ordinal) && !address.EndsWith("gestion", StringComparison.Ordinal) && !address.EndsWith("evaluacion", StringComparison.Ordinal);
    }

    static async Task<HttpClient> SignedInAsync(Uri address, Guid? person)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        if (person is not { } id) return client;
        var token = TokenIn().Match(await client.GetStringAsync("/entrar")).Groups[1].Value;
        using var answer = await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("person", id.ToString())]));
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"sign-in: {answer.StatusCode}");
    }

    /// <summary>Copies number <paramref name="from"/> to <paramref name="to"/> of one row of each kind; the first call, entity and fund own what belongs to one.</summary>
    static async Task CopyAsync(IServiceProvider services, int from, int to)
    {
        var writer = services.GetRequiredService<Writer>();
        await using var scope = services.CreateAsyncScope();
        var read = scope.ServiceProvider.GetRequiredService<AppDb>();
        var entity = await read.CoordinationEntities.OrderBy(e => e.CreatedAt).FirstAsync();
        var member = await read.Members.FirstAsync(m => m.EntityId == entity.Id);
        var programme = await read.Programmes.FirstAsync(p => p.EntityId == entity.Id && p.State == ProgrammeState.Adopted);
        var call = await read.Calls.OrderBy(c => c.CreatedAt).FirstAsync();
        var agreement = await read.Agreements.OrderBy(a => a.Number).FirstAsync();
        var signature = await read.Signatures.FirstAsync();
        var resolution = await read.Resolutions.FirstAsync(r => r.EntityId == entity.Id);
        var accreditation = await read.Accreditations.FirstAsync();
        var notice = await read.Set<OutboxMessage>().FirstAsync();
        var person = await read.People.FirstAsync();
        var files = await read.OpenedApplications.Where(o => o.CallId == call.Id).OrderBy(o => o.Code).FirstAsync();
        var application = await read.Applications.SingleAsync(a => a.Id == files.ApplicationId);
        var review = await read.Reviews.FirstAsync(r => r.ApplicationId == application.Id);
        var asked = await read.Questions.Where(q => q.CallId == call.Id).FirstOrDefaultAsync();
        var typed = (await read.TypedDistricts.Select(d => d.Code).ToListAsync()).ToHashSet();
        var country = services.GetRequiredService<Country>();
        for (var batch = from; batch < to; batch += 500)
        {
            await Task.WhenAll(Enumerable.Range(batch, Math.Min(500, to - batch)).Select(i => writer.ActAsync("benchmark.copy", Actor.System, work =>
            {
                var db = work.Db;
                var n = i.ToString("00000", CultureInfo.InvariantCulture);
                var (newEntity, newApplication) = (work.NewId<EntityId>(), work.NewId<Core.Applications.ApplicationId>());
                var province = country.Provinces[i % country.Provinces.Count];
                Copy(db, entity, ("Id", newEntity), ("Slug", $"copia-{n}"), ("Name", $"Alianza copia {n} (DEMO)"), ("SearchName", $"alianza copia {n} (demo)"), ("ProvinceCodes", (IReadOnlyList<string>)[province.Code]));
                db.EntityProvinces.Add(new EntityProvince { EntityId = newEntity, ProvinceCode = province.Code });
                Copy(db, member, ("Id", work.NewId<MemberId>()), ("Organisation", $"Organización copia {n} (DEMO)"));
                Copy(db, programme, ("Id", work.NewId<ProgrammeId>()), ("Slug", $"copia-{n}"), ("Title", $"Programa copia {n} (DEMO)"));
                Copy(db, call, ("Id", work.NewId<CallId>()), ("Slug", $"copia-{n}"), ("Title", $"Convocatoria copia {n} (DEMO)"));
                // The last hundred are not signed yet: as many wait for whoever works at the fund.
                var newAgreement = work.NewId<AgreementId>();
                Copy(db, agreement, ("Id", newAgreement), ("Number", $"C{n}"));
                if (i < to - 100) Copy(db, signature, ("Id", work.NewId<SignatureId>()), ("SubjectKind", Agreement.Subject), ("SubjectId", newAgreement.Value));
                Copy(db, resolution, ("Id", work.NewId<ResolutionId>()), ("Number", 1000 + i), ("Title", $"Acuerdo copia {n}"));
                Copy(db, accreditation, ("Id", work.NewId<AccreditationId>()), ("EntityId", newEntity));
                Copy(db, notice, ("Id", work.NewId<NoticeId>()));
                Copy(db, person, ("Id", work.NewId<MemberId>().Value), ("UserName", $"copia-{n}"), ("NormalizedUserName", $"COPIA-{n}"), ("DisplayName", $"Persona copia {n} (DEMO)"));
                Copy(db, application, ("Id", newApplication), ("EntityId", newEntity), ("Code", $"P-{1000 + i}"));
                Copy(db, files, ("ApplicationId", newApplication), ("EntityId", newEntity), ("Code", $"P-{1000 + i}"));
                Copy(db, review, ("ApplicationId", newApplication));
                // There are no more than a hundred codes a province.
                if (i / country.Provinces.Count is < 100 and var place && typed.Add($"{province.Code}{place:00}"))
                    db.TypedDistricts.Add(new TypedDistrict { Code = $"{province.Code}{place:00}", Name = $"Distrito copia {n} (DEMO)", ProvinceCode = province.Code, AddedAt = work.Now });
                if (asked is not null) Copy(db, asked, ("Id", work.NewId<QuestionId>()), ("Number", 1000 + i));
                return Task.CompletedTask;
            })));
        }
    }

    static void Copy<TRow>(AppDb db, TRow row, params (string Name, object Value)[] changes)
        where TRow : class
    {
        PropertyValues values = db.Entry(row).CurrentValues.Clone();
        db.Entry(row).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        foreach (var (name, value) in changes) values[name] = value;
        db.Add((TRow)values.ToObject());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();
}
