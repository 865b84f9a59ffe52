using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;
using Minka.TestKit;
using Minka.Web.FirstRun;
using Minka.Web.Screens.Territories.Bringing;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Territories;

public sealed class BringCountryTests : IDisposable
{
    const string FirstRun = "/inicio/pais";
    const string Room = "/administracion/pais";

    readonly GivenCountry given = new();
    readonly FileServer server;

    public BringCountryTests() => server = new(given.Folder);

    public void Dispose()
    {
        server.Dispose();
        given.Dispose();
    }

    [Fact]
    public async Task FirstRun_OneButton_BringsTheCountry_AndTheNextStartUsesIt()
    {
        var kept = Directory.CreateTempSubdirectory("minka-kept-").FullName;
        await using (var site = await StartAsync(StartMode.Ask))
        {
            var browser = site.Visitor();
            var before = await browser.GetAsync(FirstRun);
            before.Text.ShouldContain("trae 4 archivos públicos");
            before.Text.ShouldContain("desde 127.0.0.1, bajo licencia CC0-1.0");
            before.Text.ShouldContain("Hecho para una prueba: lista.csv.");
            before.Text.ShouldContain(Path.Combine(site.DataFolder, "pais"));
            before.Document.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")).ShouldContain("https://files.invalid/demo/pais/0123456789abcdef0123456789abcdef01234567/lista.csv");

            (await (await browser.GetAsync("/")).SubmitAsync(form: FirstRun)).Url.ShouldBe(FirstRun);
            await Desk(site).Run;

            var after = await browser.GetAsync(FirstRun);
            after.Text.ShouldContain("El país está listo. Falta reiniciar Minka");
            after.Text.ShouldContain($"./minka up --data {site.DataFolder}");
            (await browser.GetAsync("/")).Text.ShouldContain("falta reiniciar Minka");
            (await ActsAsync(site)).ShouldBe(1);
            // A busy machine may be asked again for what it did not send in time.
            var asked = server.Ranges.Count;
            asked.ShouldBeGreaterThanOrEqualTo(4);
            (await after.SubmitAsync(form: "Bring")).Url.ShouldBe(FirstRun);
            await Desk(site).Run;
            (await browser.GetAsync(FirstRun)).Text.ShouldContain("No se trajo nada");
            (await ActsAsync(site)).ShouldBe(1);
            server.Ranges.Count.ShouldBe(asked);
            Copy(Desk(site).Place.Folder, Path.Combine(kept, "pais"));
        }
        await using (var next = await StartAsync(StartMode.Ask, prepare: data => Copy(Path.Combine(kept, "pais"), Path.Combine(data, "pais"))))
        {
            var browser = next.Visitor();
            (await browser.GetAsync("/")).Text.ShouldContain("El país real está en uso");
            (await browser.GetAsync("/territorios/010102")).Title.ShouldContain("Asunción");
            (await browser.GetAsync(FirstRun)).Text.ShouldContain("2 departamentos, 3 provincias y 4 distritos");
        }
        Directory.Delete(kept, recursive: true);
    }

    [Theory]
    [InlineData(Misbehaviour.Altered, "presupuesto.csv no es el archivo original: su SHA-256 debía ser")]
    [InlineData(Misbehaviour.Truncated, "presupuesto.csv está incompleto")]
    [InlineData(Misbehaviour.Missing, "Falta presupuesto.csv")]
    [InlineData(Misbehaviour.Page, "Quizá la red pide iniciar sesión")]
    [InlineData(Misbehaviour.Silent, "dejó de enviar presupuesto.csv")]
    [InlineData(Misbehaviour.Broken, "respondió con el error 500")]
    public async Task Fault_NamesFileAndRemedy_ChangesNothing_AndTheButtonGoesOn(Misbehaviour how, string words)
    {
        (server.How, server.Only) = (how, "presupuesto.csv");
        await using var site = await StartAsync();
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Bring");
        await Desk(site).Run;

        var page = await admin.GetAsync(Room);
        page.Text.ShouldContain("el que está en uso no cambió");
        page.Text.ShouldContain(words);
        page.Text.ShouldContain("Cópielos en esta carpeta");
        Directory.Exists(Desk(site).Place.Folder).ShouldBeFalse();
        (await ActsAsync(site)).ShouldBe(0);

        server.How = Misbehaviour.None;
        await page.SubmitAsync(form: "Bring");
        await Desk(site).Run;
        (await admin.GetAsync(Room)).Text.ShouldContain("Falta reiniciar Minka");
        server.Ranges.Count.ShouldBeLessThan(12, "what had come was not fetched again");
    }

    [Fact]
    public async Task WithoutANetwork_TheFilesOfTheFolderAreEnough_AndAWrongCopyIsNamed()
    {
        await using var site = await StartAsync(mirror: new("http://127.0.0.1:9/"));
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Bring");
        await Desk(site).Run;
        (await admin.GetAsync(Room)).Text.ShouldContain("No se pudo conectar con 127.0.0.1");

        Copy(given.Folder, Desk(site).Place.Sources);
        var list = Path.Combine(Desk(site).Place.Sources, "lista.csv");
        var right = await File.ReadAllTextAsync(list);
        await File.WriteAllTextAsync(list, right.Replace("Bagua", "Bahua", StringComparison.Ordinal));
        (await admin.GetAsync(Room)).Text.ShouldContain("en la carpeta, pero no es el original");
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Bring");
        await Desk(site).Run;
        var wrong = await admin.GetAsync(Room);
        wrong.Text.ShouldContain("lista.csv no es el archivo original");
        wrong.Text.ShouldContain(given.Recipe.Sources[0].Sha256);

        await File.WriteAllTextAsync(list, right);
        await wrong.SubmitAsync(form: "Bring");
        await Desk(site).Run;
        (await admin.GetAsync(Room)).Text.ShouldContain("Falta reiniciar Minka");
    }

    [Fact]
    public async Task Stop_InTheMiddle_KeepsWhatCame_AndGoesOnFromThere()
    {
        (server.How, server.Only) = (Misbehaviour.Slow, "contornos.json");
        await using var site = await StartAsync();
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Bring");
        await UntilAsync(() => Desk(site).Work is { Number: 4, Bytes: > 0 });
        var during = await admin.GetAsync(Room);
        during.Text.ShouldContain("Trayendo el archivo 4 de 4");
        during.Text.ShouldContain("llegando:");
        during.Document.QuerySelector("progress").ShouldNotBeNull();
        Desk(site).Begin(Actor.System).ShouldBeFalse();

        await during.SubmitAsync(form: "stop");
        await Desk(site).Run;
        var stopped = await admin.GetAsync(Room);
        stopped.Text.ShouldContain("Se detuvo");
        stopped.Text.ShouldContain("a medias:");

        server.How = Misbehaviour.None;
        server.Ranges.Clear();
        await stopped.SubmitAsync(form: "Bring");
        await Desk(site).Run;
        server.Ranges[0].ShouldBeGreaterThan(0, "what had come was not fetched again");
        (await admin.GetAsync(Room)).Text.ShouldContain("Falta reiniciar Minka");
    }

    [Fact]
    public async Task ServerThatEnded_InTheMiddle_IsToldAtTheNextStart()
    {
        await using var site = await StartAsync(prepare: data => File.WriteAllText(Path.Combine(data, "pais.en-curso"), "2026-01-01T00:00:00.0000000Z  admin"));
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        (await admin.GetAsync(Room)).Text.ShouldContain("Quedó cortado");
        File.Exists(Desk(site).Place.Marker).ShouldBeFalse();
    }

    [Fact]
    public async Task ServerThatEnded_BeforeTheActWasWritten_WritesItAtTheNextStart()
    {
        await using var site = await StartAsync(prepare: data =>
        {
            var built = new PackBuilder(given.Recipe).Build(given.Folder, Path.Combine(data, "pais"));
            PackBuilder.Install(built.Folder, Path.Combine(data, "pais"));
            File.WriteAllText(Path.Combine(data, "pais.en-curso"), "2026-01-01T00:00:00.0000000Z  system");
        });
        (await ActsAsync(site)).ShouldBe(1);
        await Desk(site).CatchUpAsync();
        (await ActsAsync(site)).ShouldBe(1);
    }

    [Fact]
    public async Task CountryPutThereFromTheConsole_IsInTheRegister_OncePerPack()
    {
        await using var site = await StartAsync(prepare: data =>
        {
            var built = new PackBuilder(given.Recipe).Build(given.Folder, Path.Combine(data, "pais"));
            PackBuilder.Install(built.Folder, Path.Combine(data, "pais"));
        });
        Task<int> FoundAsync() => site.ReadAsync(db => db.Acts.CountAsync(a => a.Kind == NoteCountry.FoundKind && a.PersonId == null));
        (await ActsAsync(site), await FoundAsync()).ShouldBe((0, 1));
        await Desk(site).CatchUpAsync();
        (await FoundAsync()).ShouldBe(1);
        await File.AppendAllTextAsync(Desk(site).Place.Manifest, "\n");
        await Desk(site).CatchUpAsync();
        (await FoundAsync()).ShouldBe(2, "another pack, another act");
    }

    [Fact]
    public async Task FirstRun_FromAnotherMachine_NeedsTheSetupCode_AndLearnsNoFolder()
    {
        await using var site = await StartAsync(StartMode.Ask);
        var browser = site.Visitor();
        static void Far(HttpRequestMessage request) => request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        async Task<(HttpStatusCode Status, string Text)> PostAsync(string code)
        {
            var page = await (await browser.FetchAsync(HttpMethod.Get, FirstRun, also: Far)).Content.ReadAsStringAsync();
            var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var answer = await browser.FetchAsync(HttpMethod.Post, FirstRun + "?handler=Bring", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Code", code)]), Far);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var (status, text) = await PostAsync("0000-0000");
        status.ShouldBe(HttpStatusCode.Forbidden);
        text.ShouldContain("no coincide con el de la consola");
        text.ShouldNotContain(site.DataFolder);
        Desk(site).Work.ShouldBeNull();
        Directory.Exists(Desk(site).Place.Sources).ShouldBeFalse();
        (status, text) = await PostAsync(site.Services.GetRequiredService<SetupCode>().Text);
        status.ShouldBe(HttpStatusCode.OK);
        text.ShouldNotContain(site.DataFolder);
        await Desk(site).Run;
        Desk(site).State().ShouldBe(CountryState.Installed);
    }

    [Fact]
    public async Task OnceSomebodyAdministers_OnlyAdministratorsBringIt()
    {
        await using var site = await StartAsync(StartMode.Ask);
        var early = await site.Visitor().GetAsync(FirstRun);
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        (await site.Visitor().GetAsync(FirstRun)).Url.ShouldBe("/");
        (await early.SubmitAsync(form: "Bring")).Url.ShouldBe("/");
        (await admin.GetAsync(FirstRun)).Url.ShouldBe(Room);
        await (await site.SignedInAsync("juan", (Role.Operator, Scope.Platform))).GetAsync(Room, HttpStatusCode.Forbidden);
        server.Ranges.ShouldBeEmpty();
        (await admin.GetAsync("/mi-bandeja")).Links.ShouldContain(Room);
        (await admin.GetAsync("/fuentes")).Links.ShouldContain(Room);
        (await site.Visitor().GetAsync("/fuentes")).Links.ShouldNotContain(Room);
    }

    [Fact]
    public async Task AnotherPackInTheFolder_IsReplacedOnlyAfterAQuestion()
    {
        await using var site = await StartAsync();
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        Directory.CreateDirectory(Desk(site).Place.Folder);
        await File.WriteAllTextAsync(Desk(site).Place.Manifest, "{}");
        var page = await admin.GetAsync(Room);
        page.Text.ShouldContain("En la carpeta hay otro paquete");
        page.Document.QuerySelector("form#bring")!.GetAttribute("data-confirm").ShouldNotBeNullOrEmpty();
        await page.SubmitAsync(form: "Bring");
        await Desk(site).Run;
        Desk(site).State().ShouldBe(CountryState.Installed);
    }

    [Fact]
    public async Task Start_WithAnAlteredCountry_IsRefused_AndWithAnotherPackNamedItIsNotRead()
    {
        void Spoil(string data)
        {
            Directory.CreateDirectory(Path.Combine(data, "pais"));
            File.WriteAllText(Path.Combine(data, "pais", "manifest.json"), "{}");
        }
        await Should.ThrowAsync<PackRefused>(() => StartAsync(prepare: Spoil));
        var built = new PackBuilder(given.Recipe).Build(given.Folder, Path.Combine(given.Folder, "hecho"));
        await using var site = await StartAsync(prepare: Spoil, pack: built.Folder);
        var admin = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        (await admin.GetAsync(Room)).Text.ShouldContain("Este servidor se inició con --pack");
    }

    [SharedFact("samples/pack-sources")]
    public async Task RealFiles_FromALocalServer_MakeTheRealCountry()
    {
        using var real = new FileServer(Shared.At("samples", "pack-sources")) { How = Misbehaviour.CutOff, CutAfter = 700_000 };
        await using var site = await TestSite.StartAsync(mode: StartMode.Ask, mirror: new(real.Address), also: s => s.AddSingleton(GivenCountry.Impatient));
        await (await site.Visitor().GetAsync("/")).SubmitAsync(form: FirstRun);
        await Desk(site).Run;
        Desk(site).Last!.Fault.ShouldBeNull();
        (await site.Visitor().GetAsync(FirstRun)).Text.ShouldContain("Falta reiniciar Minka");
        var country = PackReader.Load(Desk(site).Place.Folder);
        (country.Departments.Count, country.Provinces.Count, country.Districts.Count).ShouldBe((25, 196, 1_891));
        country.Indicator("municipal-pim-2024", Level.District)!.Values.Values.Sum().ShouldBe(51_766_264_819m);
        real.Ranges.ShouldContain(r => r > 0);
    }

    static CountryDesk Desk(TestSite site) => site.Services.GetRequiredService<CountryDesk>();

    static Task<int> ActsAsync(TestSite site) => site.ReadAsync(db => db.Acts.CountAsync(a => a.Kind == NoteCountry.Kind));

    static async Task UntilAsync(Func<bool> right)
    {
        for (var i = 0; i < 600 && !right(); i++) await Task.Delay(20);
        right().ShouldBeTrue();
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    Task<TestSite> StartAsync(StartMode mode = StartMode.Empty, Uri? mirror = null, Action<string>? prepare = null, string? pack = null) =>
        TestSite.StartAsync(mode: mode, pack: pack, mirror: mirror ?? new(server.Address), prepare: prepare, also: s =>
        {
            s.AddSingleton(given.Recipe);
            s.AddSingleton(GivenCountry.Impatient);
        });
}
