using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Evaluation;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Evaluation;

public sealed class ScreeningPagesTests
{
    [Theory, BothDatabases]
    public async Task List_OfFilesInEachState_CountsThoseThatStillCompete(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        await site.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInScreeningAsync(4);
        await given.AdmitAsync(files[0]);
        await site.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(files[1].Id, "No continúa", files[1].Manager));
        var codes = await site.ReadAsync(db => db.Applications.ToDictionaryAsync(a => a.Id, a => a.Code!));
        var call = files[0].Call;
        var op = await site.SignedInAsync("olga", (Role.Operator, Scope.OfFund(call.Fund.Id.Value)));

        var page = await op.GetAsync($"/convocatorias/{call.Slug}/admisibilidad");
        page.Document.QuerySelectorAll("tbody tr th").Select(c => c.TextContent.Trim()).ShouldBe(codes.Values.Order(StringComparer.Ordinal));
        // To review, told, admitted, rejected: who withdrew is in none.
        page.Document.QuerySelectorAll("main dt + dd").Select(c => c.TextContent.Trim()).ShouldBe(["2", "0", "1", "0"]);
        page.Text.ShouldContain("retirada");
        using var file = await op.FetchAsync(HttpMethod.Get, $"/convocatorias/{call.Slug}/admisibilidad.csv");
        var rows = TableFileTests.Csv(Encoding.UTF8.GetString((await file.Content.ReadAsByteArrayAsync())[3..]));
        rows.Skip(1).Select(r => r[0]).ShouldBe(codes.Values.Order(StringComparer.Ordinal));
        rows.Single(r => r[0] == codes[files[1].Id])[3].ShouldBe("retirada");
        rows.Single(r => r[0] == codes[files[0].Id])[1].ShouldBe(await site.ReadAsync(db => db.OpenedApplications.Where(o => o.ApplicationId == files[0].Id).Select(o => o.Entity).SingleAsync()));
    }

    [Fact]
    public async Task Review_OfAnInvestmentThatAnotherPromoterAsksToo_TellsTheOffice()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        await site.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var programmes = new List<GivenProgramme>();
        foreach (var province in new[] { "0605", "0602", "0901" })
        {
            var draft = await given.DraftProgrammeAsync(await given.EntityAsync(province: province));
            // The first two hold the same investment, under different project codes; the third has one of its own.
            var at = programmes.Count;
            await given.WithAsync<ChangeSheet>(c => c.ExecuteAsync(draft.Entity.Id, draft.Projects[at], new() { InvestmentCode = at < 2 ? "2480997" : "2480998" }, null, draft.Entity.Actor with { Role = "manager" }));
            programmes.Add(await given.AdoptedAsync(draft));
        }
        var call = await given.CallAsync(c => c.Accrediting([.. programmes.Select(p => p.Entity.Id)]).Open());
        var files = new List<GivenApplication>();
        foreach (var programme in programmes) files.Add((await given.SubmittedApplicationAsync(programme, call)).Application);
        await given.OpenEnvelopesAsync(call);
        await given.WithAsync<StartScreening>(s => s.ExecuteAsync(call.Id, call.Operator));
        var opened = await site.ReadAsync(db => db.OpenedApplications.ToDictionaryAsync(o => o.ApplicationId));
        var op = await site.SignedInAsync("olga", (Role.Operator, Scope.OfFund(call.Fund.Id.Value)));
        async Task<string> ReviewAsync(GivenApplication file) => (await op.GetAsync($"/postulaciones/{file.Id.Value}/admisibilidad")).Text;

        var first = await ReviewAsync(files[0]);
        first.ShouldContain("Otra postulación pide la misma inversión");
        first.ShouldContain($"Código único 2480997: P1 Riego tecnificado está también en {opened[files[1].Id].Code}, de {opened[files[1].Id].Entity} (proyecto P2)");
        (await ReviewAsync(files[1])).ShouldContain($"está también en {opened[files[0].Id].Code}, de {opened[files[0].Id].Entity} (proyecto P1)");
        (await ReviewAsync(files[2])).ShouldNotContain("la misma inversión");
        await site.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(files[1].Id, "No continúa", files[1].Manager));
        (await ReviewAsync(files[0])).ShouldNotContain("la misma inversión");
    }
}
