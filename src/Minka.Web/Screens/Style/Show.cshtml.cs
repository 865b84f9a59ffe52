using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Style;

/// <summary>The house's components with all their states, in demo mode only. Every figure is invented to show a shape.</summary>
[Public]
[DemoOnly]
public sealed class ShowModel(IServiceProvider services) : Screen
{
    public string Name { get; set; } = "Asociación de productores Café de Altura";

    public static string In(string spanish, string english) => Format.English ? english : spanish;

    public static IReadOnlyList<Choice> Kinds =>
    [
        new("ccl", In("Comité del Consejo de Coordinación Local", "Committee of the local coordination council"), In("Provincial; promueve, pero no recibe dinero.", "Provincial; it promotes but holds no money.")),
        new("asoc", In("Asociación", "Association"), In("Inscrita en registros públicos.", "Entered in the public registry.")),
        new("manc", In("Mancomunidad municipal", "Municipal commonwealth")),
    ];

    public static IReadOnlyList<Step> Steps =>
    [
        new(In("Borrador", "Draft"), StepState.Done, In("operador del fondo", "fund operator"), "3 nov"),
        new(In("Publicada", "Published"), StepState.Done, null, "10 nov"),
        new(In("Preguntas y respuestas", "Questions and answers"), StepState.Now, In("responde la secretaría técnica", "the secretariat answers"), In("hasta el 1 dic", "until 1 Dec")),
        new(In("Ronda de subsanación", "Cure round"), StepState.Skipped),
        new(In("Abierta a postulaciones", "Open for applications"), StepState.Next, null, "7 dic"),
        new(In("Resultados", "Results"), StepState.Next),
    ];

    public static Funding Funding => new([2027, 2028, 2029],
    [
        new(In("Entidad", "Entity"), [0, 25_000_00, 25_000_00]),
        new(In("Municipalidad provincial", "Provincial municipality"), [180_000_00, 220_000_50, 90_000_00]),
        new(In("Aporte privado en dinero", "Private cash"), [95_000_00, 110_000_00, 60_000_00]),
        new(In("Aporte privado en bienes", "Private in kind"), [40_000_00, 0, 0]),
        new(In("Fondo", "Fund"), [900_000_00, 1_134_987_10, 420_000_00]),
    ], [1_215_000_00, 1_490_000_00, 594_000_00]);

    public static BarChart Bars => new(In("Pobreza en las provincias vecinas", "Poverty in the neighbouring provinces"), In("Porcentaje de la población, 2018", "Per cent of the population, 2018"),
    [
        new("Contumazá", 31.2, "31.2 %", "#"), new("Cajabamba", 58.4, "58.4 %", "#"), new("San Marcos", 61.9, "61.9 %", "#"), new("Cajamarca", 36.0, "36.0 %", "#"),
    ])
    { Reference = new(In("promedio del departamento 45 %", "department's average 45 %"), 45), Full = 100 };

    public static StackedBars Stacked => new(In("De dónde sale el dinero", "Where the money comes from"), In("Soles por año y fuente", "Soles by year and source"),
        [.. Funding.Rows.Select(r => r.Source)],
        [.. Funding.Years.Select((y, i) => new StackedBar(y.ToString(System.Globalization.CultureInfo.InvariantCulture), [.. Funding.Rows.Select(r => r.Amounts[i] / 100.0)], Format.MoneyShort(Funding.Rows.Sum(r => r.Amounts[i]))))]);

    public static CompositionGauge Gauge => new(In("Votos del sector público", "Votes of the public sector"), In("El sector público tiene como máximo 49 % de los votos.", "The public sector holds at most 49 % of the votes."),
        [new(In("Público", "Public"), 44_00, "44 %"), new(In("Organizaciones", "Organisations"), 38_00, "38 %"), new(In("Empresas", "Firms"), 18_00, "18 %")],
        new(In("límite 49 %", "limit 49 %"), 49_00), Tone.Met);

    public static LineChart Line => new(In("Ejecución del presupuesto", "Budget execution"), In("Porcentaje de lo asignado que se gastó", "Per cent of the budget that was spent"),
        ["2019", "2020", "2021", "2022", "2023", "2024", "2025"],
        [new("Contumazá", [58, 51, 63, null, 69, 72, 71]), new(In("Mediana del país", "Country median"), [66, 60, 68, 70, 73, 74, 76])])
    { Write = v => Format.Number(v, 0) + "\u202F%" };

    public static Histogram Histogram => new(In("Tamaño de los proyectos", "Size of the projects"), In("Proyectos por costo, en miles de soles", "Projects by cost, in thousands of soles"),
        [.. Enumerable.Range(1, 120).Select(i => 20 + 900.0 * i * i * i / 1_728_000)], 8);

    public static StripPlot Strip => new(In("Contumazá entre las 196 provincias", "Contumazá among the 196 provinces"), In("Cada raya es una provincia", "Each line is a province"),
        [.. Enumerable.Range(0, 196).Select(i => 8 + 72 * Math.Pow(Math.Sin(i * 0.61), 2))], 31.2, "Contumazá 31.2 %");

    public Timeline Calendar => new(In("Calendario de la convocatoria", "Calendar of the call"), In("Días de inicio y fin de cada etapa", "First and last day of each stage"),
    [
        new(In("Publicación", "Publication"), Today.AddDays(-20), Today.AddDays(-20), Tone.Met),
        new(In("Preguntas y respuestas", "Questions and answers"), Today.AddDays(-19), Today.AddDays(6), Tone.Attention),
        new(In("Bases integradas", "Integrated rules"), Today.AddDays(9), Today.AddDays(9), Tone.Neutral),
        new(In("Postulación", "Application"), Today.AddDays(10), Today.AddDays(45), Tone.Neutral),
        new(In("Evaluación", "Evaluation"), Today.AddDays(46), Today.AddDays(80), Tone.Neutral),
    ], Today);

    public static LinkNetwork Network => new(In("Cómo se unen los proyectos", "How the projects hold together"), In("Una línea une dos proyectos que comparten cadena, lugar o beneficiarios.", "A line joins two projects that share chain, place or beneficiaries."),
    [
        new("R-1", "Riego Chilete", 0, 900), new("R-2", In("Planta de beneficio", "Processing plant"), 0, 1400), new("R-3", In("Camino Yonán", "Yonán road"), 0, 600),
        new("T-1", In("Ruta arqueológica Kuntur Wasi", "Kuntur Wasi archaeological route"), 1, 700), new("T-2", In("Hospedajes rurales", "Rural lodgings"), 1, 300), new("P-1", In("Losa deportiva", "Sports ground"), 2, 200),
    ],
    [
        new("R-1", "R-2", In("misma cadena: café", "same chain: coffee"), 2), new("R-2", "R-3", In("precede", "precedes")), new("R-3", "T-1", In("mismo lugar", "same place")), new("T-1", "T-2", In("mismos beneficiarios", "same beneficiaries"), 2), new("R-1", "R-3", In("mismo lugar", "same place")),
    ])
    { Groups = [In("Café de altura", "Highland coffee"), In("Turismo", "Tourism"), In("Fuera de eje", "Off-axis")] };

    public static CutoffBars Cutoff => new(In("Resultado de la liga A1", "Result of league A1"), In("Orden de mérito y lugar donde se acabó el fondo", "Ranking and the place where the fund ended"), 12_000_000_00,
    [
        new("1", In("Café de altura de Contumazá", "Highland coffee of Contumazá"), 88, "88.0", 2_100_000_00, Tone.Met, In("financiado", "funded"), "#"),
        new("2", In("Riego y quinua de Cajabamba", "Irrigation and quinoa of Cajabamba"), 84.5, "84.5", 4_800_000_00, Tone.Met, In("financiado", "funded"), "#"),
        new("3", In("Cuencas lecheras", "Dairy basins"), 79, "79.0", 4_300_000_00, Tone.Met, In("financiado", "funded"), "#"),
        new("4", In("Turismo de Kuntur Wasi", "Tourism of Kuntur Wasi"), 71.5, "71.5", 1_900_000_00, Tone.Attention, In("reserva 1", "reserve 1"), "#"),
        new("5", In("Truchas de altura", "Highland trout"), 54, "54.0", 900_000_00, Tone.Broken, In("bajo el mínimo", "below the minimum"), "#"),
    ])
    { Threshold = new(In("puntaje mínimo 60", "minimum score 60"), 60) };

    /// <summary>Real outlines and points, invented values; one map a time, so that the page stays light.</summary>
    public MapChart? Map
    {
        get
        {
            var country = services.GetService<Country>() ?? PackReader.BuiltIn;
            if (country.Outlines(Level.Department) is not { } outlines || outlines.FrameOf(outlines.Codes, 640, 960) is not { } frame) return null;
            if (Points)
            {
                var points = country.Provinces.Where(p => p.Point is not null).ToDictionary(p => p.Code, p => p.Point!.Value);
                return new(In("Provincias como puntos", "Provinces as points"), In("Valores inventados", "Invented values"), MapShapes.Of(points, frame, outlines, 8_000),
                    [.. country.Provinces.Select((t, i) => Sample(t.Code, t.Name, i))])
                { Write = v => Format.Number(v, 0) };
            }
            return new(In("Mapa de ejemplo", "Sample map"), In("Valores inventados", "Invented values"), MapShapes.Of(outlines, frame, null, 10_000),
                [.. country.Departments.Select((t, i) => Sample(t.DrawnAs ?? t.Code, t.Name, i))])
            { Here = "06", Write = v => Format.Number(v, 0) };
        }
    }

    public bool Points => Request.Query.ContainsKey("puntos");

    public override Task LoadAsync()
    {
        if (!Request.Query.ContainsKey("faltas")) return Task.CompletedTask;
        ModelState.AddModelError("Nombre", In("Escriba el nombre de la entidad.", "Write the name of the entity."));
        ModelState.AddModelError("Monto", In("No se entiende «12.34.56». Escriba soles y céntimos, por ejemplo 1 234.50.", "“12.34.56” is not understood. Write soles and céntimos, for example 1 234.50."));
        ModelState.AddModelError("Tipo", In("Elija un tipo.", "Choose a kind."));
        return Task.CompletedTask;
    }

    private static Area Sample(string code, string name, int i) =>
        new(code, name, i % 19 == 7 ? null : i * 37 % 83, Format.Number(i * 37 % 83) + "\u202F%", "#");
}
