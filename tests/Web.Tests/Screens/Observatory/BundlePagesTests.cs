using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Observatory;

public sealed class BundlePagesTests
{
    const string List = "/observatorio/provincia/0605/agrupables";
    const string Centre = "2000001";

    static void Import(TestSite site, string text) => GivenSpending.Import(Path.Combine(site.DataFolder, "observatorio"), "demo.csv", text);

    [Fact]
    public async Task Pages_WithoutSpending_SayWhatToDoNext()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await new Given(site.Services, site.Clock).EntityAsync(members: 0);
        var province = await ProvinceAsync(site, entity);
        var manager = await ManagerAsync(site, entity);
        foreach (var url in (string[])[List, $"{List}/{Centre}"])
        {
            var text = (await site.Visitor().GetAsync(url)).Text;
            (text.Contains("./minka spend import", StringComparison.Ordinal) || text.Contains("npm ci", StringComparison.Ordinal)).ShouldBeTrue(url);
        }
        (await manager.GetAsync($"/entidades/{entity.Slug}/cartera/agrupables/{province}/{Centre}")).Text.ShouldContain("Falta el banco de inversiones");
        await manager.GetAsync($"/entidades/{entity.Slug}/cartera/agrupables/{(province == "0101" ? "0102" : "0101")}/{Centre}", HttpStatusCode.NotFound);
        await site.Visitor().GetAsync("/observatorio/provincia/9999/agrupables", HttpStatusCode.NotFound);
    }

    [SpendingFact]
    public async Task Province_WithSpendingButNoInvestments_OrNoneAlike_SaysSo()
    {
        await using var site = await TestSite.StartAsync();
        GivenSpending.Generated(Path.Combine(site.DataFolder, "observatorio"), 500, 5);
        (await site.Visitor().GetAsync(List)).Text.ShouldContain("Falta el banco de inversiones");
        Import(site, GivenSpending.TenProjectsFile("06", "0605"));
        var page = await site.Visitor().GetAsync(List);
        page.Text.ShouldContain("Ningún candidato");
        page.Text.ShouldContain("demasiado grandes");
        await site.Visitor().GetAsync($"{List}/{Centre}", HttpStatusCode.NotFound);
    }

    [SpendingFact]
    public async Task Canals_AreFoundFilteredAndExplained_InBothLanguages()
    {
        await using var site = await TestSite.StartAsync();
        Import(site, GivenSpending.CanalsFile());
        var visitor = site.Visitor();
        (await visitor.GetAsync("/observatorio/provincia/0605")).Links.ShouldContain(List);
        var page = await visitor.GetAsync(List);
        page.Links.ShouldContain($"{List}/{Centre}");
        page.Text.ShouldContain("Canal riego");
        page.Text.ShouldContain("7 proyectos antes, 2 después");
        (await visitor.GetAsync($"{List}?tamano=1m&distrito=060501&funcion=AGROPECUARIA&q=Riego")).Links.ShouldContain($"{List}/{Centre}");
        foreach (var none in (string[])["tamano=100k", "distrito=060502", "funcion=SALUD", "q=puente"]) (await visitor.GetAsync($"{List}?{none}")).Text.ShouldContain("Ningún candidato con ese filtro");

        var one = await visitor.GetAsync($"{List}/{Centre}");
        one.Text.ShouldContain("Es el centro.");
        one.Text.ShouldContain("mismo distrito; razón de costos 1.5; misma función");
        one.Text.ShouldContain("Ir juntos no cambia las obras");
        one.Text.ShouldContain("Ninguna mancomunidad");
        one.Text.ShouldNotContain("PUENTE");
        var csv = await (await visitor.FetchAsync(HttpMethod.Get, $"{List}.csv")).Content.ReadAsStringAsync();
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        csv.ShouldContain("2000001 2000002");
        (await (await visitor.FetchAsync(HttpMethod.Get, $"{List}/{Centre}.csv")).Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(7);
        await visitor.GetAsync($"/idioma/en?volver={List}");
        (await visitor.GetAsync(List)).Text.ShouldContain("Works that could go together");
        (await visitor.GetAsync($"{List}/{Centre}")).Text.ShouldContain("It is the centre.");
    }

    [SpendingFact]
    public async Task Manager_TakesTheChosenOnes_IntoANewProgramme_AndTheRestIntoItToo()
    {
        await using var site = await TestSite.StartAsync();
        var given = new Given(site.Services, site.Clock);
        var draft = await given.DraftProgrammeAsync();
        var province = await ProvinceAsync(site, draft.Entity);
        Import(site, GivenSpending.CanalsFile($"{province}01"));
        var manager = await ManagerAsync(site, draft.Entity);
        var candidate = $"/observatorio/provincia/{province}/agrupables/{Centre}";
        var address = $"/entidades/{draft.Entity.Slug}/cartera/agrupables/{province}/{Centre}";
        (await site.Visitor().GetAsync(candidate)).Text.ShouldContain("entrar y llevarlos");
        (await manager.GetAsync(candidate)).Links.ShouldContain(address);

        var form = await manager.GetAsync(address);
        var refused = await form.SubmitAsync(new() { ["ProgrammeTitle"] = "" }, expected: HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain("ProgrammeTitle");
        var builder = await form.SubmitAsync(new() { ["ProgrammeTitle"] = "Canales juntos" });
        builder.Text.ShouldContain("6 fichas nuevas");
        var programme = await site.ReadAsync(db => db.Programmes.SingleAsync(p => p.Title == "Canales juntos"));
        programme.State.ShouldBe(ProgrammeState.Draft);
        var projects = await site.ReadAsync(db => db.Projects.Where(p => p.ProgrammeId == programme.Id).ToListAsync());
        projects.Count.ShouldBe(6);
        projects.ShouldAllBe(p => p.Places.Count == 1 && p.Conglomerate!.StartsWith("Canal riego") && p.Stage == ProjectStage.Viable);
        var sheet = await site.ReadAsync(db => db.ProjectSheets.SingleAsync(s => s.InvestmentCode == Centre));
        sheet.Documents.ShouldHaveSingleItem().Reference!.ShouldStartWith("Del banco de inversiones: demo.csv");

        // Asked for again, they are shown as there and used.
        form = await manager.GetAsync(address);
        form.Text.ShouldContain("Canales juntos");
        (await form.SubmitAsync(new() { ["Where"] = programme.Id.Value.ToString() })).Text.ShouldContain("6 ya estaban en ese programa");
        (await form.SubmitAsync(new() { ["Where"] = "cartera" })).Text.ShouldContain("6 que ya estaban en la cartera se usaron");
        (await site.ReadAsync(db => db.Projects.CountAsync(p => p.Title.Contains("CANAL DE RIEGO")))).ShouldBe(6);
    }

    static Task<Browser> ManagerAsync(TestSite site, GivenEntity entity) => site.SignedInAsync($"gerente-{entity.Slug}", (Role.Manager, Scope.OfEntity(entity.Id.Value)));

    static Task<string> ProvinceAsync(TestSite site, GivenEntity entity) => site.ReadAsync(async db => (await db.CoordinationEntities.SingleAsync(e => e.Slug == entity.Slug)).ProvinceCodes[0]);
}
