using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class CertificateTests
{
    [Fact]
    public void Verify_SmallModels_AllHold()
    {
        for (var seed = 0; seed < 300; seed++)
            Verified(Json(SmallModels.Make(seed))).ShouldBeTrue("seed " + seed);
    }

    [Fact]
    public void Verify_CallWithEnvelopes_HoldsWithAddedRows()
    {
        var input = Json(SyntheticCall.Make(2, 36, 3, 2, 4));
        var certificate = Certificate(input);
        CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Verify_CallWithCutsAndGuesses_Holds(int threads)
    {
        var added = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var input = Json(SyntheticCall.Make(seed, 110, 8, 4, 10));
            var certificate = AwardCertificate.Solve(input, 0, AwardFile.Read(input)[0], new SolveOptions { Threads = threads }, out _, out _)!;
            CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
            added += JsonNode.Parse(certificate)!["stages"]![0]!["added"]!.AsArray().Count;
        }

        added.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Verify_Knapsack_HoldsAndBranchesOnTheCount()
    {
        var certificate = Certificate(Knapsack(30, 3));
        CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
        var stage = JsonNode.Parse(certificate)!["stages"]![0]!;
        stage["added"]!.AsArray().Count.ShouldBe(1);
        stage["tree"]!.AsArray().Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Verify_TamperedCertificates_Fail()
    {
        var certificate = Certificate(Knapsack(30, 3));
        void Fails(string what, Action<JsonNode> change)
        {
            var node = JsonNode.Parse(certificate)!;
            change(node);
            CertificateCheck.Verify(Encoding.UTF8.GetBytes(node.ToJsonString())).ShouldContain(c => !c.Passed, what);
        }

        Fails("another input", n => n["input"] = Convert.ToBase64String(Knapsack(30, 4)));
        Fails("another hash", n => n["inputSha256"] = new string('0', 64));
        Fails("a greater objective", n => n["stages"]![0]!["value"] = n["stages"]![0]!["value"]!.GetValue<long>() + 1);
        Fails("a lesser solution with its own value", n =>
        {
            var chosen = n["chosen"]!.AsArray();
            var last = chosen[^1]!.GetValue<int>();
            chosen.RemoveAt(chosen.Count - 1);
            var values = JsonNode.Parse(Knapsack(30, 3))![0]!["values"]!.AsArray();
            n["stages"]![0]!["value"] = n["stages"]![0]!["value"]!.GetValue<long>() - values[last]!.GetValue<long>();
        });
        Fails("one more chosen", n => n["chosen"]!.AsArray().Add(Enumerable.Range(0, 30).First(j => !n["chosen"]!.AsArray().Any(c => c!.GetValue<int>() == j))));
        Fails("a node left out", n => n["stages"]![0]!["tree"]!.AsArray().RemoveAt(n["stages"]![0]!["tree"]!.AsArray().Count - 1));
        Fails("a node too many", n => n["stages"]![0]!["tree"]!.AsArray().Add(new JsonObject()));
        Fails("no reasons", n =>
        {
            foreach (var node in n["stages"]![0]!["tree"]!.AsArray())
                node!.AsObject().Remove("c");
        });
        Fails("weaker multipliers", n =>
        {
            foreach (var node in n["stages"]![0]!["tree"]!.AsArray())
            {
                if (node!["c"] is JsonArray c)
                {
                    for (var k = 0; k < c[2]!.AsArray().Count; k++)
                        c[2]![k] = c[2]![k]!.GetValue<long>() / 2;
                }
            }
        });
        Fails("a fixing turned round", n =>
        {
            var step = n["stages"]![0]!["tree"]!.AsArray().Select(t => t!["s"]).First(s => s is not null)![0]!;
            step[4]![0] = 1 - step[4]![0]!.GetValue<int>();
        });
        Fails("infeasible, it says", n => n["status"] = "infeasible");
        Fails("another kind", n => n["kind"] = "something");
        CertificateCheck.Verify("{"u8.ToArray()).ShouldContain(c => !c.Passed);
    }

    [Fact]
    public void Verify_TamperedRoundedRow_Fails()
    {
        // Small calls until one needs a rounded row.
        for (ulong seed = 1; seed < 30; seed++)
        {
            var certificate = Certificate(Json(SyntheticCall.Make(seed, 36, 3, 2, 4)));
            if (!JsonNode.Parse(certificate)!["stages"]![0]!["added"]!.AsArray().Any(a => a!["rounding"] is not null))
                continue;
            CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
            void Fails(string what, Action<JsonNode> change)
            {
                var node = JsonNode.Parse(certificate)!;
                change(node["stages"]![0]!["added"]!.AsArray().First(a => a!["rounding"] is not null)!);
                CertificateCheck.Verify(Encoding.UTF8.GetBytes(node.ToJsonString())).ShouldContain(c => !c.Passed, what);
            }

            Fails("a lower bound", r => r["bound"] = r["bound"]!.GetValue<long>() - 1);
            Fails("a greater weight", r => r["weights"]![0] = r["weights"]![0]!.GetValue<long>() + 1_000);
            Fails("another scale", r => r["rounding"]!["scale"] = r["rounding"]!["scale"]!.GetValue<long>() / 3);
            Fails("no scale", r => r["rounding"]!["scale"] = 0);
            Fails("no divisor", r => r["rounding"]!["divisor"] = 0);
            Fails("a multiplier left out", r => r["rounding"]!["multipliers"]!.AsArray().RemoveAt(0));
            Fails("a row that does not exist", r => r["rounding"]!["rows"]![0] = 1_000_000);
            Fails("no derivation", r => r.AsObject().Remove("rounding"));
            return;
        }

        Assert.Fail("No call needed an added row.");
    }

    [Fact]
    public void Verify_Infeasible_HoldsAndFailsIfTold()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var model = SmallModels.Make(seed);
            if (SmallModels.Best(model) is not null)
                continue;
            var certificate = Certificate(Json(model));
            JsonNode.Parse(certificate)!["status"]!.GetValue<string>().ShouldBe("infeasible");
            CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
        }
    }

    internal static byte[] Json(AwardModel model)
    {
        var text = JsonSerializer.Serialize(new
        {
            name = model.Name,
            budget = model.Budget,
            objectives = model.Objectives.Select(o => JsonNamingPolicy.KebabCaseLower.ConvertName(o.ToString())),
            proposals = model.Proposals.Select(p => new { id = p.Id, applicant = p.Applicant, planWriter = p.PlanWriter, groups = p.Groups, drawNumber = p.DrawNumber, levels = p.Levels.Select(l => new { id = l.Id, amount = l.Amount, value = l.Value, equity = l.Equity }) }),
            envelopes = model.Envelopes.Select(e => new { dimension = e.Dimension, group = e.Group, floor = e.Floor, ceiling = e.Ceiling }),
            caps = model.Caps.Select(c => new { by = c.By == CapBy.Applicant ? "applicant" : "planWriter", maxCount = c.MaxCount, maxAmount = c.MaxAmount, only = c.Only }),
            programmes = model.Programmes.Select(p => new { id = p.Id, members = p.Members }),
            prerequisites = model.Prerequisites.Select(p => new { proposal = p.Proposal, requires = p.Requires }),
            exclusions = model.Exclusions.Select(e => new { id = e.Id, members = e.Members, atMost = e.AtMost }),
            synergies = model.Synergies.Select(s => new { id = s.Id, members = s.Members, value = s.Value }),
            penalties = model.Penalties.Select(s => new { id = s.Id, members = s.Members, value = s.Value }),
        });
        return Encoding.UTF8.GetBytes(text);
    }

    internal static byte[] Knapsack(int n, int seed)
    {
        var state = (ulong)seed;
        int Next(int below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (int)((state >> 33) % (ulong)below);
        }

        var weights = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, n).Select(_ => 1 + Next(1000)).ToArray()).ToArray();
        var values = Enumerable.Range(0, n).Select(j => (weights.Sum(w => w[j]) / 3) + Next(300)).ToArray();
        return JsonSerializer.SerializeToUtf8Bytes(new[] { new { name = "k" + seed.ToString(CultureInfo.InvariantCulture), values, weights, capacities = weights.Select(w => w.Sum() / 2) } });
    }

    private static byte[] Certificate(byte[] input) =>
        AwardCertificate.Solve(input, 0, AwardFile.Read(input)[0], new SolveOptions { NodeLimit = 200_000 }, out _, out _)!;

    private static bool Verified(byte[] input) => CertificateCheck.Verify(Certificate(input)).All(c => c.Passed);
}
