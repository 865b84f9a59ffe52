using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Prioritisation;

public sealed class PrioritisationTests
{
    static readonly IReadOnlyList<PriorityOption> Options =
    [
        new("1", "Riego Alto", new Money(60_000_00), "Chilete", "agua"), new("2", "Camino", new Money(50_000_00), null, "camino"),
        new("3", "Vivero", new Money(30_000_00), null, "bosque"), new("4", "Feria", new Money(20_000_00), null, "mercado"),
    ];

    static PrioritisationInput Input(BallotForm form = BallotForm.Several, int most = 2, PriorityRule? rule = null) =>
        new("Priorización 2027", new Money(100_000_00), form, most, Options, rule ?? RunPrioritisation.Compared[0], [new("t1", "Chilete"), new("t2", "Yonán")]);

    [Theory, BothDatabases]
    public async Task Slips_and_paper_are_counted_together_by_the_rule_that_was_fixed_before(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var actor = entity.Actor;
        Task Run(Func<RunPrioritisation, Task> use) => given.WithAsync(use);
        var id = await given.WithAsync<RunPrioritisation, PrioritisationId>(r => r.DraftAsync(entity.Id, Input(), actor));
        (await Should.ThrowAsync<RuleBroken>(() => Run(r => r.OpenAsync(id, actor)))).Code.ShouldBe("state.forbidden", "the rule is fixed before the voting opens");
        await Run(r => r.FixAsync(id, actor));
        var slips = await given.WithAsync<RunPrioritisation, IReadOnlyList<string>>(r => r.PrintSlipsAsync(id, "t1", 12, actor));
        var fixedLeaf = await database.ReadAsync(db => db.Leaves.CountAsync());
        await Run(r => r.OpenAsync(id, actor));
        var digest = (await database.ReadAsync(db => db.PrioritisationSessions.SingleAsync())).RuleDigest!.Value;
        (await database.ReadAsync(db => db.Leaves.Where(l => l.Index < fixedLeaf).Select(l => l.Body).ToListAsync())).ShouldContain(b => Encoding.UTF8.GetString(b).Contains(digest.Hex), "the digest of the rule is in the register before any ballot");

        Task<bool> Cast(string slip, BallotCode code, params string[] marks) => given.WithAsync<CastPriority, bool>(c => c.ExecuteAsync(id, slip, marks.ToDictionary(m => m, _ => 1), false, code));
        var first = BallotCode.New(new SystemEntropy());
        (await Cast(slips[0], first, "1", "3")).ShouldBeTrue();
        (await Cast(slips[0].ToLowerInvariant(), first, "2")).ShouldBeFalse("the same form again counts once");
        (await Should.ThrowAsync<RuleBroken>(() => Cast(slips[0], BallotCode.New(new SystemEntropy()), "2"))).Code.ShouldBe(PriorityRules.SlipUsed);
        (await Should.ThrowAsync<RuleBroken>(() => Cast("ZZZZZZZZZZ", BallotCode.New(new SystemEntropy()), "2"))).Code.ShouldBe(PriorityRules.SlipUnknown);
        (await Should.ThrowAsync<RuleBroken>(() => Cast(slips[1], BallotCode.New(new SystemEntropy()), "1", "2", "3"))).Code.ShouldBe(BallotRules.TooManyMarks);
        for (var i = 1; i < 7; i++) await Cast(slips[i], BallotCode.New(new SystemEntropy()), i % 2 == 0 ? ["2"] : ["3", "4"]);

        var session = await database.ReadAsync(db => db.PrioritisationSessions.SingleAsync());
        Marking Sheet(params string[] marks) => session.Paper.Mark(marks.ToDictionary(m => m, _ => 1));
        IReadOnlyList<Marking> right = [Sheet("1"), Sheet("2", "4"), new(true, [0, 0, 0, 0])];
        await Run(r => r.TypeAsync(id, "t2", 1, right, actor));
        (await Should.ThrowAsync<RuleBroken>(() => Run(r => r.CloseAsync(id, actor)))).Code.ShouldBe(PriorityRules.BatchHalf);
        await Run(r => r.TypeAsync(id, "t2", 2, [Sheet("1"), Sheet("2", "3"), right[2]], actor));
        var refused = await Should.ThrowAsync<RuleBroken>(() => Run(r => r.CloseAsync(id, actor)));
        (refused.Code, ((List<int>)refused.Args[1]!)[0]).ShouldBe((PriorityRules.BatchDiffers, 2));
        await Run(r => r.TypeAsync(id, "t2", 2, right, actor));
        var result = await given.WithAsync<RunPrioritisation, PriorityResult>(r => r.CloseAsync(id, actor));

        (result.Ballots, result.OnPaper).ShouldBe((10, 3));
        result.Chosen.Rule.ShouldBe(RunPrioritisation.Compared[0]);
        result.Others.Count.ShouldBe(3);
        (result.Count!.Of("1"), result.Count.Of("2"), result.Count.Of("3"), result.Count.Of("4"), result.Count.Blank, result.Count.Null).ShouldBe((2, 4, 4, 4, 0, 1));
        result.Places.ShouldBeNull("marks have no places");
        result.Chosen.Spent.Minor.ShouldBeLessThanOrEqualTo(100_000_00);
        // The file that is handed out gives the same result with the library alone.
        session = await database.ReadAsync(db => db.PrioritisationSessions.SingleAsync());
        var counted = await database.ReadAsync(db => db.CountedBallots.Select(b => b.Marking).ToListAsync());
        var file = RunPrioritisation.FileOf(session.ElectionOf([.. counted, .. right]));
        Digest.Of(file).ShouldBe(result.FileDigest);
        var read = PabulibReader.Read(new MemoryStream(file), "priorizacion.pb");
        ParticipatoryBudget.Run(read, session.Rule.Settings).Winners(read).Order().ShouldBe(result.Chosen.Order.Order());
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
        // No code of a slip is anywhere in the database.
        var leaves = string.Concat((await database.ReadAsync(db => db.Leaves.Select(l => l.Body).ToListAsync())).Select(b => Encoding.UTF8.GetString(b)));
        foreach (var slip in slips) leaves.ShouldNotContain(slip);
    }

    [Theory]
    [InlineData(BallotForm.Points, 5)]
    [InlineData(BallotForm.Ranking, 3)]
    public async Task Points_and_places_are_counted_too(BallotForm form, int most)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        var id = await given.WithAsync<RunPrioritisation, PrioritisationId>(r => r.DraftAsync(entity.Id, Input(form, most, RunPrioritisation.Compared[2]), entity.Actor));
        await given.WithAsync<RunPrioritisation>(r => r.FixAsync(id, entity.Actor));
        await given.WithAsync<RunPrioritisation>(r => r.OpenAsync(id, entity.Actor));
        var slips = await given.WithAsync<RunPrioritisation, IReadOnlyList<string>>(r => r.PrintSlipsAsync(id, "t1", 3, entity.Actor));
        Task<bool> Cast(int slip, params (string Id, int Value)[] marks) => given.WithAsync<CastPriority, bool>(c => c.ExecuteAsync(id, slips[slip], marks.ToDictionary(m => m.Id, m => m.Value), false, BallotCode.New(new SystemEntropy())));
        if (form == BallotForm.Points) (await Should.ThrowAsync<RuleBroken>(() => Cast(0, ("1", 3), ("2", 3)))).Code.ShouldBe(BallotRules.TooManyPoints);
        else (await Should.ThrowAsync<RuleBroken>(() => Cast(0, ("1", 1), ("2", 3)))).Code.ShouldBe(BallotRules.PlacesWrong);
        for (var i = 0; i < 3; i++) await Cast(i, ("4", form == BallotForm.Points ? 3 : 1), ("3", 2));
        var result = await given.WithAsync<RunPrioritisation, PriorityResult>(r => r.CloseAsync(id, entity.Actor));
        result.Chosen.Order.Take(2).Order().ShouldBe(["3", "4"]);
        (result.Count!.Of("4"), result.Count.Of("3"), result.Count.Of("1")).ShouldBe(form == BallotForm.Points ? (9, 6, 0) : (3, 3, 0));
        // The last place of a ballot is worth one point, each before it one more.
        (result.Places?.Select(p => (p.Option, p.Votes))).ShouldBe(form == BallotForm.Points ? null : [("1", 0), ("2", 0), ("3", 3), ("4", 6)]);
    }
}
