using System.Globalization;
using System.Text;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;
using Minka.Measures.Numerics;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Observatory.Tests;

/// <summary>The database's figures are those of Minka.Measures, on drawn projects and on the published ten.</summary>
public sealed class PanelTests
{
    [DuckTheory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(4, 300)]
    [InlineData(5, 60)]
    public void Panel_OfDrawnProjects_EqualsTheMeasures(long seed, int projects)
    {
        var draws = new SeededDraws(seed);
        var drawn = Enumerable.Range(0, projects).Select(i => (Id: $"{2_000_000 + i}", Function: draws.Below(5) == 0 ? null : $"F{draws.Below(3)}", District: $"0101{1 + draws.Below(4):00}",
            Amount: draws.Below(8) == 0 ? 0m : Math.Round((decimal)Math.Exp(8 + (9 * draws.Unit())), 2))).ToList();
        // The limits of the bands belong where practice puts them.
        drawn[0] = drawn[0] with { Amount = 10_000_000m };
        if (projects > 2)
            (drawn[1], drawn[2]) = (drawn[1] with { Amount = 100_000m }, drawn[2] with { Amount = 1_000_000m });
        var row = Measured(drawn);

        decimal[] amounts = [.. drawn.Select(d => d.Amount)];
        var d = AmountDispersion.Of(amounts);
        row.Total.ShouldBe(d.Total);
        Same(row, d.Count, "n");
        Same(row, d.Positive, "n_positive");
        Same(row, d.Mean, "mean");
        Same(row, d.Median, "median");
        Same(row, d.P90, "p90_type7");
        Same(row, d.SizeWeightedMean, "size_weighted_mean");
        Same(row, d.Hhi, "hhi");
        Same(row, d.HhiNormalised, "hhi_normalised");
        Same(row, d.Fragmentation, "frag_1_minus_hhi");
        Same(row, d.Shannon, "shannon_nats");
        Same(row, d.Pielou, "pielou_evenness");
        Same(row, d.EffectiveNumber, "eff_number_q1");
        Same(row, d.EffectiveNumberOfOrder2, "eff_number_q2");
        Same(row, d.EffectiveNumberOfInfiniteOrder, "eff_number_qinf");
        Same(row, d.Cr1, "cr1");
        Same(row, d.Cr4, "cr4");
        Same(row, d.Gini, "gini_population");
        Same(row, d.GiniSample, "gini_sample_corrected");
        Same(row, d.TheilT, "theil_T");
        Same(row, d.TheilL, "theil_L_mld_positive");
        Same(row, d.Variation, "cv_population");
        var p = SizeProfile.Of([.. amounts.Select(a => (long)(a * 100))]);
        Same(row, p.Below100kCount, "share_lt_100k");
        Same(row, p.Below100kAmount, "amount_share_lt_100k");
        Same(row, p.Below1MCount, "atomisation_count_share_lt_1M");
        Same(row, p.Below1MAmount, "amount_share_lt_1M");
        Same(row, p.MediumCount, "medium_1M_10M");
        Same(row, p.MediumAmount, "amount_medium_1M_10M");
        Same(row, p.LargeCount, "large_gt_10M");
        Same(row, p.LargeAmount, "amount_large_gt_10M");
        var axes = drawn.GroupBy(x => x.Function).Select(g => (IReadOnlyCollection<decimal>)[.. g.Select(x => x.Amount)]).ToList();
        if (drawn.All(x => x.Function is null))
            return;
        Same(row, AmountDispersion.Of([.. axes.Select(a => a.Sum())]).Hhi, "hhi_axes");
        Same(row, Math.Exp(Decompositions.Entropy(axes)!.Between), "eff_axes");
        Same(row, Math.Exp(Decompositions.Entropy(axes)!.Within), "eff_projects_per_axis");
        Same(row, Decompositions.TheilT(axes)!.Between, "theil_between_axes");
        Same(row, Decompositions.TheilT(axes)!.Within, "theil_within_axes");

        var cohesion = ProgrammeCohesion.Measure(new CohesionInput
        {
            Projects = [.. drawn.Select(x => new CohesionProject { Id = x.Id, Axis = x.Function, Places = [x.District], Amount = (long)(x.Amount * 100) })],
            DeclaredAxes = [],
            Weights = new SimilarityWeights(5_000, 0, 5_000, 0, 0),
        });
        Same(row, cohesion.LinkedPairShare, "linked_pair_share");
        Same(row, cohesion.MeanSimilarity, "mean_similarity");
        Same(row, cohesion.AmountWeighted, "amount_weighted_similarity");
        if (projects > 1)
            Same(row, cohesion.IsolatedShare, "isolated_amount_share");
    }

    // methods.md §1.2: eight of ten are small, yet the money is concentrated.
    [DuckFact]
    public void Panel_OfThePublishedTen_ItsFigures()
    {
        decimal[] ten = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];
        var row = Measured([.. ten.Select((a, i) => ($"{i + 1}", (string?)"F", "010101", a))]);
        row["atomisation_count_share_lt_1M"].ShouldBe(0.8);
        row["amount_share_lt_1M"]!.Value.ShouldBe(0.125, 0.001);
        row["hhi"]!.Value.ShouldBe(0.62, 0.005);
        row["size_weighted_mean"]!.Value.ShouldBe(9.5e6, 0.1e6);
    }

    [DuckFact]
    public void Panel_WithoutMoney_IsNullWithReasons()
    {
        var row = Measured([("1", "F", "010101", 0m)]);
        (row["hhi"], row.Reasons["hhi"], row["n"], row["gini_population"]).ShouldBe((null, "no-money", 1, null));
        row.Values.Keys.ShouldBe(PanelIndicators.Names, ignoreOrder: true);
        row.Values.Where(v => v.Value is null).ShouldAllBe(v => row.Reasons.ContainsKey(v.Key));
    }

    [Fact]
    public void Values_AreEscaped()
    {
        static string Of(DuckSql sql) => sql.ToString();
        Of($"SELECT {"O'Higgins; DROP TABLE x --"}, {7}, {(string?)null}, {(string[])["a'", "b"]}").ShouldBe("SELECT 'O''Higgins; DROP TABLE x --', 7, NULL, ['a''', 'b']");
        Should.Throw<ArgumentException>(() => Of($"SELECT {"a\0b"}"));
    }

    [DuckFact]
    public void Database_RefusesWithWords_AndReadsWhatWasAppended()
    {
        using var database = DuckDatabase.Open();
        Should.Throw<DuckFault>(() => database.Run($"SELEKT 1")).Message.ShouldContain("SELEKT");
        database.Run($"CREATE TABLE t(a VARCHAR, b INTEGER, c DECIMAL(18,2), d DATE, e DOUBLE)");
        using (var rows = database.Append("t", [DuckColumn.Text, DuckColumn.Int, DuckColumn.Money, DuckColumn.Date, DuckColumn.Real]))
        {
            // More than one chunk; short and long texts, accents, nothing.
            for (var i = 0; i < 5_000; i++)
            {
                rows.Text(i % 3 == 0 ? "" : new string('ñ', i % 30));
                rows.Int(i);
                rows.Money(i % 2 == 0 ? null : i);
                rows.Date(new DateOnly(2000, 1, 1).AddDays(i));
                rows.Real(i / 2.0);
                rows.EndRow();
            }

            Should.Throw<InvalidOperationException>(rows.EndRow);
            rows.Flush();
        }

        var found = database.Query($"SELECT * FROM t ORDER BY b");
        found.Count.ShouldBe(5_000);
        for (var i = 0; i < found.Count; i++)
            found[i].ShouldBe([i % 3 == 0 || i % 30 == 0 ? null : new string('ñ', i % 30), (long)i, i % 2 == 0 ? null : i / 100m, new DateOnly(2000, 1, 1).AddDays(i), i / 2.0]);
    }

    private static void Same(PanelRow row, double? expected, string name)
    {
        if (expected is { } e)
            (row[name] ?? double.NaN).ShouldBe(e, Math.Max(1e-9, Math.Abs(e) * 1e-10), name);
        else
            row[name].ShouldBeNull(name);
    }

    private static PanelRow Measured(IReadOnlyList<(string Id, string? Function, string District, decimal Amount)> projects)
    {
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        try
        {
            var text = new StringBuilder("CODIGO_UNICO,MONTO_VIABLE,SITUACION,FUNCION,UBIGEO\n");
            foreach (var p in projects)
                text.Append(CultureInfo.InvariantCulture, $"{p.Id},{p.Amount},V,{p.Function},{p.District}\n");
            var path = Path.Combine(folder, "d.csv");
            File.WriteAllText(path, text.ToString());
            var store = SpendStore.Open(Path.Combine(folder, "store"));
            new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions());
            return new SpendPanels(store).Read(PanelBy.Province, PanelAmount.Viable).Rows.Single(r => r.Year is null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
