using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Tests.Publication;
using Minka.Selection.Award;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

/// <summary>A call whose rules know a part of the money, a cap per plan writer, the promoter's own order and money kept aside.</summary>
public sealed class TermsTests
{
    const string WriterName = "Teófilo Formulador Inventado";
    const string WriterDocument = "41222333";

    static async Task<string> CodeAsync(Func<Task> act) => (await Should.ThrowAsync<RuleBroken>(act)).Code;

    static TermsSection Terms(string document, int place = 1, Money? least = null) =>
        new() { AcceptsPart = least is not null, LeastPart = least, PlanWriter = new() { Name = WriterName, Document = document }, OwnPriority = place };

    sealed record Story(GivenCall Call, IReadOnlyDictionary<string, GivenApplication> Files, RunId Run);

    /// <summary>
    /// S/ 1,900,000, of which 600,000 for Huancavelica. Each asks for 540,000: a1 (90 points, its promoter's second, writer X), a2 (70, its first),
    /// b (85, writer X too), c (65, of Huancavelica), d (62, accepts a part from 200,000).
    /// </summary>
    static async Task<Story> AwardedAsync(Given given)
    {
        var a = await given.EntityAsync(province: "0605");
        var programmes = new Dictionary<string, GivenProgramme>
        {
            ["a1"] = await given.ProgrammeAsync(a),
            ["a2"] = await given.ProgrammeAsync(a),
            ["b"] = await given.ProgrammeAsync(await given.EntityAsync(province: "0602")),
            ["c"] = await given.ProgrammeAsync(await given.EntityAsync(province: "0901")),
            ["d"] = await given.ProgrammeAsync(await given.EntityAsync(province: "0602")),
        };
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).WithBudget(Money.Soles(1_900_000)).Accrediting([.. programmes.Values.Select(p => p.Entity.Id).Distinct()]).Open());
        var ruc = "10" + WriterDocument + Ruc.CheckDigit("10" + WriterDocument);
        var terms = new Dictionary<string, TermsSection>
        {
            ["a1"] = Terms(WriterDocument, place: 2),
            ["a2"] = Terms("41222334"),
            ["b"] = Terms(ruc),
            ["c"] = Terms("41222335"),
            ["d"] = Terms("41222336", least: Money.Soles(200_000)),
        };
        var files = new Dictionary<string, GivenApplication>();
        foreach (var (name, programme) in programmes)
        {
            files[name] = await given.WrittenApplicationAsync(programme, call);
            await given.WriteTermsAsync(files[name], terms[name]);
            await given.SubmitAsync(files[name]);
        }
        await given.OpenEnvelopesAsync(call);
        await given.WithAsync<Core.Evaluation.StartScreening>(s => s.ExecuteAsync(call.Id, call.Operator));
        await given.EvaluatorsAsync(call, 2);
        await given.AdmitAsync([.. files.Values]);
        await given.WithAsync<Core.Evaluation.StartEvaluation>(s => s.ExecuteAsync(call.Id, call.Operator));
        foreach (var (name, points) in new[] { ("a1", 90), ("a2", 70), ("b", 85), ("c", 65), ("d", 62) }) await given.ScoreAsync(files[name], points);
        return new(call, files, await given.AwardAsync(call));
    }

    [Theory, BothDatabases]
    public async Task The_award_holds_to_parts_caps_own_order_and_money_kept_aside(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var story = await AwardedAsync(given);
        var rules = await given.RulesAsync(story.Call);
        rules.Leagues.SumMoney(l => l.Envelope).ShouldBe(Money.Soles(1_300_000), "the leagues share what is not kept aside");

        var codes = await given.ReadAsync(db => db.OpenedApplications.ToDictionaryAsync(o => o.ApplicationId, o => o.Code));
        var result = (await given.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.Id == story.Run))).ReadResult();
        AwardDecision Of(string name) => result.Decisions.Single(d => d.Id == codes[story.Files[name].Id]);
        (Of("c").Outcome, Of("c").Reason, Of("c").Awarded).ShouldBe((AwardOutcome.FundedFromSetAside, AwardReason.WithinSetAside, 540_000_00L));
        (Of("b").Awarded, Of("a2").Awarded).ShouldBe((540_000_00L, 540_000_00L));
        (Of("a1").Awarded, Of("a1").Reason).ShouldBe((0L, AwardReason.CapReached), "first of all by its points, it waited for a2, and then its writer already had b");
        (Of("d").Awarded, Of("d").Reason).ShouldBe((280_000_00L, AwardReason.InPart), "all that was left, with what the set-aside released");
        result.Left.ShouldBe(0);
        ExplanationsTests.Check((await given.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.Id == story.Run))).ReadInput());

        // The agreement of a part says what was not granted, and adds up.
        var d = story.Files["d"].Id;
        var agreement = (await given.ReadAsync(db => db.Agreements.SingleAsync(x => x.ApplicationId == d))).Read();
        (agreement.Amount, agreement.NotGranted).ShouldBe((Money.Soles(280_000), Money.Soles(260_000)));
        (agreement.Sources.SumMoney(s => s.Amount) + agreement.NotGranted!.Value).ShouldBe(agreement.TotalCost);
        agreement.Tranches.SumMoney(t => t.Amount).ShouldBe(Money.Soles(280_000));
    }

    [Fact]
    public async Task The_bundle_carries_the_terms_hides_the_writer_and_every_forgery_of_them_is_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var story = await AwardedAsync(given);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(story.Call.Id));
        Failing(zip).ShouldBeEmpty();
        foreach (var (path, bytes) in StoredZip.Read(zip).Files)
        {
            var text = Encoding.UTF8.GetString(bytes);
            text.ShouldNotContain(WriterName, Case.Insensitive, path);
            text.ShouldNotContain(WriterDocument, Case.Insensitive, path);
        }
        var input = new Forgery(zip).Read<AwardInput>("award/input.json");
        var byPoints = input.Candidates.ToDictionary(c => c.Points!.Value / 100);
        byPoints[90].PlanWriter.ShouldBe(byPoints[85].PlanWriter, "a DNI and the RUC of the same person are one writer");
        byPoints[90].PlanWriter.ShouldStartWith("F-");
        byPoints[70].PlanWriter.ShouldNotBe(byPoints[90].PlanWriter);
        byPoints[90].Applicant.ShouldBe(byPoints[70].Applicant);

        // Whoever changes a term in the input and makes award, digests and list agree again is still told by the applications.
        Forged(byPoints[62].Id, c => c with { LeastPart = 100_00 }).ShouldContain("award-input");
        Forged(byPoints[62].Id, c => c with { LeastPart = null }).ShouldContain("award-input");
        Forged(byPoints[90].Id, c => c with { PlanWriter = "F-000-000-00" }).ShouldContain("award-input");
        Forged(byPoints[90].Id, c => c with { OwnPriority = 3 }).ShouldContain("award-input");
        Forged(byPoints[90].Id, c => c with { Applicant = Guid.Empty.ToString() }).ShouldContain("award-input");
        Forged(byPoints[85].Id, c => c with { SetAsides = ["sierra"] }).ShouldContain("award-input");

        // And whoever changes the application itself, by its own digest.
        var forgery = new Forgery(zip);
        var path62 = $"applications/{byPoints[62].Id}.json";
        var content = forgery.Read<PublicPart>(path62);
        forgery.Put(path62, content with { Terms = content.Terms! with { LeastPart = new Money(100_00) } });
        Failing(forgery.List().Zip()).ShouldContain("applications");

        // Whoever moves an application to the province of the set-aside.
        forgery = new Forgery(zip);
        var list = forgery.Read<List<BundleApplication>>("applications.json");
        forgery.Put("applications.json", list.ConvertAll(a => a.Code == byPoints[85].Id ? a with { Province = "0901" } : a));
        Failing(forgery.List().Zip()).ShouldContain("award-input");

        IReadOnlyList<string> Forged(string id, Func<AwardCandidate, AwardCandidate> change)
        {
            var forged = new Forgery(zip);
            forged.Put("award/input.json", input with { Candidates = [.. input.Candidates.Select(c => c.Id == id ? change(c) : c)] });
            forged.Put("award/result.json", AwardRanking.Run(forged.Read<AwardInput>("award/input.json")));
            forged.Put("award/run.json", forged.Read<BundleRun>("award/run.json") with { Input = Digest.Of(forged["award/input.json"]), Result = Digest.Of(forged["award/result.json"]) });
            return Failing(forged.List().Zip());
        }
    }

    [Fact]
    public async Task What_is_told_beside_the_award_is_recomputed_from_the_bundle()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var story = await AwardedAsync(given);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(story.Call.Id));
        var claim = BundleVerifier.Verify(zip).Claims.Single(c => c.Claim == "comparison");
        claim.Passed.ShouldBeTrue(claim.Detail);
        claim.Detail.ShouldContain("certificate replayed");
        var told = new Forgery(zip).Read<AwardComparison>("award/comparison.json");

        var code = told.Odds.Probability.Keys.First();
        Forged(told with { Odds = told.Odds with { Probability = told.Odds.Probability.ToDictionary(p => p.Key, p => p.Key == code ? (p.Value + 500) % 10_000 : p.Value) } }).ShouldContain("probability");
        var optimum = told.Optimum!;
        Forged(told with { Optimum = optimum with { Price = optimum.Price with { Other = optimum.Price.Other with { Points = optimum.Price.Other.Points + 100 } } } }).ShouldContain("another optimum");
        Forged(told with { Optimum = optimum with { Best = [.. optimum.Best.Skip(1)] } }).ShouldContain("another optimum");
        Forged(told with { Optimum = null }).ShouldContain("no optimum where somebody competed");
        claim.Detail.ShouldContain($"{told.Reasons!.Count} reasons beside it, {told.Reasons.Count} solved again");
        var reason = told.Reasons.First(r => r.High is not null);
        Forged(told with { Reasons = [reason with { High = reason.High + 1 }] }).ShouldContain("other points");
        Forged(told with { Reasons = [reason with { Low = reason.Low + 1, High = null, Leaves = [], Comes = [] }] }).ShouldContain("has more points");
        Forged(told with { Reasons = [reason, reason] }).ShouldContain("two reasons");

        // A certificate that was touched proves nothing.
        var forgery = new Forgery(zip);
        var certificate = JsonNode.Parse(forgery["award/optimum-certificate.json"])!;
        certificate["chosen"] = new JsonArray();
        forgery["award/optimum-certificate.json"] = Encoding.UTF8.GetBytes(certificate.ToJsonString());
        BundleVerifier.Verify(forgery.List().Zip()).Claims.Single(c => c.Claim == "comparison").Passed.ShouldBeFalse();

        string Forged(AwardComparison other)
        {
            var forged = new Forgery(zip).StateComparison(other);
            var found = BundleVerifier.Verify(forged.Zip()).Claims.Single(c => c.Claim == "comparison");
            found.Passed.ShouldBeFalse();
            return found.Detail;
        }
    }

    [Fact]
    public async Task An_application_without_its_terms_is_not_received()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var programme = await given.ProgrammeAsync();
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).WithNeeds(Needs).Accrediting(programme.Entity.Id).Open());
        var file = await given.WrittenApplicationAsync(programme, call);
        async Task<IReadOnlyList<string>> FailingAsync() =>
            [.. (await given.WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(file.Id))).Checks().Where(c => c is { Fails: true, Place: CheckPlace.Terms }).Select(c => c.Reason.Code)];

        (await FailingAsync()).ShouldBe(["form.plan-writer-missing", "form.own-place-missing"]);
        (await CodeAsync(() => given.SubmitAsync(file))).ShouldBe(ApplicationsRules.ChecksFail);
        await given.WriteTermsAsync(file, Terms("123", place: 0, least: Money.Zero));
        (await FailingAsync()).ShouldBe(["form.least-part-missing", "form.plan-writer-document", "form.own-place-wrong"]);
        await given.WriteTermsAsync(file, Terms(WriterDocument, least: Money.Soles(540_001)));
        (await FailingAsync()).ShouldBe(["form.least-part-above"]);
        await given.WriteTermsAsync(file, Terms(WriterDocument, least: Money.Soles(540_000)));
        (await FailingAsync()).ShouldBeEmpty();
        await given.SubmitAsync(file);
    }

    [Fact]
    public async Task A_promoter_has_as_many_applications_as_the_rules_allow_each_for_a_programme_and_a_place_of_its_own()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var first = await given.ProgrammeAsync();
        var second = await given.ProgrammeAsync(first.Entity);
        var third = await given.ProgrammeAsync(first.Entity);
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).WithNeeds(Needs).Accrediting(first.Entity.Id).Open());
        var one = await given.WrittenApplicationAsync(first, call);
        (await CodeAsync(() => given.StartedApplicationAsync(first, call))).ShouldBe(ApplicationsRules.ProgrammeTaken);
        var two = await given.WrittenApplicationAsync(second, call);
        (await CodeAsync(() => given.StartedApplicationAsync(third, call))).ShouldBe(ApplicationsRules.EnoughStarted);
        (await CodeAsync(() => given.WithAsync<ChooseVersion>(c => c.ExecuteAsync(two.Id, first.Version.Id, two.Manager)))).ShouldBe(ApplicationsRules.ProgrammeTaken);
        await given.WithAsync<ChooseVersion>(c => c.ExecuteAsync(two.Id, second.Version.Id, two.Manager));

        await given.WriteTermsAsync(one, Terms(WriterDocument));
        await given.WriteTermsAsync(two, Terms(WriterDocument));
        await given.SubmitAsync(one);
        (await CodeAsync(() => given.SubmitAsync(two))).ShouldBe(ApplicationsRules.ChecksFail, "the place is taken");
        await given.WriteTermsAsync(two, Terms(WriterDocument, place: 2));
        await given.SubmitAsync(two);

        // Two that change places go over a third.
        foreach (var (file, place) in new[] { (one, 3), (two, 1), (one, 2) })
        {
            await given.WriteTermsAsync(file, Terms(WriterDocument, place));
            await given.SubmitAsync(file);
        }
        (await given.ReadAsync(db => db.Applications.OrderBy(a => a.StartedAt).Select(a => a.OwnPriority).ToListAsync())).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_set_aside_that_eats_the_budget_or_is_for_nobody_keeps_the_call_from_being_published()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var pack = await given.TermsPackAsync();
        (await CodeAsync(() => given.CallAsync(c => c.Under(pack).WithBudget(Money.Soles(599_999)).Draft()))).ShouldBe(FundRules.SetAsidesExceed);
        var call = await given.CallAsync(c => c.Under(pack).WithNeeds(Needs[..1]).Draft());
        var file = await given.ReadAsync(db => CallFile.LoadAsync(db, call.Id));
        CallReadiness.OfRules(file).Where(r => r.Met == false).Select(r => r.Code).ShouldBe([FundRules.SetAsideNowhere]);
        PackReadiness.Of(pack).ShouldAllBe(r => r.Met == true);
    }

    static readonly Core.Fund.Leagues.NeedRow[] Needs =
    [
        new("0605", "Contumazá", 30_000, BasisPoints.Percent(52), Money.Soles(120), "prueba"),
        new("0901", "Huancavelica", 115_000, BasisPoints.Percent(45), Money.Soles(150), "prueba"),
    ];

    static IReadOnlyList<string> Failing(byte[] zip) => [.. BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).Select(c => c.Claim)];
}
