using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Economy;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.Core.Story;

/// <summary>
/// The strategy of one alliance of the story, written part by part: the ten chains that the founding document names for the
/// Jequetepeque, in one of its provinces. Every figure is invented and says so.
/// </summary>
sealed class StrategyStory(IServiceProvider services, DateOnly today)
{
    const string Invented = "Dato inventado (DEMO)";

    public async Task WriteAsync(EntityId entity, StrategyId id, Actor manager, CancellationToken cancel)
    {
        await WithAsync<ImportChains>(i => i.ExecuteAsync(entity, Example("jequetepeque-cadenas.csv"), manager, cancel));
        foreach (var ally in Register) await WithAsync<SaveAlly>(s => s.ExecuteAsync(entity, null, ally, null, manager, cancel));
        await WithAsync<FillFigures>(f => f.ExecuteAsync(entity, id, manager, cancel));
        await WithAsync<ImportEconomy>(i => i.ExecuteAsync(entity, id, Example("empleo-sectores.csv"), new() { Measure = "Personas ocupadas (DEMO)", Unit = "personas", Source = Invented }, manager, cancel));
        await WithAsync<SaveStrategyText>(s => s.ExecuteAsync(entity, id, Answers, new Dictionary<string, int>(), manager, cancel));
        foreach (var (list, item) in Items) await WithAsync<SaveStrategyItem>(s => s.ExecuteAsync(entity, id, list, null, item, null, manager, cancel));
    }

    static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["area.boundaries"] = "La provincia ocupa la parte media y alta de la cuenca del Jequetepeque. La unen el río, el camino que baja a la costa y las ferias de Chilete y Tembladera: quien siembra arriba vende abajo. Quedan fuera los distritos que miran al valle de Chicama. (DEMO)",
        ["needs.diagnosis"] = "La fruta y la leche salen sin clasificar y sin frío, en manos de acopiadores que ponen el precio. Hay volumen para un comprador grande, pero repartido entre muchas asociaciones que no cumplen las mismas normas. Las mujeres llevan la crianza de cuyes y la artesanía y casi no acceden a crédito. (DEMO)",
        ["beyond.credit"] = "La caja rural presta a quien tiene título de propiedad; la mayoría de parcelas no lo tiene. Las mujeres se prestan entre ellas en bancos comunales. (DEMO)",
        ["strategy.summary"] = "Juntar lo que hoy se vende disperso: normas comunes, acopio con frío y venta conjunta en las cadenas que ya unen a más familias, y un camino de turismo que las muestra. (DEMO)",
        ["involvement.process"] = "Dos talleres abiertos y una asamblea, convocados por radio y en las ferias, en castellano. Lo dicho se leyó al final de cada reunión. (DEMO)",
    };

    static IReadOnlyList<AllyInput> Register =>
    [
        new(AllyKind.Cite, "Centro de innovación agroindustrial (DEMO)", "Análisis de laboratorio, diseño de planta y registro sanitario", "Cajamarca", ["Chirimoya", "Agroindustria", "Apicultura"], null),
        new(AllyKind.Ngo, "ONG de fruticultura (DEMO)", "Asistencia en poda, polinización y registro de campo", "Chilete", ["Chirimoya", "Mango"], null),
        new(AllyKind.AnchorBuyer, "Planta quesera (DEMO)", "6 000 litros de leche al día con acidez comprobada", "Pacasmayo", ["Leche"], null),
    ];

    IReadOnlyList<(ItemList List, PartItem Item)> Items =>
    [
        (StrategyLists.Findings, new Finding(FindingTopic.Economy, FindingKind.Need, "La leche se vende tibia y sin análisis, a mitad de precio", Invented)),
        (StrategyLists.Findings, new Finding(FindingTopic.Economy, FindingKind.Potential, "La chirimoya del valle se reconoce por su sabor", Invented)),
        (StrategyLists.Assets, new TerritorialAsset(AssetKind.Reputation, "Chirimoya del valle medio (DEMO)", "Suelo y altura le dan un aroma que la costa no logra", "Valle medio del Jequetepeque", null)),
        (StrategyLists.Cities, new CityLink("Cajamarca", 150, "Universidad, hospital y crédito", "Queso, fruta y mano de obra", "Derrumbes en los meses de lluvia")),
        (StrategyLists.Tree, new TreeNode(TreeRole.Core, "Bajos ingresos de las familias productoras", null, "Mayores ingresos de las familias productoras", null)),
        (StrategyLists.Tree, new TreeNode(TreeRole.Cause, "Baja calidad comprobada de la leche y la fruta", null, "Mayor calidad comprobada de la leche y la fruta", "E1")),
        (StrategyLists.Tree, new TreeNode(TreeRole.Cause, "Falta de frío en el acopio", "P2", "Se cuenta con frío en el acopio", "E1")),
        (StrategyLists.Tree, new TreeNode(TreeRole.Cause, "Escasa visita de turistas que pernocten", null, "Suficiente visita de turistas que pernocten", "E2")),
        (StrategyLists.Tree, new TreeNode(TreeRole.Effect, "Migración de los jóvenes a la costa", null, "Los jóvenes encuentran trabajo aquí", null)),
        (StrategyLists.Objectives, new SpecificObjective("E1", "Acopiar leche con frío y calidad comprobada", "P3")),
        (StrategyLists.Objectives, new SpecificObjective("E2", "Alojar al visitante en casas con registro", "P4")),
        (StrategyLists.Indicators, new StrategyIndicator("O1", "Leche acopiada con frío", "litros por día", Quantity.Of(800), new(2026, 12, 31), Quantity.Of(6_000), new(2031, 12, 31), Invented)),
        (StrategyLists.Indicators, new StrategyIndicator("O2", "Noches de alojamiento registrado", "noches al año", Quantity.Of(3_600), new(2026, 12, 31), Quantity.Of(9_000), new(2031, 12, 31), Invented)),
        (StrategyLists.Swot, new SwotFactor(SwotQuadrant.Strength, "Asociaciones con diez años de trabajo (DEMO)", 4, ["E1"])),
        (StrategyLists.Swot, new SwotFactor(SwotQuadrant.Weakness, "Casi nadie tiene registro sanitario (DEMO)", 5, ["O1"])),
        (StrategyLists.Swot, new SwotFactor(SwotQuadrant.Opportunity, "Compradores de la costa buscan leche fría (DEMO)", 5, ["E1", "O1"])),
        (StrategyLists.Swot, new SwotFactor(SwotQuadrant.Threat, "Lluvias que cortan el camino (DEMO)", 3, ["E2"])),
        (StrategyLists.Alignments, new Alignment("E1", PlanLevel.National, "Plan Estratégico de Desarrollo Nacional al 2050", "ON3 Competitividad y productividad con empleo decente y uso sostenible de los recursos", "pe-pedn-2050.ON3")),
        (StrategyLists.Alignments, new Alignment("E2", PlanLevel.Provincial, "Plan de desarrollo concertado provincial (DEMO)", "Turismo rural comunitario", null)),
        (StrategyLists.Actions, new PlannedAction("E1", "O1", "Instalar tanques de frío en tres centros de acopio", "Cooperativa lechera (DEMO)", 2027, 2028)),
        (StrategyLists.Actions, new PlannedAction("E2", "O2", "Registrar y equipar veinte casas de hospedaje", "Asociación de turismo (DEMO)", 2028, 2029)),
        (StrategyLists.Consultations, new Consultation(ConsultationKind.Workshop, today.AddDays(-20), "Chilete", "Qué cadenas unen a más familias", 34, 28, 9, 38, 15, "Se agregó la cadena de cuyes, que llevan las mujeres", "Acta del taller (DEMO)")),
        (StrategyLists.Finance, new FinanceLine("E1", FundingSource.Fund, 2027, Money.Soles(900_000), null)),
        (StrategyLists.Finance, new FinanceLine("E1", FundingSource.Province, 2027, Money.Soles(250_000), null)),
        (StrategyLists.Finance, new FinanceLine("E2", FundingSource.District, 2028, Money.Soles(120_000), null)),
    ];

    static byte[] Example(string name)
    {
        using var stream = typeof(StrategyStory).Assembly.GetManifestResourceStream("examples/" + name) ?? throw new FileNotFoundException(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    async Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
