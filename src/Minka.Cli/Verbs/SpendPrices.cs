using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Cli.Verbs;

/// <summary><c>spend prices --store DIR [--from FILE | --own]</c>: the prices that overruns of cost are freed from. See docs/observatory.md.</summary>
static class SpendPrices
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "Folder of the store.", Required = true };
        var from = new Option<string?>("--from") { Description = "A table of two columns, year and index (CSV or XLSX), that the store uses from now on." };
        var own = new Option<bool>("--own") { Description = "Go back to Minka's own index." };
        var json = new Option<bool>("--json") { Description = "JSON instead of lines." };
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        var command = new Command("prices", "The price index that takes the rise of prices out of cost overruns: shows it, or gives the store another.") { Options = { store, from, own, json, language } };
        command.Validators.Add(r => { if (r.GetValue(from) is not null && r.GetValue(own)) r.AddError("--from FILE or --own, not both."); });
        command.SetAction((p, cancel) => RunAsync(p.GetValue(store)!, p.GetValue(from), p.GetValue(own), p.GetValue(json), p.GetValue(language)!, Console.Out, Console.Error, cancel));
        return command;
    }

    /// <returns>0 told or changed; 2 the file or the store refuses: one message with the reason.</returns>
    public static Task<int> RunAsync(string folder, string? from, bool own, bool json, string language, TextWriter output, TextWriter errors, CancellationToken cancel = default) =>
        SpendImport.Answer(language, from ?? folder, output, errors, "prices", async (words, _) =>
        {
            var store = SpendStore.Open(folder);
            if (from is not null) store.SetPrices(PriceTable.Read(await File.ReadAllBytesAsync(from, cancel)));
            else if (own) store.SetPrices(null);
            var prices = store.Prices;
            if (json)
            {
                await output.WriteLineAsync(new JsonObject
                {
                    ["source"] = prices.Source?[language] ?? PriceTable.FileName,
                    ["own"] = prices.Source is not null,
                    ["levels"] = new JsonObject(prices.Index.Levels.Select(l => KeyValuePair.Create(Year(l.Key), (JsonNode?)l.Value))),
                }.ToJsonString(Indented));
                return;
            }
            var (first, last) = prices.Years;
            await output.WriteLineAsync(prices.Source is { } source ? words.Of("spend-prices.own", Year(first), Year(last), source[language], prices.Note![language]) : words.Of("spend-prices.sent", PriceTable.FileName, Year(first), Year(last)));
            await output.WriteLineAsync(words.Of("spend-prices.row"));
            foreach (var (year, level) in prices.Index.Levels) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{year}\t{level:0.####}"));
        });

    static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);
}
