using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
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
}
