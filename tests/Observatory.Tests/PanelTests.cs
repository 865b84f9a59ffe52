using System.Globalization;
using System.Text;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;
using Minka.Measures.Numerics;
using Minka.Measures.Spending;
using Minka.Observatory.Duck;
using Minka.Observatory.Generating;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

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

        var links = (from i in Enumerable.Range(0, projects) from j in Enumerable.Range(i + 1, projects - i - 1) where Linked(i, j) select (i, j)).ToList();
        // A project without a function is a community of its own.
        Same(row, Modularity.Of(links, [.. drawn.Select((x, i) => x.Function is { } f ? f[1] - '0' : 100 + i)]), "modularity");
        Same(row, d.Total > 0 ? (double)(drawn.Where(x => x.Function is null).Sum(x => x.Amount) / d.Total) : null, "axis_untagged_share");
        int[] part = [.. Enumerable.Range(0, projects)];
        foreach (var _ in drawn)
        {
            foreach (var (i, j) in links)
                part[i] = part[j] = Math.Min(part[i], part[j]);
        }

        if (projects < 2)
            return;
        Same(row, part.Distinct().Count(), "components");
        Same(row, (double)(part.Distinct().Max(c => drawn.Where((_, i) => part[i] == c).Sum(x => x.Amount)) / d.Total), "largest_component_amount_share");

        bool Linked(int i, int j) => drawn[i].District == drawn[j].District || (drawn[i].Function is { } f && f == drawn[j].Function);
    }

    // methods.md §1.5: two triangles and a bridge, 5/14; here the bridge is a district in which both functions build.
    [DuckFact]
    public void Panel_OfTwoFunctionsAndAMeetingPlace_IsTwoTrianglesAndABridge()
    {
        var row = Measured([("1", "A", "010101", 10), ("2", "A", "010102", 20), ("3", "A", "010103", 30), ("4", "B", "010103", 40), ("5", "B", "010104", 50), ("6", "B", "010105", 60)]);
        row["modularity"]!.Value.ShouldBe(5 / 14.0, 1e-12);
        row["linked_pair_share"]!.Value.ShouldBe(7 / 15.0, 1e-12);
        (row["components"], row["largest_component_amount_share"], row["isolated_amount_share"]).ShouldBe((1, 1, 0));

        var apart = Measured([("1", "A", "010101", 10), ("2", "A", "010102", 20), ("3", "B", "010103", 30), ("4", null, "010104", 40)]);
        // One link: Q = 1/1 − (2/2)² = 0.
        (apart["modularity"], apart["components"], apart["largest_component_amount_share"], apart["axis_untagged_share"]).ShouldBe((0, 3, 0.4, 0.4));
        apart["isolated_amount_share"]!.Value.ShouldBe(0.7, 1e-12);

        var alone = Measured([("1", "A", "010101", 10), ("2", "B", "010102", 20)]);
        (alone["modularity"], alone.Reasons["modularity"]).ShouldBe((null, "no-links"));
    }

    // What docs/observatory.md promises to whoever reads the Parquet with another engine: the printed statement over the bare folder gives the panel.
    [DuckTheory]
    [InlineData(PanelBy.Country, PanelAmount.Pim)]
    [InlineData(PanelBy.Province, PanelAmount.Devengado)]
    [InlineData(PanelBy.District, PanelAmount.Costo)]
    [InlineData(PanelBy.Function, PanelAmount.Viable)]
    public void Script_OverTheBareFolder_EqualsThePanel(PanelBy by, PanelAmount amount)
    {
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        var store = SpendStore.Open(Path.Combine(folder, "store"));
        foreach (var (kind, name) in new[] { (GeneratedKind.Monthly, "2024-Gasto.csv"), (GeneratedKind.Investments, "DETALLE_INVERSIONES.csv") })
        {
            using (var text = new StreamWriter(Path.Combine(folder, name)))
                SpendGenerator.Write(text, kind, 4_000, 11);
            new ImportFile(store, TimeProvider.System).Execute(Path.Combine(folder, name), new ImportOptions());
        }

        var panel = new SpendPanels(store).Read(by, amount).Rows.ToDictionary(r => (r.Code, r.Year ?? 0));
        using var database = DuckDatabase.Open();
        var found = database.Query($"{new Sql(PanelScript.Of(store.Folder, by, amount))}");
        found.Count.ShouldBe(panel.Values.Count(r => r.Total > 0));
        foreach (var row in found)
        {
            var told = panel[((string)row[1]!, (int)(long)row[0]!)];
            for (var c = 2; c < found.Columns.Count; c++)
            {
                // A panel of functions has one axis by definition; the statement does not know that.
                if (by == PanelBy.Function && c >= found.Columns.ToList().IndexOf("hhi_axes"))
                    continue;
                Same(told, row[c] is long n ? n : (double?)row[c], found.Columns[c]);
            }
        }
    }

    // The comptroller's rule: unfinished, and no progress for six months. The file's own day is its latest declaration, 30 June 2024.
    [DuckFact]
    public void Panel_OfWorks_TellsWhichArePausedAndWhichAreLate()
    {
        const string head = "CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,COSTO_ACTUALIZADO,FUNCION,UBIGEO,NIVEL,AVANCE_EJECUCION,AVANCE_FISICO,ULT_FEC_DECLA_ESTIM,FEC_INI_EJECUCION,FEC_FIN_EJECUCION,FEC_INI_EJEC_FISICA,FEC_FIN_EJEC_FISICA\n";
        const string rows =
            "1,Sigue,100,100,A,010101,GL,1,40,2024-06-30,2024-01-01,2024-12-31,2024-01-10,\n"          // goes on, not late yet
            + "2,Medio año,200,200,A,010101,GL,1,40,2023-12-30,2023-01-01,2023-12-31,2023-01-10,\n"     // six months to the day, 182 of 364 days late so far
            + "3,Casi,300,300,A,010101,GL,1,40,2023-12-31,2024-01-01,2024-12-31,2023-01-10,\n"          // a day less than six months
            + "4,Terminada,400,400,A,010101,GL,1,100,2022-01-01,2020-01-01,2020-12-31,2020-01-10,2021-12-31\n" // finished a year late: not a paused work
            + "5,Sin empezar,500,500,A,010101,GL,1,0,,,,,\n"
            + "6,Empezó y calla,600,600,A,010101,GL,1,10,,,,2023-01-01,\n"                              // nobody knows since when
            + "7,Año equivocado,700,700,A,010101,GL,1,10,2102-01-01,,,2023-01-01,\n";                   // a day that has not come is not the file's
        var row = Imported("DETALLE_INVERSIONES.csv", head + rows);
        row["works_unfinished"].ShouldBe(4);
        row["paralysed_count_share"].ShouldBe(0.25);
        row["paralysed_amount_share"]!.Value.ShouldBe(200 / 1300.0, 1e-12);
        // Two have an end to compare: 182 of 364 days so far, and 365 of 365.
        row["time_overrun_median"]!.Value.ShouldBe(((182 / 364.0) + (365 / 365.0)) / 2, 1e-12);
        row["time_overrun_open_share"].ShouldBe(0.5);
        var silent = Imported("DETALLE_INVERSIONES.csv", head + "1,Sin fecha,100,100,A,010101,GL,1,40,,,,2023-01-01,\n");
        (silent["paralysed_count_share"], silent.Reasons["paralysed_count_share"], silent["works_unfinished"]).ShouldBe((null, "no-date-of-last-progress", null));
    }

    // methods.md §1: the overrun is what remains when both costs are in prices of one year. The file's latest day is in 2024.
    [DuckFact]
    public void Panel_OfOverruns_TakesTheRiseOfPricesOut()
    {
        const string head = "CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,COSTO_ACTUALIZADO,FUNCION,UBIGEO,NIVEL,FECHA_REGISTRO,FECHA_VIABILIDAD,ULT_FEC_DECLA_ESTIM\n";
        const string open = head
            + "1,Solo subieron los precios,100,150,A,010101,GL,2010-01-01,2010-05-01,2024-06-30\n"
            + "2,Creció la obra,200,400,A,010101,GL,2020-01-01,2020-05-01,2023-06-30\n"
            + "3,Sin viabilidad,300,600,A,010101,GL,2020-01-01,,2023-06-30\n"
            + "4,Antes del índice,50,60,A,010101,GL,1980-01-01,1980-05-01,\n"
            + "5,Sin costo actualizado,70,,A,010101,GL,2020-01-01,2020-05-01,\n"
            + "6,Día que no ha llegado,80,80,A,010101,GL,2024-01-01,2102-05-01,2102-01-01\n";
        // Closed works are in prices of their last accrual, not of the file.
        const string closed = "CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,COSTO_ACTUALIZADO,FUNCION,UBIGEO,NIVEL,FECHA_REGISTRO,FECHA_VIABILIDAD,ULTIMO_DEVENGADO,FEC_CIERRE,DES_CIERRE\n"
            + "7,Cerrada,100,100,A,010101,GL,2010-01-01,2010-05-01,201103,2024-02-01,X\n";
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        var store = SpendStore.Open(Path.Combine(folder, "store"));
        foreach (var (name, text) in new[] { ("DETALLE_INVERSIONES.csv", open), ("CIERRE_INVERSIONES.csv", closed) })
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            new ImportFile(store, TimeProvider.System).Execute(Path.Combine(folder, name), new ImportOptions());
        }

        PanelRow Row() => new SpendPanels(store).Read(PanelBy.Country, PanelAmount.Costo).Rows.Single(r => r.Year is null);
        Same(PriceTable.Own.Index);
        Row()["cost_overrun_weighted"]!.Value.ShouldBe(((150 + 400 + 600 + 60 + 80 + 100) / (100 + 200 + 300.0 + 50 + 80 + 100)) - 1, 1e-12);

        // Another index of the store counts from then on, until it is taken away.
        var other = PriceTable.Read("Año;Índice\n2010;100\n2011;110,5\n2020;120\n2024;150\n"u8.ToArray());
        store.SetPrices(other);
        Same(other.Index);
        Row()["cost_overrun_real_median"]!.Value.ShouldBe(0, 1e-12, "project 1 rose with prices alone");
        store.Prices.Index.Levels.ShouldBe(other.Index.Levels);
        store.SetPrices(PriceTable.Read("year,index\n1990,1\n1991,2\n"u8.ToArray()));
        (Row()["cost_overrun_real_weighted"], Row().Reasons["cost_overrun_real_weighted"]).ShouldBe((null, "no-prices-of-the-years"));
        store.SetPrices(null);
        Same(PriceTable.Own.Index);

        void Same(PriceIndex prices)
        {
            (decimal Viable, int From, decimal Cost, int To)[] costs = [(100, 2010, 150, 2024), (200, 2020, 400, 2024), (100, 2010, 100, 2011)];
            var each = costs.Select(c => SpendingRatios.CostOverrun(c.Cost, c.To, c.Viable, c.From, prices)!.Value).Order().ToList();
            var row = Row();
            row["cost_overrun_real_median"]!.Value.ShouldBe(each[1], 1e-9);
            row["cost_overrun_real_weighted"]!.Value.ShouldBe((costs.Sum(c => (double)c.Cost * prices.Factor(c.To, 2024)!.Value) / costs.Sum(c => (double)c.Viable * prices.Factor(c.From, 2024)!.Value)) - 1, 1e-9);
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n1,2\n", "prices-columns", "a, b")]
    [InlineData("año,índice\n2010,100\n20x1,101\n", "prices-year", 3, "20x1")]
    [InlineData("año,índice\n2010,100\n\n2011,0\n", "prices-level", 4, "0")]
    [InlineData("año,índice\n2010,100\n2011,\n", "prices-level", 3, "")]
    [InlineData("año,índice\n2010,100\n2011,-3\n", "prices-level", 3, "-3")]
    [InlineData("año,índice\n2010,100\n2010,101\n", "prices-twice", 3, 2010)]
    [InlineData("año,índice\n2010,100\n", "prices-few")]
    public void Prices_ThatCannotBeRead_AreRefusedWithTheirPlace(string text, string code, params object[] args)
    {
        var fault = Should.Throw<TableFault>(() => PriceTable.Read(System.Text.Encoding.UTF8.GetBytes(text)));
        (fault.Code, string.Join('|', fault.Args)).ShouldBe((code, string.Join('|', args)));
    }

    [Fact]
    public void Prices_OfMinka_AreChainedFromYearlyChanges()
    {
        var own = PriceTable.Own;
        (own.Years.First, own.Years.Last, own.Index.Levels[1993]).ShouldBe((1993, 2024, 100));
        // INEI's monthly indices of 2012 and 2013 (national, December 2011 = 100), averaged.
        (own.Index.Factor(2012, 2013)!.Value - 1).ShouldBe((1253.8028 / 1220.0544) - 1, 1e-4);
        PriceTable.Read(System.Text.Encoding.UTF8.GetBytes(own.ToText())).Index.Levels.ShouldBe(own.Index.Levels);
        Should.Throw<ArgumentException>(() => PriceIndex.OfChanges([new(2010, 3), new(2012, 3)]));
        Should.Throw<ArgumentException>(() => PriceIndex.OfChanges([new(2010, -100)]));
    }

    [DuckFact]
    public void AxisAlignment_IsTheMoneyOfTheDeclaredFunctions()
    {
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        var path = Path.Combine(folder, "d.csv");
        File.WriteAllText(path, "CODIGO_UNICO,MONTO_VIABLE,SITUACION,FUNCION,UBIGEO\n1,10,V,A,010101\n2,20,V,B,010101\n3,30,V,,010101\n4,40,V,C,010101\n5,0,V,A,020101\n");
        var store = SpendStore.Open(Path.Combine(folder, "store"));
        new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions());
        var aligned = new SpendPanels(store).AxisAlignment(PanelBy.Department, PanelAmount.Viable, ["A", "C"]);
        aligned[("01", null)].ShouldBe(0.5);
        aligned.Keys.ShouldBe([("01", null)], "a department without money has no share");
        new SpendPanels(store).Provinces(PanelBy.Function, PanelAmount.Viable)[("A", null)].ShouldBe(new Dictionary<string, decimal> { ["0101"] = 10, ["0201"] = 0 }, ignoreOrder: true);
    }

    [DuckFact]
    public void Panel_OfFilesOfAnEarlierVersion_LacksOnlyWhatTheyLack()
    {
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        var path = Path.Combine(folder, "d.csv");
        File.WriteAllText(path, "CODIGO_UNICO,MONTO_VIABLE,SITUACION,FUNCION,UBIGEO\n1,10,V,A,010101\n");
        var store = SpendStore.Open(Path.Combine(folder, "store"));
        new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions());
        using (var database = DuckDatabase.Open())
        {
            foreach (var part in Directory.GetFiles(Path.Combine(folder, "store", "tables", "investments"), "*.parquet", SearchOption.AllDirectories))
            {
                database.Run($"CREATE OR REPLACE TABLE t AS SELECT * EXCLUDE (reported, last_accrual) FROM read_parquet({part}, hive_partitioning = false)");
                database.Run($"COPY t TO {part} (FORMAT parquet)");
            }
        }

        var row = new SpendPanels(SpendStore.Open(store.Folder)).Read(PanelBy.Country, PanelAmount.Viable).Rows.Single(r => r.Year is null);
        (row["n"], row["paralysed_count_share"], row.Reasons["paralysed_count_share"]).ShouldBe((1, null, "no-date-of-last-progress"));
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
        var text = new StringBuilder("CODIGO_UNICO,MONTO_VIABLE,SITUACION,FUNCION,UBIGEO\n");
        foreach (var p in projects)
            text.Append(CultureInfo.InvariantCulture, $"{p.Id},{p.Amount},V,{p.Function},{p.District}\n");
        return Imported("d.csv", text.ToString());
    }

    private static PanelRow Imported(string file, string text)
    {
        var folder = Directory.CreateTempSubdirectory("minka-panel-").FullName;
        try
        {
            var path = Path.Combine(folder, file);
            File.WriteAllText(path, text);
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
