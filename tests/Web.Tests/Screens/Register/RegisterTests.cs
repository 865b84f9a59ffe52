using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Register;

public sealed class RegisterTests
{
    static async Task<TestSite> SiteAsync(int acts = 5, string provider = "sqlite")
    {
        var site = await TestSite.StartAsync(provider);
        for (var i = 0; i < acts; i++)
            await site.Writer.ActAsync("role.grant", new Actor(null, "admin"), _ => Task.CompletedTask);
        await site.WithAsync<Checkpoints>(c => c.SignAsync());
        return site;
    }

    [Fact]
    public async Task List_EmptyInstallation_HasTheFirstActAndTheKey()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/registro");
        page.Title.ShouldBe("Registro público");
        page.Text.ShouldContain("Abrió el registro con su primera llave");
        page.Text.ShouldContain("Todavía no se firmó ninguna cabeza");
        page.Text.ShouldContain((await site.ReadAsync(db => db.RegisterKeys.SingleAsync())).Fingerprint);
    }

    [Theory, BothDatabases]
    public async Task List_ManyActs_IsPagedNewestFirstAndFilteredByContext(string provider)
    {
        await using var site = await SiteAsync(120, provider);
        var browser = site.Visitor();
        var first = await browser.GetAsync("/registro");
        first.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        first.Document.QuerySelector("tbody a")!.GetAttribute("href").ShouldBe("/registro/121");
        var last = await browser.GetAsync("/registro?pagina=3");
        last.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(22);
        last.Document.QuerySelectorAll("tbody a").Last().GetAttribute("href").ShouldBe("/registro/0");
        (await browser.GetAsync("/registro?pagina=99")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(22);
        (await browser.GetAsync("/registro?pagina=x")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        (await browser.GetAsync("/registro?de=register")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        (await browser.GetAsync("/registro?de=nada")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
    }

    [Fact]
    public async Task List_InEnglish_HasNoMissingText()
    {
        await using var site = await SiteAsync();
        var browser = site.Visitor();
        await browser.GetAsync("/idioma/en?volver=/registro");
        (await browser.GetAsync("/registro")).Title.ShouldBe("Public register");
        foreach (var url in new[] { "/registro/2", "/registro/cabezas?desde=1", "/verificar" })
            (await browser.GetAsync(url)).Document.DocumentElement.GetAttribute("lang").ShouldBe("en");
    }

    [Theory, BothDatabases]
    public async Task Show_EveryLeaf_ProvesItselfAndItsFileVerifiesOffline(string provider)
    {
        await using var site = await SiteAsync(provider: provider);
        var browser = site.Visitor();
        var keys = SigningKeys.ReadJwks(await TextAsync(browser, "/registro/llaves"));
        for (var index = 0; index < 7; index++)
        {
            var page = await browser.GetAsync($"/registro/{index}");
            page.Text.ShouldContain("El asiento está en el registro");
            using var proof = JsonDocument.Parse(await TextAsync(browser, $"/registro/{index}/prueba.json"));
            var root = proof.RootElement;
            var (checkpoint, signer) = Checkpoint.Read(root.GetProperty("checkpoint").GetString()!, keys);
            signer.ShouldNotBeNull();
            var leaf = await (await browser.FetchAsync(HttpMethod.Get, $"/registro/{index}/hoja.json")).Content.ReadAsByteArrayAsync();
            Merkle.VerifyInclusion((ulong)index, checkpoint.Size, Merkle.LeafHash(leaf),
                [.. root.GetProperty("proof").EnumerateArray().Select(h => Convert.FromHexString(h.GetString()!))], checkpoint.Root).ShouldBeTrue();
            root.GetProperty("leaf").GetString().ShouldBe(System.Text.Encoding.UTF8.GetString(leaf));
        }
    }

    [Fact]
    public async Task Show_LeafWithoutHead_SaysThatItComes()
    {
        await using var site = await SiteAsync();
        await site.Writer.ActAsync("role.grant", Actor.System, _ => Task.CompletedTask);
        (await site.Visitor().GetAsync("/registro/7")).Text.ShouldContain("se firma antes de un minuto");
    }

    [Theory]
    [InlineData("/registro/7")]
    [InlineData("/registro/-1")]
    [InlineData("/registro/99999999999999999999")]
    [InlineData("/registro/nada")]
    public async Task Show_NoSuchLeaf_Is404(string url)
    {
        await using var site = await SiteAsync();
        await site.Visitor().GetAsync(url, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Heads_TwoSizes_AreProvenConsistent()
    {
        await using var site = await SiteAsync();
        var browser = site.Visitor();
        var page = await browser.GetAsync("/registro/cabezas?desde=3&hasta=7");
        page.Text.ShouldContain("El registro de 7 asientos continúa al de 3");
        using var proof = JsonDocument.Parse(await TextAsync(browser, "/registro/consistencia.json?desde=3&hasta=7"));
        var (from, to) = (proof.RootElement.GetProperty("from"), proof.RootElement.GetProperty("to"));
        Merkle.VerifyConsistency(3, 7, Hex(from.GetProperty("root")), Hex(to.GetProperty("root")), [.. proof.RootElement.GetProperty("proof").EnumerateArray().Select(Hex)]).ShouldBeTrue();
        (await browser.GetAsync("/registro/cabezas?desde=2")).Text.ShouldContain("continúa al de 2");
    }

    [Theory]
    [InlineData("desde=0&hasta=7", "No hay prueba de 0 a 7 asientos")]
    [InlineData("desde=7&hasta=3", "No hay prueba de 7 a 3 asientos")]
    [InlineData("desde=3&hasta=800", "No hay prueba de 3 a 800 asientos")]
    [InlineData("desde=tres&hasta=7", "Escriba un número entero")]
    [InlineData("desde=3&hasta=1e9", "Escriba un número entero")]
    [InlineData("desde=-3&hasta=7", "Escriba un número entero")]
    [InlineData("desde=3&hasta=99999999999999999999", "Escriba un número entero")]
    public async Task Heads_BadSizes_AreToldClearly(string query, string text)
    {
        await using var site = await SiteAsync();
        (await site.Visitor().GetAsync("/registro/cabezas?" + query)).Text.ShouldContain(text);
    }

    [Theory]
    [InlineData("/registro/hojas?desde=x", 400)]
    [InlineData("/registro/hojas?desde=5&hasta=2", 400)]
    [InlineData("/registro/checkpoint?hojas=x", 400)]
    [InlineData("/registro/checkpoint?hojas=3", 404)]
    [InlineData("/registro/consistencia.json", 400)]
    [InlineData("/registro/consistencia.json?desde=0&hasta=3", 400)]
    [InlineData("/registro/99/prueba.json", 404)]
    [InlineData("/registro/99/hoja.json", 404)]
    [InlineData("/registro/llave.pem?kid=x", 404)]
    [InlineData("/registro/tile/0/000", 404)]
    [InlineData("/registro/tile/0/000.p/8", 404)]
    [InlineData("/registro/tile/0/000.p/x", 404)]
    [InlineData("/registro/tile/9/000", 404)]
    [InlineData("/registro/tile/0/x999/x999/x999/x999/999", 404)]
    [InlineData("/registro/tile/0/../../x", 404)]
    public async Task Api_BadInput_AnswersInPlainWords(string url, int status)
    {
        await using var site = await SiteAsync();
        using var response = await site.Visitor().FetchAsync(HttpMethod.Get, url);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Api_LeavesAndTiles_RebuildTheSignedRoot()
    {
        await using var site = await SiteAsync(300);
        var browser = site.Visitor();
        var tree = new MerkleTree();
        foreach (var line in (await TextAsync(browser, "/registro/hojas?desde=0")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            tree.Append(Merkle.LeafHash(System.Text.Encoding.UTF8.GetBytes(line)));
        tree.Size.ShouldBe(302UL);
        var head = Checkpoint.Parse(SignedNote.Parse(await TextAsync(browser, "/registro/checkpoint")));
        tree.Root(head.Size).ShouldBe(head.Root);

        (await BytesAsync(browser, "/registro/tile/0/000")).ShouldBe(tree.Stretch(0, 0, 256));
        (await BytesAsync(browser, "/registro/tile/0/001.p/46")).ShouldBe(tree.Stretch(0, 256, 46));
        (await BytesAsync(browser, "/registro/tile/1/000.p/1")).ShouldBe(tree.Stretch(8, 0, 1));
    }

    [Fact]
    public async Task Verify_Receipt_HoldsAndAChangedOneDoesNot()
    {
        await using var site = await SiteAsync();
        var keys = (SigningKeys)site.Services.GetService(typeof(SigningKeys))!;
        var content = Digest.Of("contenido");
        var submission = Guid.Parse("0197a000-0000-7000-8000-000000000003");
        var token = "";
        await site.Writer.ActAsync("application.submit", new Actor(null, "manager"), work =>
        {
            work.Happened(new SomethingSubmitted(submission, content));
            work.WhenSealed(position =>
            {
                token = Receipt.Issue(new ReceiptPayload
                {
                    Origin = keys.Origin,
                    Call = submission,
                    Application = submission,
                    Submission = submission,
                    Content = content,
                    Files = [],
                    At = work.Now,
                    Index = (ulong)position.Index,
                    Size = (ulong)position.TreeSize,
                    Root = new Digest(Convert.ToHexStringLower(position.Root)),
                }, keys);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });

        var browser = site.Visitor();
        var verdict = await (await browser.GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = token });
        verdict.Text.ShouldContain("Constancia");
        verdict.Text.ShouldContain("El asiento 7 del registro nombra este contenido y este envío");
        verdict.Text.ShouldNotContain("No se cumple");
        verdict.Text.ShouldContain(ShortCode.Of(content.ToBytes()).ToString());

        var changed = token[..^4] + (token[^4] == 'A' ? 'B' : 'A') + token[^3..];
        (await (await browser.GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = changed })).Text.ShouldContain("No se cumple");
        var file = await (await browser.GetAsync("/verificar")).SubmitAsync(files: new() { ["Document"] = ("constancia.jws", System.Text.Encoding.ASCII.GetBytes(token), "application/octet-stream") });
        file.Text.ShouldNotContain("No se cumple");
    }

    [Fact]
    public async Task Verify_Head_HoldsWhileTheRegisterContinuesIt()
    {
        await using var site = await SiteAsync();
        var browser = site.Visitor();
        var head = await TextAsync(browser, "/registro/checkpoint");
        await site.Writer.ActAsync("role.grant", Actor.System, _ => Task.CompletedTask);
        var verdict = await (await browser.GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = head.Replace("\n", "\r\n", StringComparison.Ordinal) });
        verdict.Text.ShouldContain("El registro actual, de 8 asientos, contiene sin cambios los 7 de esta cabeza");
        verdict.Text.ShouldNotContain("No se cumple");

        await using var other = await TestSite.StartAsync(also: s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IEntropy>(s, new SeededEntropy(99)));
        await other.WithAsync<Checkpoints>(c => c.SignAsync());
        var foreign = await TextAsync(other.Visitor(), "/registro/checkpoint");
        (await (await browser.GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = foreign })).Text.ShouldContain("No se cumple");
    }

    [Theory]
    [InlineData("", "Elija un archivo o pegue el texto")]
    [InlineData("hola", "Esto no es una constancia")]
    [InlineData("<script>alert(1)</script>", "Esto no es una constancia")]
    public async Task Verify_OtherText_IsToldClearly(string pasted, string text)
    {
        await using var site = await TestSite.StartAsync();
        var page = await (await site.Visitor().GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = pasted }, expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain(text);
    }

    [Fact]
    public async Task Verify_ScanAndZip_AreToldApart()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Visitor();
        var scan = await (await browser.GetAsync("/verificar")).SubmitAsync(files: new() { ["Document"] = ("acta.pdf", "%PDF-1.4 acta"u8.ToArray(), "application/pdf") });
        scan.Text.ShouldContain("no lleva firma electrónica");
        var zip = await (await browser.GetAsync("/verificar")).SubmitAsync(files: new() { ["Document"] = ("paquete.zip", "PK\u0003\u0004"u8.ToArray(), "application/zip") });
        zip.Text.ShouldContain("El archivo está entero");
    }

    [Fact]
    public async Task Rotate_ByTheAdministration_KeepsOldHeadsVerifiable()
    {
        await using var site = await SiteAsync();
        var before = await TextAsync(site.Visitor(), "/registro/checkpoint");
        var admin = await site.SignedInAsync("admin", (Minka.Core.Accounts.Role.Admin, Minka.Core.Accounts.Scope.Platform));
        var form = await (await admin.GetAsync("/registro")).FollowAsync("Cambiar la llave de firma");
        var refused = await form.SubmitAsync(new() { ["Why"] = " " }, expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Escriba el motivo");
        var done = await refused.SubmitAsync(new() { ["Why"] = "cambio anual" });
        done.Text.ShouldContain("Se cambió la llave");
        done.Text.ShouldContain("Firmó desde el asiento 0");
        await site.WithAsync<Checkpoints>(c => c.SignAsync());

        var browser = site.Visitor();
        var keys = SigningKeys.ReadJwks(await TextAsync(browser, "/registro/llaves"));
        keys.Count.ShouldBe(2);
        Checkpoint.Read(before, keys).Signer.ShouldBe(keys[0]);
        Checkpoint.Read(await TextAsync(browser, "/registro/checkpoint"), keys).Signer.ShouldBe(keys[1]);
        (await (await browser.GetAsync("/verificar")).SubmitAsync(new() { ["Pasted"] = before })).Text.ShouldNotContain("No se cumple");
        (await Audit.RunAsync(new Minka.Core.Database.DbSettings(site.DataFolder))).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rotate_ByOthers_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        var operators = await site.SignedInAsync("operadora", (Minka.Core.Accounts.Role.Operator, Minka.Core.Accounts.Scope.OfFund(Guid.Parse("0197a000-0000-7000-8000-000000000001"))));
        await operators.GetAsync("/registro/llave/cambiar", HttpStatusCode.Forbidden);
        (await site.Visitor().GetAsync("/registro/llave/cambiar")).Url.ShouldStartWith("/entrar");
    }

    static byte[] Hex(JsonElement element) => Convert.FromHexString((element.ValueKind == JsonValueKind.String ? element.GetString() : null)!);

    static async Task<string> TextAsync(Browser browser, string url) => System.Text.Encoding.UTF8.GetString(await BytesAsync(browser, url));

    static async Task<byte[]> BytesAsync(Browser browser, string url)
    {
        using var response = await browser.FetchAsync(HttpMethod.Get, url);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, url);
        return await response.Content.ReadAsByteArrayAsync();
    }
}

/// <summary>Stands for the event of a submission.</summary>
public sealed record SomethingSubmitted(Guid Submission, Digest Content) : IEvent;
