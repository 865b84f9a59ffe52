using System.Collections.Concurrent;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Observatory.Reading;

/// <content>The single investments of a province, and what could be bundled among them.</content>
public sealed partial class SpendReading
{
    private const string InvestmentsFile = "investments-sheets.parquet";

    private readonly ConcurrentDictionary<string, Lazy<ProvinceBundles>> _bundles = new(StringComparer.Ordinal);

    /// <summary>Whether the store holds a file of the investment bank.</summary>
    public bool HasInvestments => Amounts.Contains(PanelAmount.Costo);

    /// <summary>The investments that the panel of a province counts: each code once, those of several provinces left out.</summary>
    /// <param name="province">Its code of four digits.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>In the order of their codes; empty without investments.</returns>
    public IReadOnlyList<Investment> Investments(string province, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(province);
        if (!HasInvestments)
            return [];
        return Use(PanelAmount.Costo, database =>
        {
            var rows = database.Query(
                $"""
                SELECT code, name, cost, panel_cost, function, entity, kind, status, situation, begun, registered, viable, places, place, latitude, longitude, import
                FROM read_parquet({Prepared(InvestmentsFile)}) WHERE province = {province} ORDER BY code
                """, cancel);
            return (IReadOnlyList<Investment>)[.. rows.Select(InvestmentOf)];
        });
    }

    /// <summary>What could be bundled in a province; found once and kept until the next import.</summary>
    /// <param name="province">Its code of four digits.</param>
    /// <param name="setup">When projects are alike; always the same for one reading.</param>
    /// <param name="borders">The districts that border on each district; asked for once.</param>
    /// <param name="cancel">Stops it.</param>
    public ProvinceBundles Bundles(string province, BundleSetup setup, Func<IReadOnlyDictionary<string, IReadOnlyCollection<string>>?> borders, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(borders);
        if (_bundles.TryGetValue(province, out var known) && known.IsValueCreated)
            return known.Value;
        if (_bundles.Count >= KeptPages)
            _bundles.Clear();
        var found = ProvinceBundles.Find(Investments(province, cancel), setup, borders());
        return _bundles.GetOrAdd(province, new Lazy<ProvinceBundles>(found)).Value;
    }

    private static Investment InvestmentOf(object?[] row)
    {
        var begun = row[9] is true;
        return new Investment
        {
            Code = (string)row[0]!,
            Name = (string?)row[1],
            Cost = (decimal?)row[2],
            PanelCost = (decimal?)row[3],
            Function = (string?)row[4],
            Entity = (string?)row[5],
            Status = (string?)row[7],
            Situation = (string?)row[8],
            State = Investment.StateOf((string?)row[6], (string?)row[7], (string?)row[8], begun),
            Registered = (DateOnly?)row[10],
            Viable = (DateOnly?)row[11],
            Places = row[12] is string places ? places.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [],
            PanelPlace = (string?)row[13],
            Point = row[14] is double latitude && row[15] is double longitude ? (latitude, longitude) : null,
            Import = (int)(long)row[16]!,
        };
    }

    /// <summary>One row an investment with what its sheet needs, in the order of provinces, so that one province is found without reading all.</summary>
    private void PrepareInvestments(CancellationToken cancel)
    {
        var file = Prepared(InvestmentsFile);
        if (!HasInvestments || File.Exists(file))
            return;
        using var database = _store.Database();
        StoreViews.Create(database, _store, StoreTable.Investments, cancel);
        var next = file + ".next";
        database.Run(
            $"""
            COPY (
              WITH s AS (
                SELECT code, arg_min(name, line) AS name, arg_min(entity, line) AS entity, arg_min(kind, line) AS kind, arg_min(status, line) AS status, arg_min(situation, line) AS situation,
                       bool_or(actual_start IS NOT NULL OR actual_end IS NOT NULL OR coalesce(progress, 0) > 0) AS begun,
                       arg_min(registered, line) AS registered, arg_min(viability, line) AS viable, max(import) AS import,
                       string_agg(DISTINCT CASE WHEN substr(ubigeo, 5, 2) <> '00' THEN ubigeo END, ' ' ORDER BY CASE WHEN substr(ubigeo, 5, 2) <> '00' THEN ubigeo END) AS places,
                       CASE WHEN count(DISTINCT latitude) = 1 AND count(DISTINCT longitude) = 1 THEN min(latitude) END AS latitude,
                       CASE WHEN count(DISTINCT latitude) = 1 AND count(DISTINCT longitude) = 1 THEN min(longitude) END AS longitude
                FROM investments WHERE code IS NOT NULL GROUP BY code
              )
              SELECT s.*, p.province, p.place, p.function, coalesce(p.costo, p.viable) AS cost, p.costo AS panel_cost
              FROM s JOIN (SELECT project, province, place, function, costo, viable FROM read_parquet({Prepared($"{StoreTable.Investments.Name}-projects.parquet")}) WHERE year = 0) p ON p.project = s.code
              WHERE p.province IS NOT NULL AND p.province <> '*'
              ORDER BY p.province, s.code
            ) TO {next} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)
            """, cancel);
        File.Move(next, file, overwrite: true);
    }
}
