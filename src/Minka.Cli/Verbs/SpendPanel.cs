using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Cli.Spending;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Measures.Dispersion;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Country = Minka.Core.Territories.Country;

namespace Minka.Cli.Verbs;

/// <summary><c>spend panel --store DIR --by GROUP</c>: one row a group with every indicator. See docs/observatory.md.</summary>
static class SpendPanel
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    static readonly string[] Shown = ["n", "median", "atomisation_count_share_lt_1M", "amount_share_lt_1M", "size_weighted_mean", "hhi", "eff_number_q1", "gini_population", "execution"];

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "Folder of the store.", Required = true };
        var by = new Option<string>("--by") { Description = "country, department, province, district, function or level.", Required = true };
        by.AcceptOnlyFromAmong([.. Names<PanelBy>()]);
        var year = new Option<int?>("--year") { Description = "One year; of investments, those registered in it." };
        var amount = new Option<string?>("--amount") { Description = "pim (default where there is spending), devengado, costo, viable or convenio." };
        amount.AcceptOnlyFromAmong([.. Names<PanelAmount>()]);
        var pack = new Option<string?>("--pack") { Description = "Country pack, for projects per 10,000 inhabitants and for clustering in space." };
        var axes = new Option<string?>("--axes") { Description = "Functions that a plan declares as its axes, as the files write them, parted by commas or semicolons: for axis_alignment." };
        var overhead = new Option<decimal?>("--overhead") { Description = "Soles that one project costs by itself, for the fixed-cost burden." };
        var sql = new Option<string?>("--sql") { Description = "Print the statement for duckdb, clickhouse, trino or spark over the store's Parquet instead of running it." };
        sql.AcceptOnlyFromAmong([.. Names<SqlDialect>()]);
        var json = new Option<bool>("--json") { Description = "JSON with every indicator, and the reason of each that is null." };
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        var command = new Command("panel", "Size, concentration, cohesion and execution of public investment, one row a group.") { Options = { store, by, year, amount, pack, axes, overhead, sql, json, language } };
        command.SetAction((p, cancel) => p.GetValue(sql) is { } dialect ? Print(p.GetValue(store)!, p.GetValue(by)!, p.GetValue(amount), dialect) : RunAsync(
            p.GetValue(store)!, p.GetValue(by)!, p.GetValue(year), p.GetValue(amount), p.GetValue(pack), p.GetValue(axes), p.GetValue(overhead), p.GetValue(json), p.GetValue(language)!, Console.Out, Console.Error, cancel));
        return command;
    }

    static Task<int> Print(string folder, string by, string? amount, string dialect)
    {
        Console.Out.WriteLine(PanelScript.Of(Path.GetFullPath(folder), Enum.Parse<PanelBy>(by, ignoreCase: true), Enum.Parse<PanelAmount>(amount ?? "pim", ignoreCase: true), Enum.Parse<SqlDialect>(dialect, ignoreCase: true)));
        return Task.FromResult(0);
    }

    /// <returns>0 told; 2 the store has no such data, or DuckDB is missing: one message with the remedy.</returns>
    public static Task<int> RunAsync(string folder, string by, int? year, string? amount, string? pack, string? axes, decimal? overhead, bool json, string language, TextWriter output, TextWriter errors, CancellationToken cancel = default) =>
        SpendImport.Answer(language, folder, output, errors, "panel", async (words, _) =>
        {
            var store = SpendStore.Open(folder);
            var size = amount is null ? Default(store) : Enum.Parse<PanelAmount>(amount, ignoreCase: true);
            var panels = new SpendPanels(store);
            var panel = panels.Read(Enum.Parse<PanelBy>(by, ignoreCase: true), size, cancel);
            var country = pack is null ? null : Load(pack);
            var people = country is null ? null : People(country);
            var map = country is null ? null : new PanelMap(country, panels, panel.By, size);
            string[] declared = [.. (axes ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            var aligned = declared.Length == 0 || panel.By == PanelBy.Function ? null : panels.AxisAlignment(panel.By, size, declared, cancel);
            // Investments have rows of all years together; they are what is meant without a year.
            var rows = panel.Rows.Where(r => year is not null ? r.Year == year : panel.Table != "investments" || r.Year is null)
                .Select(r => With(r, people, overhead, map, aligned)).ToList();
            if (json)
            {
                await output.WriteLineAsync(new JsonObject
                {
                    ["by"] = by,
                    ["amount"] = size.ToString().ToLowerInvariant(),
                    ["table"] = panel.Table,
                    ["sources"] = new JsonArray([.. panel.Sources.Select(s => JsonValue.Create(s))]),
                    ["rows"] = new JsonArray([.. rows.Select(Node)]),
                }.ToJsonString(Indented));
                return;
            }
            await output.WriteLineAsync(string.Join('\t', (string[])["code", "name", "year", "total", .. Shown]));
            foreach (var row in rows)
            {
                await output.WriteLineAsync(string.Join('\t', (string[])[row.Code, row.Name ?? "", row.Year?.ToString(CultureInfo.InvariantCulture) ?? "", row.Total?.ToString("0.00", CultureInfo.InvariantCulture) ?? "null",
                    .. Shown.Select(s => row[s]?.ToString("0.######", CultureInfo.InvariantCulture) ?? "null")]));
            }
        });

    static IEnumerable<string> Names<T>() where T : struct, Enum => Enum.GetNames<T>().Select(n => n.ToLowerInvariant());

    static PanelAmount Default(SpendStore store) =>
        store.Active.Any(i => i.Table is "spending" or "budgets") ? PanelAmount.Pim : store.Active.Any(i => i.Table == "investments") ? PanelAmount.Costo : PanelAmount.Convenio;

    static PanelRow With(PanelRow row, Dictionary<string, long>? people, decimal? overhead, PanelMap? map, IReadOnlyDictionary<(string Code, int? Year), double>? aligned)
    {
        var values = row.Values.ToDictionary();
        var reasons = row.Reasons.ToDictionary();
        if (people is not null)
        {
            var here = people.TryGetValue(row.Code, out var found) && found > 0;
            Put("projects_per_10k_inhabitants", here && row["n"] is { } n ? n / (found / 10_000.0) : null, "no-population-of-the-group");
        }
        if (overhead is { } cost && row["n"] is { } count && row.Total is { } total and > 0) Put("fixed_cost_burden", FixedCost.Burden((int)count, cost, total), "no-money");
        if (aligned is not null) Put("axis_alignment", aligned.TryGetValue((row.Code, row.Year), out var share) ? share : null, row.Reasons.GetValueOrDefault("hhi", "no-projects-in-the-data"));
        foreach (var (name, value, why) in map?.Of(row) ?? []) Put(name, value, why);
        return row with { Values = values, Reasons = reasons };

        void Put(string name, double? value, string reason)
        {
            values[name] = value;
            if (value is null) reasons[name] = reason;
            else reasons.Remove(name);
        }
    }

    static Country Load(string pack)
    {
        try
        {
            return PackReader.Load(pack);
        }
        catch (PackRefused refused)
        {
            throw new RefusedInput(refused.Message);
        }
    }

    static Dictionary<string, long> People(Country country)
    {
        var people = Enum.GetValues<Level>().SelectMany(country.Of).Where(t => t.Population is not null).ToDictionary(t => t.Code, t => t.Population!.Value);
        people["PE"] = country.Of(Level.Department).Sum(t => t.Population ?? 0);
        return people;
    }

    static JsonObject Node(PanelRow row)
    {
        var node = new JsonObject { ["code"] = row.Code, ["name"] = row.Name, ["year"] = row.Year };
        foreach (var name in PanelIndicators.Names) node[name] = name == "total" ? JsonValue.Create(row.Total) : JsonValue.Create(row[name]);
        node["reasons"] = new JsonObject(row.Reasons.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value)));
        return node;
    }
}
