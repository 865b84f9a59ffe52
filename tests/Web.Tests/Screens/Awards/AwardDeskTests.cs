using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Awards;

/// <summary>The desk where a tie is drawn, a list proposed, returned and approved: what is typed wrong is told, and stays.</summary>
public sealed class AwardDeskTests
{
    [Fact]
    public async Task Desk_TellsWhatIsWrong_AndKeepsWhatWasTyped_FromTheDrawToTheApproval()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        // The first and the last are of one province: with the same points nothing tells them apart.
        var files = await given.FilesInEvaluationAsync(4, 2);
        foreach (var file in files) await given.ScoreAsync(file, 80);
        var call = files[0].Call;
        var desk = $"/convocatorias/{call.Slug}/premiacion";
        var scope = Scope.OfFund(call.Fund.Id.Value);
        var manager = await site.SignedInAsync("operadora", (Role.Operator, scope));
        var board = await site.SignedInAsync("directorio", (Role.Board, scope));

        var page = await manager.GetAsync(desk);
        page = await page.SubmitAsync(form: "Commit");
        page.Text.ShouldContain("Sorteo comprometido");
        foreach (var (beacon, witnesses, said) in new[]
        {
            ("", "Dos vecinas", "Escriba lo sorteado y quiénes fueron testigos"), ("4 6 1", " ", "Escriba lo sorteado y quiénes fueron testigos"),
            ("4|6|1", "Dos vecinas", "no lleva la barra"), (new string('4', 201), "Dos vecinas", "hasta 200 letras"), ("4 6 1", new string('w', 501), "hasta 500 letras"),
        })
        {
            var refused = await page.SubmitAsync(new() { ["Beacon"] = beacon, ["Witnesses"] = witnesses }, form: "Draw", expected: HttpStatusCode.UnprocessableEntity);
            refused.Text.ShouldContain(said);
            refused.Document.QuerySelector("[name=Beacon]")!.GetAttribute("value").ShouldBe(beacon);
            refused.Document.QuerySelector("[name=Witnesses]")!.TextContent.Trim().ShouldBe(witnesses.Trim());
        }
        (await site.ReadAsync(db => db.TieDraws.SingleAsync())).Beacon.ShouldBeNull("nothing of it was drawn");
        page = await page.SubmitAsync(new() { ["Beacon"] = " 4 6 1 ", ["Witnesses"] = "Dos vecinas" }, form: "Draw");
        page.Text.ShouldContain("salió «4 6 1»");
        await page.SubmitAsync(form: "Propose");

        page = await board.GetAsync(desk);
        foreach (var (reasons, said) in new[] { ("  ", "Escriba por qué se devuelve"), (new string('r', 2_001), "Este texto admite hasta") })
        {
            var refused = await page.SubmitAsync(new() { ["Reasons"] = reasons }, form: "Return", expected: HttpStatusCode.UnprocessableEntity);
            refused.Text.ShouldContain(said);
            refused.Document.QuerySelector("[name=Reasons]")!.TextContent.Trim().ShouldBe(reasons.Trim());
        }
        (await site.ReadAsync(db => db.SelectionRuns.SingleAsync())).State.ShouldBe(RunState.Proposed);
        var old = page;
        page = await page.SubmitAsync(new() { ["Reasons"] = "Revisen el acta del sorteo." }, form: "Return");
        page.Text.ShouldContain("Revisen el acta del sorteo.");
        // A page left open: the list that it shows was returned already.
        await old.SubmitAsync(form: "Approve", expected: HttpStatusCode.Conflict);
        await (await manager.GetAsync(desk)).SubmitAsync(form: "Propose");
        await (await board.GetAsync(desk)).SubmitAsync(form: "Approve");
        (await site.ReadAsync(db => db.SelectionRuns.OrderBy(r => r.Number).Select(r => r.State).ToListAsync())).ShouldBe([RunState.Returned, RunState.Approved]);
        (await Audit.RunAsync(new DbSettings(site.DataFolder))).Findings.ShouldBeEmpty();
    }
}
