using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed class EntityPagesTests
{
    [Fact]
    public async Task List_OnAnEmptyInstallation_SaysWhatToDoNext()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/entidades");
        page.Title.ShouldBe("Entidades");
        page.Text.ShouldContain("Todavía no hay entidades");
        page.Links.ShouldContain("/entidades/nueva");
        foreach (var end in new[] { "csv", "xlsx" })
        {
            using var file = await site.Visitor().FetchAsync(HttpMethod.Get, "/entidades." + end);
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory, BothDatabases]
    public async Task Entity_CreatedByAnyPerson_MakesThatPersonItsSecretary(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var rosa = await site.SignedInAsync("rosa");
        var form = await rosa.GetAsync("/entidades/nueva");
        var missing = await form.SubmitAsync(new() { ["Name"] = " ", ["Ruc"] = "20100070971" }, expected: HttpStatusCode.UnprocessableEntity);
        missing.Text.ShouldContain("Escriba el nombre de la entidad");
        missing.Text.ShouldContain("El RUC 20100070971 no es válido");
        missing.Text.ShouldContain("Elija al menos una provincia");
        var members = await form.SubmitAsync(new() { ["Name"] = "Alianza por Contumazá", ["Province"] = "0605", ["Template"] = "fdd-alliance" });
        members.Title.ShouldBe("Miembros de Alianza por Contumazá");
        members.Text.ShouldContain("La entidad quedó creada");

        var add = await rosa.GetAsync("/entidades/alianza-por-contumaza/miembros/nuevo");
        var wrong = await add.SubmitAsync(new() { ["Input.Organisation"] = "Municipalidad de Chilete", ["Input.Votes"] = "muchos", ["Input.From"] = "ayer", ["Input.Person"] = "nadie" }, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Los votos van de 1 a");
        wrong.Text.ShouldContain("«ayer» no es una fecha");
        wrong.Text.ShouldContain("No hay un usuario «nadie»");
        wrong.Document.QuerySelector("[name='Input.Organisation']")!.GetAttribute("value").ShouldBe("Municipalidad de Chilete", "nothing typed is lost");
        var done = await add.SubmitAsync(new() { ["Input.Organisation"] = "Municipalidad de Chilete", ["Input.Group"] = "district-government", ["Input.Representative"] = "Julia Secreta", ["Input.Person"] = "rosa" });
        done.Text.ShouldContain("Municipalidad de Chilete quedó como miembro");
        done.Text.ShouldContain("Julia Secreta");

        var publicPage = await site.Visitor().GetAsync("/entidades/alianza-por-contumaza");
        publicPage.Text.ShouldContain("Municipalidad de Chilete");
        publicPage.Text.ShouldContain("La composición no cumple la regla");
        publicPage.Html.ShouldNotContain("Julia Secreta");
        (await site.ReadAsync(db => db.RoleGrants.Select(g => g.Role).ToListAsync())).ShouldBe([Role.Secretary, Role.Representative], ignoreOrder: true);
        using var csv = await site.Visitor().FetchAsync(HttpMethod.Get, "/entidades/alianza-por-contumaza/organizaciones.csv");
        var text = await csv.Content.ReadAsStringAsync();
        text.ShouldContain("Municipalidad de Chilete");
        text.ShouldNotContain("Julia");
    }

    [Fact]
    public async Task PagesOfTheSecretariat_ForOthers_AreClosed()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var mine = await given.EntityAsync(members: 3);
        var other = await given.EntityAsync(members: 3);
        var assembly = await given.AssemblyAsync(other);
        var secretary = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(mine.Id.Value)));
        string[] closed =
        [
            $"/entidades/{other.Slug}/miembros", $"/entidades/{other.Slug}/miembros/nuevo", $"/entidades/{other.Slug}/miembros/importar", $"/entidades/{other.Slug}/miembros/{other.Members[0].Value}",
            $"/entidades/{other.Slug}/asambleas/nueva", $"/asambleas/{assembly.Value}", $"/asambleas/{assembly.Value}/puntos/nuevo", $"/asambleas/{assembly.Value}/firma",
        ];
        foreach (var url in closed)
        {
            await secretary.GetAsync(url, HttpStatusCode.Forbidden);
            (await site.Visitor().GetAsync(url)).Title.ShouldBe("Entrar", url);
        }
        // A member of another entity is not found under one's own.
        await secretary.GetAsync($"/entidades/{mine.Slug}/miembros/{other.Members[0].Value}", HttpStatusCode.NotFound);
        await secretary.GetAsync("/entidades/no-existe", HttpStatusCode.NotFound);
        await secretary.GetAsync($"/asambleas/{Guid.Empty}", HttpStatusCode.NotFound);
        await secretary.GetAsync($"/asambleas/{Guid.Empty}/acta", HttpStatusCode.NotFound);
        await secretary.GetAsync($"/asambleas/{assembly.Value}/acta", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_WithFaults_ListsThemByLineAndKeepsTheText()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync(members: 0);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var form = await rosa.GetAsync($"/entidades/{entity.Slug}/miembros/importar");
        (await form.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija un archivo o pegue la tabla");
        const string Table = "organizacion;sector;grupo;representante;desde;hasta\nA;publico;district-government;Ana;2026-01-01;2026-12-31\nB;iglesia;ngo;Beto;2026-01-01;2026-12-31";
        var noColumns = await form.SubmitAsync(new() { ["Pasted"] = "organizacion;sector\nA;publico" }, expected: HttpStatusCode.UnprocessableEntity);
        noColumns.Text.ShouldContain("Falta la columna «grupo»");
        noColumns.Document.QuerySelector("textarea")!.TextContent.ShouldContain("publico", Case.Sensitive, "nothing typed is lost");
        var review = await form.SubmitAsync(new() { ["Pasted"] = Table });
        review.Title.ShouldBe("Revisar la tabla");
        review.Text.ShouldContain("1 fila por corregir");
        review.Text.ShouldContain("«iglesia» no es un sector");
        review.Document.QuerySelector("[name='c-3-sector']")!.GetAttribute("value").ShouldBe("iglesia");
        var file = System.Text.Encoding.Latin1.GetBytes(Table.Replace("iglesia", "social", StringComparison.Ordinal).Replace("A;", "Asociación;", StringComparison.Ordinal));
        var good = await form.SubmitAsync(files: new() { ["Table"] = ("miembros.csv", file, "text/csv") });
        good.Text.ShouldContain("letras: windows-1252");
        (await good.SubmitAsync(form: "admit")).Text.ShouldContain("Se agregaron 2 miembros");
        (await site.ReadAsync(db => db.Members.Select(m => m.Organisation).ToListAsync())).ShouldContain("Asociación");
    }

    [Fact]
    public async Task Member_ChangedByTwo_TheSecondIsTold_AndEndedOneLeavesThePublicPage()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync(members: 3);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var url = $"/entidades/{entity.Slug}/miembros/{entity.Members[0].Value}";
        var form = await rosa.GetAsync(url);
        await form.SubmitAsync(new() { ["Input.Organisation"] = "Nombre uno" }, form: "change");
        var late = await form.SubmitAsync(new() { ["Input.Organisation"] = "Nombre dos" }, form: "change", expected: HttpStatusCode.Conflict);
        late.Text.ShouldContain("Otra persona cambió esto");
        late.Document.QuerySelector("[name='Input.Organisation']")!.GetAttribute("value").ShouldBe("Nombre dos");
        var fresh = await rosa.GetAsync(url);
        (await fresh.SubmitAsync(new() { ["Why"] = " " }, form: "End", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba el motivo");
        await fresh.SubmitAsync(new() { ["Why"] = "Se disolvió" }, form: "End");
        (await site.Visitor().GetAsync($"/entidades/{entity.Slug}")).Text.ShouldNotContain("Nombre uno");
        (await rosa.GetAsync($"/entidades/{entity.Slug}/miembros?ver=todos")).Text.ShouldContain("Mandato terminado");
    }

    [Fact]
    public async Task List_Filters_FindByNameWithoutAccentsPlaceAndKind()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        await given.EntityAsync("ccl", members: 7, name: "Comité de Concertación de Chota", province: "0604");
        await given.EntityAsync(members: 6, name: "Alianza del Sur", province: "2301");
        var visitor = site.Visitor();
        (await visitor.GetAsync("/entidades")).Text.ShouldContain("2 entidades");
        (await visitor.GetAsync("/entidades?q=CONCERTACION")).Text.ShouldContain("1 entidad");
        (await visitor.GetAsync("/entidades?lugar=23")).Text.ShouldContain("Alianza del Sur");
        (await visitor.GetAsync("/entidades?lugar=23")).Text.ShouldNotContain("Chota");
        (await visitor.GetAsync("/entidades?tipo=ccl")).Text.ShouldContain("Comité de Concertación de Chota");
        (await visitor.GetAsync("/entidades?q=nada")).Text.ShouldContain("Ninguna entidad coincide");
        (await visitor.GetAsync("/entidades?pagina=x")).Text.ShouldContain("2 entidades");
        using var csv = await visitor.FetchAsync(HttpMethod.Get, "/entidades.csv?lugar=23");
        (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_InEnglish_HaveNoMissingText()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync();
        await given.AdoptedResolutionAsync(entity);
        var assembly = await site.ReadAsync(db => db.Assemblies.SingleAsync());
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        await rosa.GetAsync("/idioma/en?volver=/entidades");
        (await rosa.GetAsync("/entidades")).Title.ShouldBe("Entities");
        string[] urls =
        [
            "/entidades/nueva", $"/entidades/{entity.Slug}", $"/entidades/{entity.Slug}/miembros", $"/entidades/{entity.Slug}/miembros/nuevo", $"/entidades/{entity.Slug}/miembros/importar",
            $"/entidades/{entity.Slug}/miembros/{entity.Members[0].Value}", $"/entidades/{entity.Slug}/asambleas/nueva", $"/entidades/{entity.Slug}/acuerdos", $"/entidades/{entity.Slug}/acuerdos/1",
            $"/entidades/{entity.Slug}/acuerdos/1/cerrar", $"/asambleas/{assembly.Id.Value}", $"/asambleas/{assembly.Id.Value}/acta", $"/asambleas/{assembly.Id.Value}/convocatoria", $"/asambleas/{assembly.Id.Value}/firma",
            $"/entidades/{entity.Slug}/miembros/importar/revision", $"/entidades/{entity.Slug}/miembros/{entity.Members[0].Value}/representante", $"/entidades/{entity.Slug}/acuerdos/1/encargos", $"/entidades/{entity.Slug}/plan",
            $"/entidades/{entity.Slug}/constitucion", $"/entidades/{entity.Slug}/constitucion/expediente", $"/entidades/{entity.Slug}/disolver", $"/entidades/{entity.Slug}/territorios", "/cuenta/intereses", "/territorios/funcionales", "/territorios/funcionales/nuevo",
        ];
        foreach (var url in urls) (await rosa.GetAsync(url)).Document.DocumentElement.GetAttribute("lang").ShouldBe("en", url);
    }
}
