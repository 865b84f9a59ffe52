using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Measures.Bundling;
using Minka.Observatory.Reading;

namespace Minka.Cli.Verbs;

/// <summary><c>spend bundles --store DIR --province CODE</c>: candidates for bundling among the investments of a province, and what they would change. See docs/observatory.md.</summary>
static class SpendBundles
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "Folder of the store.", Required = true };
        var province = new Option<string>("--province") { Description = "Code of the province, four digits.", Required = true };
        var pack = new Option<string?>("--pack") { Description = "Country pack with outlines of districts, to know which border on which." };
        var json = new Option<bool>("--json") { Description = "JSON with every project and reason." };
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        var command = new Command("bundles", "Investments of a province that could be planned as one: like works, near each other, of one size.") { Options = { store, province, pack, json, language } };
        command.SetAction((p, cancel) => RunAsync(p.GetValue(store)!, p.GetValue(province)!, p.GetValue(pack), p.GetValue(json), p.GetValue(language)!, Console.Out, Console.Error, cancel));
        return command;
    }

    /// <returns>0 told, also where there is no candidate; 2 the store has no investments, or DuckDB is missing: one message with the remedy.</returns>
    public static Task<int> RunAsync(string folder, string province, string? pack, bool json, string language, TextWriter output, TextWriter errors, CancellationToken cancel = default) =>
        SpendImport.Answer(language, folder, output, errors, "bundles", async (words, _) =>
        {
            if (province.Length != 4 || !province.All(char.IsAsciiDigit)) throw new RefusedInput(words.Of("spend-bundles.no-province", province));
            var country = pack is null ? PackReader.BuiltIn : PackOf(pack);
            using var reading = SpendReading.Open(folder, cancel);
            if (reading is not { HasInvestments: true }) throw new RefusedInput(words.Of("spend-bundles.no-investments"));
            var rules = BundleRules.Own;
            var found = reading.Bundles(province, new BundleSetup(rules.Limits, rules.Words, rules.MostYears), () => Contiguity.BordersIn(country, province), cancel);
            if (json) await output.WriteLineAsync(Node(province, found, country).ToJsonString(Indented));
            else await TellAsync(words, province, found, country, output);
        });

    static async Task TellAsync(Words words, string province, ProvinceBundles found, Country country, TextWriter output)
    {
        var name = country.Find(province)?.Name is { } known ? $"{province} {known}" : province;
        var bundled = found.Bundles.Sum(b => b.Members.Count);
        await output.WriteLineAsync(found.Bundles.Count == 0 ? words.Of("spend-bundles.none", name, found.Count, found.Search.Considered)
            : words.Of("spend-bundles.head", name, found.Bundles.Count, bundled, found.Count, found.Search.Considered));
        if (found.LeftOut.Count > 0)
            await output.WriteLineAsync($"{words.Of("spend-bundles.left-out")}: {string.Join("; ", found.LeftOut.OrderBy(l => l.Key).Select(l => $"{l.Value} {words.Of($"spend-bundles.{l.Key}", found.Newest?.AddYears(-BundleRules.Own.MostYears))}"))}");
        if (!found.HasBorders) await output.WriteLineAsync(words.Of("spend-bundles.no-borders"));
        await output.WriteLineAsync(words.Of("spend-bundles.limits"));
        foreach (var (i, b) in found.Bundles.Index())
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(words.Of("spend-bundles.bundle", i + 1, string.Join(' ', b.Words), b.Members.Count, Words.Plain(new Money(b.Amount)), Words.Plain(new Money(b.Least)), Words.Plain(new Money(b.Largest)),
                string.Join(", ", b.Places.Select(p => country.Find(p)?.Name ?? p)), b.Function ?? words.Of("spend-bundles.untold"), b.MeanLikeness.ToString("0.00", CultureInfo.InvariantCulture), b.Centre.Code));
            foreach (var m in b.Members) await output.WriteLineAsync($"   {m.Project.Code}\t{Words.Plain(new Money(m.Project.Amount))}\t{string.Join(' ', m.Project.Places)}\t{m.Likeness.ToString("0.00", CultureInfo.InvariantCulture)}\t{m.Project.Title}");
        }
        if (found.Bundles.Count == 0) return;
        await output.WriteLineAsync();
        await output.WriteLineAsync(words.Of("spend-bundles.effect"));
        foreach (var figure in PortfolioPanel.Names) await output.WriteLineAsync("   " + words.Of("spend-bundles.figure", figure, Number(found.Before[figure]), Number(found.AfterAll[figure])));
    }

    static JsonObject Node(string province, ProvinceBundles found, Country country) => new()
    {
        ["province"] = province,
        ["name"] = country.Find(province)?.Name,
        ["investments"] = found.Count,
        ["compared"] = found.Search.Considered,
        ["leftOut"] = new JsonObject(found.LeftOut.OrderBy(l => l.Key).Select(l => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(l.Key.ToString()), (JsonNode?)JsonValue.Create(l.Value)))),
        ["borders"] = found.HasBorders,
        ["before"] = Figures(found.Before),
        ["afterAll"] = Figures(found.AfterAll),
        ["bundles"] = new JsonArray([.. found.Bundles.Select(b => (JsonNode?)new JsonObject
        {
            ["centre"] = b.Centre.Code,
            ["words"] = new JsonArray([.. b.Words.Select(w => JsonValue.Create(w))]),
            ["function"] = b.Function,
            ["projects"] = b.Members.Count,
            ["amount"] = b.Amount / 100m,
            ["least"] = b.Least / 100m,
            ["largest"] = b.Largest / 100m,
            ["districts"] = new JsonArray([.. b.Places.Select(p => JsonValue.Create(p))]),
            ["meanLikeness"] = b.MeanLikeness,
            ["after"] = Figures(found.After(b.Centre.Code)),
            ["members"] = new JsonArray([.. b.Members.Select(m => (JsonNode?)new JsonObject
            {
                ["code"] = m.Project.Code,
                ["title"] = m.Project.Title,
                ["amount"] = m.Project.Amount / 100m,
                ["districts"] = new JsonArray([.. m.Project.Places.Select(p => JsonValue.Create(p))]),
                ["likeness"] = m.Likeness,
                ["shared"] = new JsonArray([.. m.Shared.Select(w => JsonValue.Create(w))]),
                ["sizeRatio"] = m.SizeRatio,
                ["near"] = m.Nearness == Nearness.SameDistrict ? "same-district" : "next-district",
                ["kilometres"] = m.Kilometres,
            })]),
        })]),
    };

    static JsonObject Figures(PortfolioPanel panel) => new(PortfolioPanel.Names.Select(n => KeyValuePair.Create(n, (JsonNode?)JsonValue.Create(panel[n]))));

    static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "null";

    static Country PackOf(string path)
    {
        try
        {
            return PackReader.Load(path);
        }
        catch (PackRefused refused)
        {
            throw new RefusedInput(refused.Message);
        }
    }
}
