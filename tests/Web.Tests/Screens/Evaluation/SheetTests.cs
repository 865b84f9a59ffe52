using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Evaluation;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Evaluation;

public sealed class SheetTests
{
    [Fact]
    public async Task Score_KeptMeanwhileFromAnotherWindow_ShowsBothAndTakesTheSecondSending()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var file = (await given.FilesInEvaluationAsync(1, 2))[0];
        var seat = (await given.SeatsAsync(file))[0];
        var me = new Actor(seat.EvaluatorId, "evaluator");
        await given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, me));
        var criterion = (await given.RulesAsync(file.Call)).Pack.Criteria.Items[0].Id;
        var reader = site.Visitor();
        var name = await site.ReadAsync(db => db.People.Where(p => p.Id == seat.EvaluatorId).Select(p => p.UserName!).SingleAsync());
        await (await reader.GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = name, ["Password"] = TestSite.Password });

        var form = await reader.GetAsync($"/evaluaciones/{seat.Id.Value}?criterio={criterion}");
        await given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion, 7, "Lo de la otra ventana.", null, me));
        var both = await form.SubmitAsync(new() { ["Points"] = "9", ["Reason"] = "Lo que escribí aquí." }, form: "handler=Score", expected: HttpStatusCode.Conflict);
        both.Text.ShouldContain("se guardó desde otra ventana");
        both.Text.ShouldContain("Lo de la otra ventana.");
        both.Document.QuerySelector("textarea[name=Reason]")!.TextContent.Trim().ShouldBe("Lo que escribí aquí.");
        await both.SubmitAsync(form: "handler=Score");
        var score = await site.ReadAsync(db => db.Scores.SingleAsync(s => s.AssignmentId == seat.Id));
        (score.Points, score.Reason).ShouldBe((9, "Lo que escribí aquí."));
    }
}
