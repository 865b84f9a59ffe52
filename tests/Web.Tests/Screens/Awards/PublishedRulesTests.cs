using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Rules;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Awards;

/// <summary>
/// The published scoring rules in real calls: a fund fixes what no source tells, entities apply, readers score, the board approves, and its
/// pages and everybody's show the worked example.
/// </summary>
public sealed class PublishedRulesTests
{
    [Fact]
    public async Task Foniprel_first_version_more_than_fifty_of_quality_then_rank()
    {
        await using var site = await TestSite.StartAsync();
        var call = await CallAsync(site, "pe-foniprel-v1", 1_200_000,
            ("puente", 180_000, new() { ["quality"] = 40, ["supplementaryFinance"] = 5, ["articulation"] = 15 }),
            ("agua", 180_000, new() { ["quality"] = 30, ["border"] = 5, ["needs"] = 10, ["executionRate"] = 5 }),
            ("escuela", 180_000, new() { ["quality"] = 26, ["articulation"] = 15, ["supplementaryFinance"] = 5 }),
            ("posta", 180_000, new() { ["quality"] = 25, ["supplementaryFinance"] = 15, ["articulation"] = 15, ["border"] = 5, ["needs"] = 10, ["executionRate"] = 5 }));
        await call.ShowsAsync("puente", "60.00", "financiada");
        await call.ShowsAsync("agua", "50.00", "financiada");
        await call.ShowsAsync("escuela", "46.00", "reserva 1");
        // Most points of all, and a quality mark of 50 that is not “more than 50”.
        (await call.ShowsAsync("posta", "75.00", "bajo el mínimo")).ShouldContain("No alcanzó el mínimo del criterio");
    }

    [Fact]
    public async Task Foniprel_later_version_quality_is_a_bar_worth_fifty_and_a_programme_weighs_ten()
    {
        await using var site = await TestSite.StartAsync();
        var call = await CallAsync(site, "pe-foniprel-v2", 1_200_000,
            ("obra", 180_000, new() { ["quality"] = 50, ["executionRate"] = 5 }),
            ("programa", 180_000, new() { ["quality"] = 26, ["programme"] = 10 }),
            ("frontera", 180_000, new() { ["quality"] = 30, ["border"] = 10, ["needs"] = 10 }),
            ("suelta", 180_000, new() { ["quality"] = 25, ["needs"] = 10, ["border"] = 10, ["programme"] = 10 }));
        await call.ShowsAsync("frontera", "50.00 (ordena con 70.00)", "financiada");
        await call.ShowsAsync("programa", "36.00 (ordena con 60.00)", "financiada");
        await call.ShowsAsync("obra", "55.00", "reserva 1");
        (await call.ShowsAsync("suelta", "55.00", "bajo el mínimo")).ShouldContain("No alcanzó el mínimo del criterio");
    }

    [Fact]
    public async Task Huancavelica_levels_five_three_one_zero_add_up_and_rank()
    {
        await using var site = await TestSite.StartAsync();
        var call = await CallAsync(site, "pe-procompite-huancavelica", 700_000,
            ("cuyes", 180_000, new() { ["1.1"] = 5, ["1.2"] = 3, ["1.3"] = 5 }),
            ("quesos", 180_000, new() { ["1.1"] = 3, ["1.2"] = 5, ["1.3"] = 3 }),
            ("truchas", 30_000, new() { ["1.1"] = 1, ["1.2"] = 1, ["1.3"] = 0 }));
        await call.ShowsAsync("cuyes", "13.00", "financiada");
        (await call.ShowsAsync("quesos", "11.00", "reserva 1")).ShouldContain("Pedía");
        await call.ShowsAsync("truchas", "2.00", "financiada");
    }

    sealed record PublishedCall(TestSite Site, string Slug, IReadOnlyDictionary<string, string> Codes, Browser Board)
    {
        /// <summary>The line of an application on everybody's page, on the board's, on its own page and in the file.</summary>
        public async Task<string> ShowsAsync(string name, string points, string outcome)
        {
            var code = Codes[name];
            var visitor = Site.Visitor();
            foreach (var page in new[] { await visitor.GetAsync($"/resultados/{Slug}"), await Board.GetAsync($"/convocatorias/{Slug}/premiacion") })
            {
                var row = page.Document.QuerySelectorAll("tr.told").First(r => r.QuerySelector("th")!.TextContent.StartsWith(code, StringComparison.Ordinal));
                row.TextContent.ShouldContain(points, Case.Sensitive, name);
                row.TextContent.ShouldContain(outcome, Case.Insensitive, name);
            }
            var own = (await visitor.GetAsync($"/resultados/{Slug}/{code}")).Text;
            own.ShouldContain(points, Case.Sensitive, name);
            own.ShouldContain(outcome, Case.Insensitive, name);
            return own;
        }
    }

    // What no source tells is fixed as a fund would fix it before its call; what the platform cannot carry out yet is left out of the stages.
    static void Fix(JsonObject pack)
    {
        var ours = JsonNode.Parse(BuiltInPacks.All.First(r => r.Pack!.Id == "fdd").Canonical)!.AsObject();
        pack["evaluation"] = ours["evaluation"]!.DeepClone();
        pack["evaluation"]!["threshold"] = Given.Own(0);
        pack["evaluation"]!["thirdReaderAbove"] = Given.Own(10);
        pack["opening"] = ours["opening"]!.DeepClone();
        pack["calendar"] = ours["calendar"]!.DeepClone();
        pack["stagesNeeded"] = ours["stagesNeeded"]!.DeepClone();
        pack["cure"] = ours["cure"]!.DeepClone();
        pack["cofinancing"]!.AsObject().Remove("matchSchedule");
        var sources = ours["fundingSources"]!["value"]!.DeepClone();
        pack["fundingSources"]!["value"] = sources;
        Fill(pack, new()
        {
            ["accreditationRequired"] = true,
            ["resolutionRequired"] = true,
            ["executorPerProject"] = false,
            ["legalPersonalityRequired"] = true,
            ["minAmount"] = "50000.00",
            ["maxAmount"] = "8000000.00",
            ["maxMonths"] = 36,
            ["minMembers"] = 10,
            ["evidence"] = "document",
            ["curable"] = true,
            ["declaredTotal"] = 15,
            ["ranking"] = "strictRank",
            ["residual"] = "none",
            ["skip"] = "unaffordableWithReason",
            ["reserveDays"] = 90,
            ["tieBreaks"] = new JsonArray("need", "publicDraw"),
            ["signWithinBusinessDays"] = 10,
            ["mayReturnWithReasons"] = true,
            ["mayReorder"] = false,
            ["appeal"] = true,
            ["decidedBy"] = "board",
        });
    }

    static void Fill(JsonNode? node, Dictionary<string, JsonNode> values)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Fill(item, values);
        }
        if (node is not JsonObject o) return;
        foreach (var (name, below) in o.ToList())
        {
            if (below is JsonObject sourced && sourced.ContainsKey("conf") && sourced["value"] is null && values.TryGetValue(name, out var value)) o[name] = Given.Own(value.DeepClone());
            else Fill(below, values);
        }
    }

    static async Task<PublishedCall> CallAsync(TestSite site, string from, long budget, params (string Name, long Asked, Dictionary<string, int> Points)[] files)
    {
        var given = site.Given();
        await given.WithAsync<Core.Register.OpenRegister>(o => o.ExecuteAsync());
        string[] provinces = ["0605", "0602", "0901", "0605"];
        var programmes = new List<GivenProgramme>();
        foreach (var (i, file) in files.Index()) programmes.Add(await given.ProgrammeAsync(await given.EntityAsync(province: provinces[i]), title: $"Programa {file.Name}", asked: Money.Soles(file.Asked)));
        var pack = await given.PackAsync(from, $"{from}-de-un-fondo", Fix);
        var call = await given.CallAsync(c => c.Under(pack).WithBudget(Money.Soles(budget)).Accrediting([.. programmes.Select(p => p.Entity.Id)]).Open());
        var applications = new Dictionary<string, GivenApplication>();
        foreach (var (i, file) in files.Index()) applications[file.Name] = (await given.SubmittedApplicationAsync(programmes[i], call)).Application;
        await given.OpenEnvelopesAsync(call);
        await given.WithAsync<StartScreening>(s => s.ExecuteAsync(call.Id, call.Operator));
        await given.EvaluatorsAsync(call, pack.Evaluation.Evaluators.Value);
        await given.AdmitAsync([.. applications.Values]);
        await given.WithAsync<StartEvaluation>(s => s.ExecuteAsync(call.Id, call.Operator));
        foreach (var file in files) await given.ScoreAsync(applications[file.Name], file.Points);
        await given.AwardAsync(call);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).ShouldBeEmpty();
        var codes = await given.ReadAsync(db => db.OpenedApplications.ToDictionaryAsync(o => o.ApplicationId, o => o.Code));
        var fund = await given.ReadAsync(db => db.Set<Core.Fund.Call>().Where(c => c.Id == call.Id).Select(c => c.FundId).SingleAsync());
        return new(site, call.Slug, applications.ToDictionary(a => a.Key, a => codes[a.Value.Id]), await site.SignedInAsync($"consejo-{from}", (Role.Board, Scope.OfFund(fund.Value))));
    }
}
