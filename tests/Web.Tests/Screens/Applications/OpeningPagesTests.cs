using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Applications;

/// <summary>The opening by two officials, the deserted call and the disqualified winner, through their pages.</summary>
public sealed class OpeningPagesTests
{
    static async Task<Scope> FundAsync(TestSite site) => Scope.OfFund((await site.ReadAsync(db => db.Funds.Select(f => f.Id).SingleAsync())).Value);

    [Fact]
    public async Task One_official_asks_and_only_another_confirms()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var applications = await given.SubmittedApplicationsAsync(2);
        var (call, fund) = (applications[0].Call, await FundAsync(site));
        await given.AdvanceCallAsync(call.Id, call.Fund, CallState.Closed);
        // The same person in both roles is one person.
        var olga = await site.SignedInAsync("olga", (Role.Operator, fund), (Role.Board, fund));
        var bruno = await site.SignedInAsync("bruno", (Role.Board, fund));
        var audit = await site.SignedInAsync("ana", (Role.Auditor, Scope.Platform));
        var url = $"/convocatorias/{call.Slug}/apertura";

        (await olga.GetAsync("/mi-bandeja")).Text.ShouldContain("Pedir la apertura de los sobres");
        (await bruno.GetAsync("/mi-bandeja")).Text.ShouldNotContain("apertura");
        (await audit.GetAsync(url)).Document.QuerySelectorAll("main form").ShouldBeEmpty();
        var page = await olga.GetAsync(url);
        page.Text.ShouldContain("2 personas distintas");
        page = await page.SubmitAsync(form: "handler=ask");
        page.Text.ShouldContain("Falta que otra persona del fondo la confirme");
        page.Document.QuerySelectorAll("main form").ShouldBeEmpty();
        (await olga.GetAsync("/mi-bandeja")).Text.ShouldNotContain("apertura de los sobres");
        (await site.ReadAsync(db => db.OpenedApplications.AnyAsync())).ShouldBeFalse();

        (await bruno.GetAsync("/mi-bandeja")).Text.ShouldContain("Confirmar la apertura de los sobres");
        page = await bruno.GetAsync(url);
        page.Text.ShouldContain("Pidió la apertura");
        page = await page.SubmitAsync();
        page.Text.ShouldContain("P-002");
        (await site.ReadAsync(db => db.OpenedApplications.CountAsync())).ShouldBe(2);
        (await bruno.GetAsync("/mi-bandeja")).Text.ShouldNotContain("Confirmar la apertura");
    }

    [Fact]
    public async Task A_call_without_applications_is_declared_deserted_and_everybody_reads_so()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var call = await given.CallAsync(c => c.Closed());
        var fund = await FundAsync(site);
        var (olga, bruno) = (await site.SignedInAsync("olga", (Role.Operator, fund)), await site.SignedInAsync("bruno", (Role.Board, fund)));
        (await bruno.GetAsync($"/convocatorias/{call.Slug}/desierta")).Document.QuerySelectorAll("main form").ShouldBeEmpty();
        var page = await (await olga.GetAsync($"/convocatorias/{call.Slug}/gestion")).FollowAsync("Declarar desierta la convocatoria");
        page.Text.ShouldContain("S/ 20 000 000.00");
        page = await page.SubmitAsync();
        page.Text.ShouldContain("su presupuesto volvió al fondo");
        var visitor = site.Visitor();
        (await visitor.GetAsync($"/convocatorias/{call.Slug}")).Text.ShouldContain("desierta");
        (await visitor.GetAsync($"/resultados/{call.Slug}")).Text.ShouldContain("desierta");
        (await olga.GetAsync($"/convocatorias/{call.Slug}/desierta")).Text.ShouldContain("En este estado no se declara desierta");

        var open = await given.CallAsync(c => c.Open());
        (await (await site.SignedInAsync("otra", (Role.Operator, fund))).FetchAsync(HttpMethod.Get, $"/convocatorias/{open.Slug}/desierta")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_winner_is_disqualified_with_a_reason_and_the_results_say_so()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var files = await given.FilesInEvaluationAsync(2, 2, Money.Soles(1_000_000));
        await given.ScoreAsync(files[0], 90);
        await given.ScoreAsync(files[1], 80);
        await given.AwardAsync(files[0].Call);
        var agreement = await site.ReadAsync(db => db.Agreements.SingleAsync());
        await given.ConcludeAsync(agreement.Id, files[0].Call, files[0].Manager);
        var olga = await site.SignedInAsync("olga", (Role.Operator, await FundAsync(site)));

        var page = await (await olga.GetAsync($"/postulaciones/{files[0].Id.Value}/expediente")).FollowAsync("Descalificar");
        page.Text.ShouldContain("S/ 540 000.00");
        page = await page.SubmitAsync(new() { ["Why"] = "La carta de aporte es falsa." }, expected: HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector("#Why")!.TextContent.ShouldContain("La carta de aporte es falsa.");
        page = await page.SubmitAsync(new() { ["Why"] = "La carta de aporte es falsa.", ["Sure"] = "true" });
        page.Text.ShouldContain("quedó descalificada");
        (await site.ReadAsync(db => db.Agreements.OrderBy(a => a.Number).Select(a => a.State).ToListAsync())).ShouldBe([AgreementState.Lapsed, AgreementState.Draft]);
        var visitor = site.Visitor();
        (await visitor.GetAsync($"/resultados/{files[0].Call.Slug}")).Text.ShouldContain("descalificada");
        (await visitor.GetAsync($"/resultados/{files[0].Call.Slug}/P-001")).Text.ShouldContain("por falsedad");
        (await visitor.GetAsync($"/convenios/{agreement.Id.Value}")).Text.ShouldContain("Este convenio cayó");
        var board = await site.SignedInAsync("bruno", (Role.Board, await FundAsync(site)));
        (await board.FetchAsync(HttpMethod.Get, $"/postulaciones/{files[1].Id.Value}/descalificar")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_board_rolls_a_call_back_to_a_named_stage_and_everybody_reads_why()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var file = (await given.FilesInEvaluationAsync(1, 2))[0];
        await given.ScoreAsync(file, 80);
        var before = (await given.SeatsAsync(file)).Select(s => s.Id).ToList();
        var bruno = await site.SignedInAsync("bruno", (Role.Board, await FundAsync(site)));
        var url = $"/convocatorias/{file.Call.Slug}/anular";
        var page = await (await bruno.GetAsync(url)).SubmitAsync(new() { ["To"] = "Screening" }, expected: HttpStatusCode.UnprocessableEntity);
        page = await page.SubmitAsync(new() { ["To"] = "Screening", ["Why"] = "No se notificó una observación." });
        (await site.ReadAsync(db => db.Calls.Select(c => c.State).SingleAsync())).ShouldBe(CallState.Screening);
        (await site.Visitor().GetAsync($"/convocatorias/{file.Call.Slug}")).Text.ShouldContain("No se notificó una observación.");
        (await given.SeatsAsync(file)).ShouldBeEmpty();
        await given.AdmitAsync(file);
        await given.WithAsync<Minka.Core.Evaluation.StartEvaluation>(s => s.ExecuteAsync(file.Call.Id, file.Call.Operator));
        (await given.SeatsAsync(file)).Select(s => s.Id).ShouldNotContain(id => before.Contains(id));
        // Forward is no stage to go back to.
        await (await bruno.GetAsync(url)).SubmitAsync(new() { ["To"] = "Awarded", ["Why"] = "x" }, expected: HttpStatusCode.UnprocessableEntity);
    }
}
