using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Publication;
using Minka.Selection.Optimal;
using Minka.TestKit;
using Minka.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Awards;

public sealed class ResultPagesTests(StorySite story) : IClassFixture<StorySite>
{
    [Fact]
    public async Task Everybody_reads_who_won_and_why_not()
    {
        var visitor = story.Site.Visitor();
        (await visitor.GetAsync("/resultados")).Html.ShouldContain(story.Results);
        var page = await visitor.GetAsync(story.Results);
        page.Text.ShouldContain("habría sido financiada");
        page.Text.ShouldContain("financiada desde la reserva");
        page.Text.ShouldContain("no firmó");
        page.Text.ShouldContain("./minka verify");
        var codes = await story.Site.ReadAsync(db => db.AwardLines.Select(l => l.Code).Distinct().ToListAsync());
        foreach (var code in codes) (await visitor.GetAsync($"{story.Results}/{code}")).Text.ShouldContain("habría bastado");
        await visitor.GetAsync($"{story.Results}/P-999", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_file_and_sheet_tell_each_line_with_the_names_of_its_application()
    {
        var call = await story.Site.ReadAsync(db => db.Calls.SingleAsync(c => c.State == CallState.Awarded));
        var opened = await story.Site.ReadAsync(db => db.OpenedApplications.Where(o => o.CallId == call.Id).ToDictionaryAsync(o => o.Code));
        var run = await story.Site.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.CallId == call.Id && r.State == RunState.Approved));
        var decisions = run.ReadResult().Decisions;
        var visitor = story.Site.Visitor();
        var page = await visitor.GetAsync(story.Results);
        page.Document.QuerySelectorAll("section[aria-labelledby^=liga] tbody th").Select(c => string.Join(' ', c.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(decisions.Select(d => $"{d.Id} {opened[d.Id].Title} {opened[d.Id].Entity}"), ignoreOrder: true);
        using var file = await visitor.FetchAsync(HttpMethod.Get, $"{story.Results}.csv");
        TableFileTests.Csv(Encoding.UTF8.GetString((await file.Content.ReadAsByteArrayAsync())[3..])).Skip(1).Select(r => (r[2], r[3], r[4]))
            .ShouldBe(decisions.Select(d => (d.Id, opened[d.Id].Title, opened[d.Id].Entity)), ignoreOrder: true);
        (await visitor.GetAsync($"/premiaciones/{run.Id.Value}")).Document.QuerySelectorAll("tbody th[scope=row]").Select(c => (c.TextContent, c.NextElementSibling!.TextContent))
            .Where(r => opened.ContainsKey(r.Item1)).ShouldBe(decisions.Where(d => d.IsFunded).Select(d => (d.Id, opened[d.Id].Entity)), ignoreOrder: true);
    }

    [Fact]
    public async Task The_board_sees_how_the_envelopes_fill_and_what_would_have_been_enough()
    {
        var call = await story.Site.ReadAsync(db => db.Calls.SingleAsync(c => c.State == CallState.Awarded));
        var board = await story.Site.SignedInAsync("directorio-lee", (Role.Board, Scope.OfFund(call.FundId.Value)));
        var page = await board.GetAsync($"/convocatorias/{call.Slug}/premiacion");
        page.Text.ShouldContain("Cómo se llenan las bolsas");
        page.Text.ShouldContain("más en la bolsa de la liga");
        page.Text.ShouldContain("Lista de reserva");
        page.Text.ShouldContain("Empates");
        page.Text.ShouldContain("Lo que cuesta la regla");
        page.Text.ShouldContain("La regla declarada decide.");
        page.Text.ShouldContain("Probabilidad de ser financiada");
        page.Document.QuerySelectorAll("tbody td").Count(c => c.TextContent.Trim() is "Sí" or "No").ShouldBeGreaterThan(0);
        // Beside the optimum each who competed is told why it is in or out, in points; on the page of its own too, for anybody.
        var comparison = (await story.Site.ReadAsync(db => db.RunComparisons.SingleAsync(c => db.Set<SelectionRun>().Any(r => r.Id == c.RunId && r.CallId == call.Id && r.State == RunState.Approved)))).Read();
        comparison.Reasons!.Select(r => r.Code).ShouldBe(comparison.Optimum!.Qualified, ignoreOrder: true);
        var told = Regex.Count(page.Text, "(Está en la mejor cartera|La mejor cartera no la financia)");
        told.ShouldBe(comparison.Reasons!.Count);
        var left = comparison.Reasons!.First(r => !comparison.Optimum.Funds(r.Code) && r.Low > 0);
        (await story.Site.Visitor().GetAsync($"/resultados/{call.Slug}/{left.Code}")).Text.ShouldContain($"La mejor cartera no la financia: con ella, la mejor sumaría {left.Low / 100}.{left.Low % 100:00} puntos menos; eso es lo que le falta.");
        await board.GetAsync("/idioma/en");
        var english = await board.GetAsync($"/convocatorias/{call.Slug}/premiacion");
        english.Text.ShouldContain("What the rule costs");
        english.Text.ShouldContain("The declared rule decides.");
        english.Text.ShouldContain("Probability of being funded");
        page.Document.QuerySelectorAll("figure svg").Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Everybody_reads_what_the_rule_costs_and_solves_the_model_alone()
    {
        var visitor = story.Site.Visitor();
        var page = await visitor.GetAsync(story.Results);
        page.Text.ShouldContain("La regla declarada decide.");
        page.Text.ShouldContain("sin ponderar por dinero ni por personas");
        page.Text.ShouldContain("Está demostrado que ninguna otra cartera suma más puntos");
        page.Document.QuerySelectorAll($"a[href='{story.Results}/modelo-optimo.json']").Length.ShouldBe(1);

        using var download = await visitor.FetchAsync(HttpMethod.Get, $"{story.Results}/modelo-optimo.json");
        download.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var solved = AwardOptimiser.Solve(AwardFile.Read(await download.Content.ReadAsByteArrayAsync())[0].Model!);
        solved.Status.ShouldBe(SolveStatus.Optimal);
        var points = page.Document.QuerySelectorAll("section[aria-labelledby=precio] tbody tr").First().QuerySelectorAll("td")[1].TextContent.Trim();
        points.ShouldBe((solved.Stages[0].Value / (decimal)Math.Pow(10, AwardFile.Read(await download.Content.ReadAsByteArrayAsync())[0].ValueDecimals)).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        var funded = solved.Decisions.Where(d => d.Level is not null).Select(d => d.Id.Split('/')[0]).ToList();
        foreach (var row in page.Document.QuerySelectorAll("section[aria-labelledby^=liga] tbody tr.told"))
        {
            var code = row.QuerySelector("th a")!.TextContent.Split(' ')[0];
            row.QuerySelectorAll("td").Any(c => c.TextContent.Trim() == "Sí").ShouldBe(funded.Contains(code), code);
        }

        await visitor.GetAsync("/idioma/en");
        var english = await visitor.GetAsync(story.Results);
        english.Text.ShouldContain("What the rule costs");
        english.Text.ShouldContain("In the best portfolio");
        english.Text.ShouldContain("Probability of being funded");
    }

    [Fact]
    public async Task No_model_is_offered_before_the_results_are_public()
    {
        var others = await story.Site.ReadAsync(db => db.Calls.Where(c => c.State != CallState.Awarded).Select(c => c.Slug).ToListAsync());
        foreach (var slug in others.Append("no-existe"))
            (await story.Site.Visitor().FetchAsync(HttpMethod.Get, $"/resultados/{slug}/modelo-optimo.json")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_price_of_the_rule_and_the_probabilities_are_on_each_page_and_in_the_files()
    {
        var run = await story.Site.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.State == RunState.Approved));
        var told = (await story.Site.ReadAsync(db => db.RunComparisons.SingleAsync(c => c.RunId == run.Id))).Read();
        var optimum = told.Optimum!;
        optimum.Price.Points.ShouldBePositive("the demonstration's rule costs something");
        var visitor = story.Site.Visitor();
        optimum.Price.OnlyOther.Count.ShouldBeGreaterThan(1);
        (await visitor.GetAsync(story.Results)).Text.ShouldContain($"Solo en la mejor cartera: {Format.List(optimum.Price.OnlyOther)}.", Case.Sensitive, "all of them, not the first alone");
        var csv = await (await visitor.FetchAsync(HttpMethod.Get, $"{story.Results}.csv")).Content.ReadAsStringAsync();
        csv.Split('\n')[0].ShouldContain("En la mejor cartera,Probabilidad de ser financiada");
        foreach (var (code, share) in told.Odds.Probability)
        {
            var percent = Format.Percent(share);
            (await visitor.GetAsync($"{story.Results}/{code}")).Document.QuerySelector("section[aria-labelledby=al-lado]")!.TextContent.ShouldContain(percent, Case.Sensitive, code);
            csv.Split('\n').Single(l => l.Contains(code, StringComparison.Ordinal) && l.Contains(optimum.Funds(code) ? ",Sí," : optimum.Qualified.Contains(code) ? ",No," : ",–,", StringComparison.Ordinal)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task The_board_has_the_model_before_the_results_are_public_and_nobody_else()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var files = await given.FilesInEvaluationAsync(2, 2);
        var call = files[0].Call;
        var fund = await given.ReadAsync(db => db.Calls.Where(c => c.Id == call.Id).Select(c => c.FundId).SingleAsync());
        var (board, other) = (await site.SignedInAsync("consejo", (Role.Board, Scope.OfFund(fund.Value))), await site.SignedInAsync("gerente", (Role.Manager, Scope.OfEntity(files[0].Entity.Id.Value))));
        var address = $"/convocatorias/{call.Slug}/premiacion/modelo-optimo.json";
        (await board.FetchAsync(HttpMethod.Get, address)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, "nothing is proposed yet");
        await given.ScoreAsync(files[0], 80);
        await given.ScoreAsync(files[1], 70);
        await given.WithAsync<ProposeAward>(p => p.ExecuteAsync(call.Id, call.Operator));

        (await board.GetAsync($"/convocatorias/{call.Slug}/premiacion")).Html.ShouldContain(address);
        using var model = await board.FetchAsync(HttpMethod.Get, address);
        AwardOptimiser.Solve(AwardFile.Read(await model.Content.ReadAsByteArrayAsync())[0].Model!).Status.ShouldBe(SolveStatus.Optimal);
        (await other.FetchAsync(HttpMethod.Get, address)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await site.Visitor().FetchAsync(HttpMethod.Get, address)).Content.Headers.ContentType!.MediaType.ShouldBe("text/html", "a visitor is asked to sign in");
        (await site.Visitor().FetchAsync(HttpMethod.Get, $"/resultados/{call.Slug}/modelo-optimo.json")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    /// <summary>A list that is the only argument of a text is told whole, also in the minutes behind the award.</summary>
    [Fact]
    public async Task The_minutes_name_everybody_who_was_absent()
    {
        var assembly = await story.Site.ReadAsync(db => db.Set<Core.Entities.Assembly>().FirstAsync());
        assembly.Minutes!.Absent.Count.ShouldBe(2);
        (await story.Site.Visitor().GetAsync($"/asambleas/{assembly.Id.Value}/acta")).Text.ShouldContain($"No asistieron: {Format.List(assembly.Minutes.Absent)}.");
    }

    [Fact]
    public async Task The_bundle_is_downloaded_and_verifies_and_is_kept()
    {
        var visitor = story.Site.Visitor();
        using var first = await visitor.FetchAsync(HttpMethod.Get, $"{story.Results}/paquete.zip");
        var zip = await first.Content.ReadAsByteArrayAsync();
        BundleVerifier.Verify(zip, head: story.Outcome.Head).Claims.Where(c => !c.Passed).ShouldBeEmpty();
        using var second = await visitor.FetchAsync(HttpMethod.Get, $"{story.Results}/paquete.zip");
        (await second.Content.ReadAsByteArrayAsync()).ShouldBe(zip);
    }

    [Fact]
    public async Task Agreements_are_public_and_pending_their_signature()
    {
        var visitor = story.Site.Visitor();
        var agreements = await story.Site.ReadAsync(db => db.Agreements.ToListAsync());
        (await visitor.GetAsync("/convenios")).Html.ShouldContain(agreements[0].Number);
        foreach (var agreement in agreements)
        {
            var page = await visitor.GetAsync($"/convenios/{agreement.Id.Value}");
            page.Html.ShouldContain("Pendiente de firma");
            page.Document.QuerySelectorAll("form[method=post]").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_award_is_a_sheet_to_be_signed_by_the_office_alone()
    {
        var run = await story.Site.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.State == RunState.Approved));
        (await story.Site.Visitor().GetAsync($"/premiaciones/{run.Id.Value}")).Document.QuerySelectorAll("form[method=post]").ShouldBeEmpty();
        var call = await story.Site.ReadAsync(db => db.Calls.SingleAsync(c => c.Id == run.CallId));
        var office = await story.Site.SignedInAsync("oficina-actas", (Role.Operator, Scope.OfFund(call.FundId.Value)));
        (await office.GetAsync($"/premiaciones/{run.Id.Value}")).Document.QuerySelectorAll("form[method=post]").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_office_sees_each_desk_of_a_finished_call_and_strangers_do_not()
    {
        var call = await story.Site.ReadAsync(db => db.Calls.SingleAsync(c => c.State == CallState.Awarded));
        var office = await story.Site.SignedInAsync("oficina-lee", (Role.Operator, Scope.OfFund(call.FundId.Value)));
        var stranger = await story.Site.SignedInAsync("oficina-ajena", (Role.Operator, Scope.OfFund(Guid.Parse("11111111-1111-1111-1111-111111111111"))));
        var file = await story.Site.ReadAsync(db => db.Reviews.Select(r => r.ApplicationId).FirstAsync());
        var cured = await story.Site.ReadAsync(db => db.Reviews.Where(r => r.Round > 0).Select(r => r.ApplicationId).FirstAsync());
        var sheet = await story.Site.ReadAsync(db => db.Assignments.Where(a => a.State == AssignmentState.Locked).Select(a => a.Id).FirstAsync());
        foreach (var path in new[]
        {
            $"/convocatorias/{call.Slug}/admisibilidad", $"/postulaciones/{file.Value}/admisibilidad", $"/postulaciones/{cured.Value}/subsanar",
            $"/convocatorias/{call.Slug}/evaluacion", $"/evaluaciones/{sheet.Value}", $"/convocatorias/{call.Slug}/premiacion",
        })
        {
            await office.GetAsync(path);
            await stranger.GetAsync(path, System.Net.HttpStatusCode.Forbidden);
        }
    }
}
