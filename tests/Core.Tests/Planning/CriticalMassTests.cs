using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Tests.Docs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class CriticalMassTests
{
    static readonly Actor Manager = new(null, "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000002"));

    static Quantity Q(decimal value) => Quantity.Of(value);

    static ChainActor Milk(string code, decimal rain, decimal dry, params string[] meets) =>
        new(ChainLink.Production, $"Actor {code}", [new("lluvias", Q(rain)), new("estiaje", Q(dry))], meets) { Code = code };

    static readonly ChainContent Chain = new()
    {
        Name = "Leche",
        Product = "leche fresca",
        Unit = "litros",
        Seasons = ["lluvias", "estiaje"],
        Counted = ChainLink.Production,
        Note = null,
        Actors = [Milk("A1", 5_000, 2_000, "N1", "N2"), Milk("A2", 3_000, 1_000, "N1"), Milk("A3", 1_000, 0),
            new(ChainLink.Gathering, "Centro de acopio", [new("lluvias", Q(9_000))], ["N1", "N2"]) { Code = "A4" }],
        Standards = [new(StandardKind.Quality, "Acidez", "14 a 18", null) { Code = "N1" }, new(StandardKind.Sanitary, "Hato sano", "certificado", null) { Code = "N2" }],
        Demands = [new("Planta", "lluvias", Q(8_000), ["N1"], null) { Code = "D1" }, new("Desayunos", "estiaje", Q(3_500), ["N1", "N2"], null) { Code = "D2" }],
        Bottlenecks = [],
        Effects =
        [
            new(null, "Riego", "A1", [], [new("estiaje", Q(400))], []) { Code = "E1" },
            new(null, "Sanidad", "A2", [], [], ["N2"]) { Code = "E2" },
            new(null, "Riego", "A2", [], [new("estiaje", Q(300))], []) { Code = "E3" },
        ],
    };

    [Fact]
    public void Mass_OfAWorkedChain_IsCountedByHand()
    {
        var mass = CriticalMass.Of(Chain);
        // The gatherer's volume is the producers' milk again: the counted link counts alone.
        mass.Offered.Select(o => (o.Season, o.Volume.Value)).ShouldBe([("lluvias", 9_000m), ("estiaje", 3_000m)]);
        var (plant, meals) = (mass.Demands[0], mass.Demands[1]);
        (plant.Offered, plant.Fit, plant.Gap, plant.IsReached).ShouldBe((Q(9_000), Q(8_000), Quantity.Zero, true));
        (meals.Offered, meals.Fit, meals.Gap).ShouldBe((Q(3_000), Q(2_000), Q(1_500)));
        // Sanitation alone brings A2's 1,000; irrigation alone A1's 400 (A2's 300 more is not fit yet); both together 1,700 and the lot.
        meals.Closings.Select(c => (c.Title, c.Closes.Value, c.GapAfter.Value)).ShouldBe([("Sanidad", 1_000m, 500m), ("Riego", 400m, 1_100m)]);
        meals.GapWithAll.ShouldBe(Quantity.Zero);
        meals.Reasons.Select(r => (r.Code, r.Met)).ShouldBe(
            [("chain.volume", false), ("chain.standard-met", true), ("chain.standard-lacking", false), ("chain.without-volume", null), ("chain.lot-short", false)]);
        mass.Reached.ShouldBe(1);
    }

    [Fact]
    public void Mass_WhoeverWrites_NeverGrowsAGapByAProjectNorClosesMoreThanThereIs()
    {
        var draws = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var actors = Enumerable.Range(1, 4).Select(i => Milk($"A{i}", draws.Next(100), draws.Next(100), draws.Next(2) == 0 ? [] : ["N1"])).ToList();
            var effects = Enumerable.Range(1, 5).Select(i => new ChainEffect(null, $"P{draws.Next(3)}", $"A{1 + draws.Next(4)}", [], [new("lluvias", Q(draws.Next(50)))], draws.Next(2) == 0 ? [] : ["N1"]) { Code = $"E{i}" }).ToList();
            var chain = Chain with { Actors = actors, Effects = effects, Demands = [new("C", "lluvias", Q(1 + draws.Next(300)), ["N1"], null) { Code = "D1" }] };
            var state = CriticalMass.Of(chain).Demands[0];
            state.Fit.ShouldBeLessThanOrEqualTo(state.Offered);
            (state.Fit + state.Gap).ShouldBeGreaterThanOrEqualTo(chain.Demands[0].MinimumLot);
            foreach (var closing in state.Closings)
            {
                closing.Closes.ShouldBeGreaterThanOrEqualTo(Quantity.Zero);
                (closing.Closes + closing.GapAfter).ShouldBe(state.Gap);
                state.GapWithAll.ShouldBeLessThanOrEqualTo(closing.GapAfter);
            }
        }
    }

    [Theory, BothDatabases]
    public async Task TheExample_OfTheTenChains_ImportsAndComesOutAgain(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var file = await File.ReadAllBytesAsync(Path.Combine(GlossaryTests.Root(), "docs", "examples", "jequetepeque-cadenas.csv"));
        var outcome = await database.WithAsync<ImportChains, ChainsOutcome>(u => u.ExecuteAsync(Entity, file, Manager));
        outcome.Problems.ShouldBeEmpty();
        outcome.Added.ShouldBe(10);
        var chains = await database.ReadAsync(db => db.ChainsAsync(Entity));
        chains.Select(c => c.Name).ShouldBe(["Agroindustria", "Apicultura", "Artesanía", "Chirimoya", "Cuyes", "Leche", "Mango", "Tara", "Turismo", "Vid"]);
        var milk = CriticalMass.Of(ChainContent.Of(chains.Single(c => c.Name == "Leche")));
        milk.Reached.ShouldBe(1);
        milk.Demands[2].GapWithAll.ShouldBe(Quantity.Zero);

        // What an export wrote, an import reads: the same chains for another entity.
        var text = string.Join('\n', new[] { string.Join(';', ChainTable.Columns.Select(c => c[0])) }.Concat(chains.SelectMany(ChainTable.Rows).Select(r => string.Join(';', r.Select(x => $"\"{x}\"")))));
        var other = new EntityId(new Guid("01900000-0000-7000-8000-000000000003"));
        (await database.WithAsync<ImportChains, ChainsOutcome>(u => u.ExecuteAsync(other, Encoding.UTF8.GetBytes(text), Manager))).Problems.ShouldBeEmpty();
        var again = await database.ReadAsync(db => db.ChainsAsync(other));
        again.Select(c => CanonicalJson.DigestOf(ChainContent.Of(c))).ShouldBe(chains.Select(c => CanonicalJson.DigestOf(ChainContent.Of(c))));

        var twice = await database.WithAsync<ImportChains, ChainsOutcome>(u => u.ExecuteAsync(Entity, file, Manager));
        twice.Problems.ShouldContain(p => p.Code == "chain-exists" && p.Cell == "A2");
        (await database.ReadAsync(db => db.ValueChains.CountAsync(c => c.EntityId == Entity))).ShouldBe(10);
    }

    [Theory]
    [InlineData("cadena;fila;nombre;unidad;campana;cantidad\nCafé;cadena;café;t;año;\nCafé;actor;Coop;;año;12,5,1", "F3", "quantity.form")]
    [InlineData("cadena;fila;nombre;unidad;campana;cantidad\nCafé;cadena;café;t;año;\nCafé;comprador;Tostador;;año;", "F3", "value-empty")]
    [InlineData("cadena;fila;nombre;unidad;campana\nCafé;cadena;café;t;año\nCafé;aldea;X;;", "B3", "row-kind")]
    [InlineData("cadena;fila;nombre;unidad;campana;actor\nCafé;cadena;café;t;año;\nCafé;proyecto;Secadero;;;A9", "F3", "actor-unknown")]
    [InlineData("cadena;fila;nombre;unidad;campana;normas\nCafé;cadena;café;t;año;\nCafé;actor;Coop;;;N7", "A2", "standard-unknown")]
    [InlineData("cadena;fila;nombre;unidad;campana;cantidad\nCafé;cadena;café;t;año;\nCafé;comprador;Tostador;;nunca;5", "A2", "rule")]
    [InlineData("cadena;fila;nombre\nCafé;actor;Coop", "A2", "chain-row-missing")]
    [InlineData("cadena;nombre\nCafé;Coop", "", "column-missing")]
    public async Task AnImport_WithAFault_NamesItsCellAndAddsNothing(string file, string cell, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var outcome = await database.WithAsync<ImportChains, ChainsOutcome>(u => u.ExecuteAsync(Entity, Encoding.UTF8.GetBytes(file), Manager));
        outcome.Added.ShouldBe(0);
        outcome.Problems.ShouldContain(p => p.Cell == cell && p.Code == code);
        (await database.ReadAsync(db => db.ValueChains.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Rows_OfTwoEditors_DoNotMeet_UnlessTheyAreTheSame()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.WithAsync<StartChain, ChainId>(u => u.ExecuteAsync(Entity, new() { Name = "Café", Product = "café", Unit = "t", Seasons = ["abril a julio"] }, Manager));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<StartChain, ChainId>(u => u.ExecuteAsync(Entity, new() { Name = "CAFE", Product = "x", Unit = "t", Seasons = ["año"] }, Manager)))).Code.ShouldBe(ChainRules.NameTaken);
        var first = await SaveAsync(null, "Norma uno", null);
        var second = await SaveAsync(null, "Norma dos", null);
        (first, second).ShouldBe(("N1", "N2"));
        var seen = (await database.ReadAsync(db => db.ChainAsync(Entity, id))).Standards[0].Seal();
        await SaveAsync("N2", "Norma dos bis", null);
        await SaveAsync("N1", "Norma uno bis", seen);
        await Should.ThrowAsync<ChangedMeanwhile>(() => SaveAsync("N1", "Norma uno ter", seen));
        (await database.ReadAsync(db => db.ChainAsync(Entity, id))).Standards.Select(s => s.Name).ShouldBe(["Norma uno bis", "Norma dos bis"]);

        Task<string> SaveAsync(string? code, string name, string? seal) =>
            database.WithAsync<SaveChainItem, string>(u => u.ExecuteAsync(Entity, id, ChainLists.Standards, code, new ChainStandard(StandardKind.Quality, name, "algo", null), seal, Manager));
    }

    [Theory]
    [InlineData("ventas@cite.pe")]
    [InlineData("cel. 976 123 456")]
    public async Task Register_TakesNoPersonsNumber(string contact)
    {
        await using var database = await TestDatabase.CreateAsync();
        var ally = new AllyInput(AllyKind.Cite, "CITE de prueba", "análisis", "Cajamarca", [], "https://cite.example.pe");
        (await database.WithAsync<SaveAlly, string>(u => u.ExecuteAsync(Entity, null, ally, null, Manager))).ShouldBe("S1");
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<SaveAlly, string>(u => u.ExecuteAsync(Entity, "S1", ally with { Contact = contact }, null, Manager)))).Code.ShouldBe(WritingRules.PersonalNumber);
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<SaveAlly, string>(u => u.ExecuteAsync(Entity, null, ally, null, Manager)))).Code.ShouldBe(ChainRules.AllyTaken);
    }
}
