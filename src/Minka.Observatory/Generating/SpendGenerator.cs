using System.Globalization;
using System.Text;
using Minka.Measures.Numerics;

namespace Minka.Observatory.Generating;

/// <summary>Which schema is written.</summary>
public enum GeneratedKind
{
    /// <summary>AAAA-Gasto-Mensual.csv, 63 columns: month 0 with the budget, months 1 to 12 with the flows.</summary>
    Monthly,

    /// <summary>DETALLE_INVERSIONES.csv, 68 columns: a row is a project in one place.</summary>
    Investments,
}

/// <summary>
/// Writes files of the ministry's true schemas, of any size, with the marginals of real ones: sizes are lognormal, few projects hold most
/// money, a fifth of the year is spent in December. Entities and projects are numbered, never named after real ones. The same seed
/// gives the same bytes.
/// </summary>
/// <remarks>
/// One row in memory. Marginals: local budgets and levels of the year 2020, seasonality 2010 to 2019, investment bank of 2024 (data.md §5). Codes of
/// places are those of 25 departments with provinces and districts counted, not looked up.
/// </remarks>
public static class SpendGenerator
{
    private static readonly string[] Departments =
    [
        "AMAZONAS", "ANCASH", "APURIMAC", "AREQUIPA", "AYACUCHO", "CAJAMARCA", "CALLAO", "CUSCO", "HUANCAVELICA", "HUANUCO", "ICA", "JUNIN", "LA LIBERTAD", "LAMBAYEQUE", "LIMA",
        "LORETO", "MADRE DE DIOS", "MOQUEGUA", "PASCO", "PIURA", "PUNO", "SAN MARTIN", "TACNA", "TUMBES", "UCAYALI",
    ];

    /// <summary>Local projects with budget by department, 2020, in the order of the names above.</summary>
    private static readonly int[] Weights = [950, 4682, 1854, 2613, 2090, 2682, 211, 4552, 2310, 1811, 1145, 2548, 2451, 888, 3964, 893, 196, 497, 827, 2162, 2928, 1360, 684, 526, 567];

    private static readonly (string Code, string Name, double Share, double Mu, double Sigma, double WithoutPia, double[] Months)[] Levels =
    [
        ("E", "GOBIERNO NACIONAL", 0.06, 12.748, 2.395, 0.507, [0.0266, 0.0424, 0.0469, 0.1704, 0.05, 0.0572, 0.0625, 0.0667, 0.0677, 0.1745, 0.0767, 0.1586]),
        ("R", "GOBIERNOS REGIONALES", 0.10, 12.424, 2.189, 0.684, [0.0162, 0.0454, 0.0579, 0.0665, 0.0777, 0.0767, 0.0885, 0.0896, 0.0807, 0.0948, 0.0949, 0.2112]),
        // Median S/ 0.10 million, ninetieth percentile 1.13 million.
        ("M", "GOBIERNOS LOCALES", 0.84, 11.513, 1.89, 0.5, [0.0076, 0.0403, 0.0691, 0.0638, 0.0701, 0.0733, 0.0958, 0.0789, 0.0971, 0.0926, 0.0989, 0.2126]),
    ];

    private static readonly (string Code, string Name)[] Functions =
    [
        ("15", "TRANSPORTE"), ("18", "SANEAMIENTO"), ("22", "EDUCACION"), ("10", "AGROPECUARIA"), ("20", "SALUD"), ("19", "VIVIENDA Y DESARROLLO URBANO"), ("17", "AMBIENTE"), ("21", "CULTURA Y DEPORTE"), ("12", "ENERGIA"), ("09", "TURISMO"),
    ];

    private static readonly (string Source, string SourceName, string Rubro, string RubroName)[] Funding =
    [
        ("5", "RECURSOS DETERMINADOS", "18", "CANON Y SOBRECANON, REGALIAS, RENTA DE ADUANAS Y PARTICIPACIONES"), ("5", "RECURSOS DETERMINADOS", "07", "FONDO DE COMPENSACION MUNICIPAL"),
        ("1", "RECURSOS ORDINARIOS", "00", "RECURSOS ORDINARIOS"), ("3", "RECURSOS POR OPERACIONES OFICIALES DE CREDITO", "19", "RECURSOS POR OPERACIONES OFICIALES DE CREDITO"), ("2", "RECURSOS DIRECTAMENTE RECAUDADOS", "09", "RECURSOS DIRECTAMENTE RECAUDADOS"),
    ];

    /// <summary>Headings of the monthly spending file.</summary>
    public static IReadOnlyList<string> MonthlyColumns { get; } =
    [
        "ANO_EJE", "MES_EJE", "NIVEL_GOBIERNO", "NIVEL_GOBIERNO_NOMBRE", "SECTOR", "SECTOR_NOMBRE", "PLIEGO", "PLIEGO_NOMBRE", "SEC_EJEC", "EJECUTORA", "EJECUTORA_NOMBRE", "DEPARTAMENTO_EJECUTORA",
        "DEPARTAMENTO_EJECUTORA_NOMBRE", "PROVINCIA_EJECUTORA", "PROVINCIA_EJECUTORA_NOMBRE", "DISTRITO_EJECUTORA", "DISTRITO_EJECUTORA_NOMBRE", "SEC_FUNC", "PROGRAMA_PPTO", "PROGRAMA_PPTO_NOMBRE",
        "TIPO_ACT_PROY", "TIPO_ACT_PROY_NOMBRE", "PRODUCTO_PROYECTO", "PRODUCTO_PROYECTO_NOMBRE", "ACTIVIDAD_ACCION_OBRA", "ACTIVIDAD_ACCION_OBRA_NOMBRE", "FUNCION", "FUNCION_NOMBRE",
        "DIVISION_FUNCIONAL", "DIVISION_FUNCIONAL_NOMBRE", "GRUPO_FUNCIONAL", "GRUPO_FUNCIONAL_NOMBRE", "META", "FINALIDAD", "META_NOMBRE", "DEPARTAMENTO_META", "DEPARTAMENTO_META_NOMBRE",
        "FUENTE_FINANCIAMIENTO", "FUENTE_FINANCIAMIENTO_NOMBRE", "RUBRO", "RUBRO_NOMBRE", "TIPO_RECURSO", "TIPO_RECURSO_NOMBRE", "CATEGORIA_GASTO", "CATEGORIA_GASTO_NOMBRE", "TIPO_TRANSACCION",
        "GENERICA", "GENERICA_NOMBRE", "SUBGENERICA", "SUBGENERICA_NOMBRE", "SUBGENERICA_DET", "SUBGENERICA_DET_NOMBRE", "ESPECIFICA", "ESPECIFICA_NOMBRE", "ESPECIFICA_DET", "ESPECIFICA_DET_NOMBRE",
        "MONTO_PIA", "MONTO_PIM", "MONTO_CERTIFICADO", "MONTO_COMPROMETIDO_ANUAL", "MONTO_COMPROMETIDO", "MONTO_DEVENGADO", "MONTO_GIRADO",
    ];

    /// <summary>Headings of the investment bank's file.</summary>
    public static IReadOnlyList<string> InvestmentColumns { get; } =
    [
        "NIVEL", "SECTOR", "ENTIDAD", "CODIGO_UNICO", "CODIGO_SNIP", "NOMBRE_INVERSION", "NOMBRE_OPMI", "NOMBRE_UF", "NOMBRE_UEI", "NOMBRE_UEP", "SEC_EJEC", "ESTADO", "SITUACION", "MONTO_VIABLE",
        "COSTO_ACTUALIZADO", "CTRL_CONCURR", "MONTO_LAUDO", "MONTO_FIANZA", "ALTERNATIVA", "FECHA_REGISTRO", "FECHA_VIABILIDAD", "FUNCION", "PROGRAMA", "SUBPROGRAMA", "MARCO", "TIPO_INVERSION",
        "DES_MODALIDAD", "REGISTRADO_PMI", "PMI_ANIO_1", "PMI_ANIO_2", "PMI_ANIO_3", "PMI_ANIO_4", "EXPEDIENTE_TECNICO", "INFORME_CIERRE", "TIENE_F9", "FEC_REG_F9", "ETAPA_F9", "PRIMER_DEVENGADO",
        "ULTIMO_DEVENGADO", "DEVEN_ACUMUL_ANIO_ANT", "DEV_ANIO_ACTUAL", "PIA_ANIO_ACTUAL", "PIM_ANIO_ACTUAL", "CERTIF_ANIO_ACTUAL", "COMPROM_ANUAL_ANIO_ACTUAL", "SALDO_EJECUTAR", "TIENE_F8",
        "ETAPA_F8", "TIENE_F12B", "TIENE_AVAN_FISICO", "AVANCE_FISICO", "AVANCE_EJECUCION", "ULT_FEC_DECLA_ESTIM", "DES_TIPOLOGIA", "IND_IOARR_EMERG", "DEPARTAMENTO", "PROVINCIA", "DISTRITO", "UBIGEO",
        "LATITUD", "LONGITUD", "FEC_INI_EJECUCION", "FEC_FIN_EJECUCION", "FEC_INI_EJEC_FISICA", "FEC_FIN_EJEC_FISICA", "NUM_HABITANTES_BENEF", "MONTO_ET_F8", "ANIO_PROCESO",
    ];

    /// <summary>Writes a file.</summary>
    /// <param name="output">UTF-8 text with a heading row, comma, quoted where needed.</param>
    /// <param name="kind">Its schema.</param>
    /// <param name="rows">Data rows, zero or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="year">The year of spending.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rows are negative or the year is not of this century.</exception>
    public static void Write(TextWriter output, GeneratedKind kind, long rows, long seed, int year = 2024)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 2000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 2099);
        var run = new Run(output, new SeededDraws(seed), year);
        if (kind == GeneratedKind.Monthly)
            run.Monthly(rows);
        else
            run.Investments(rows);
    }

    private sealed class Run(TextWriter output, SeededDraws draws, int year)
    {
        private readonly StringBuilder _line = new();
        private int _project = 2_000_000;

        public void Monthly(long rows)
        {
            Head(MonthlyColumns);
            while (rows > 0)
            {
                var level = Levels[Pick(Levels.Length, i => Levels[i].Share, 1)];
                var (department, province, district) = Place();
                var function = Functions[SkewedBelow(Functions.Length)];
                var funding = Funding[SkewedBelow(Funding.Length)];
                var local = level.Code == "M";
                var entity = local ? 300_000 + (department * 100) + province + (district * 7) : 1_000 + department;
                var project = ++_project;
                var pim = Money(level.Mu, level.Sigma);
                var pia = draws.Unit() < level.WithoutPia ? 0 : Math.Round(pim / (1 + (1.2 * draws.Unit())), 0);
                // Executed share: for a quarter nothing, with a median near three quarters for the rest.
                var executed = draws.Unit() < (local ? 0.12 : 0.27) ? 0 : Math.Round(pim * Math.Min(1, 0.35 + (0.75 * Math.Sqrt(draws.Unit()))), 2);
                Line(0, pia, pim, Math.Round(pim * 0.84, 2), Math.Round(executed * 1.02, 2), 0, 0, 0);
                rows--;
                var left = executed;
                for (var month = 1; month <= 12 && rows > 0 && executed > 0; month++)
                {
                    // Not every project spends in every month; December takes what is left.
                    if (month < 12 && draws.Unit() < 0.45)
                        continue;
                    var spent = month == 12 ? Math.Round(left, 2) : Math.Round(Math.Min(left, executed * level.Months[month - 1] * (0.6 + (1.4 * draws.Unit()))), 2);
                    if (spent <= 0)
                        continue;
                    left -= spent;
                    Line(month, 0, 0, 0, 0, spent, spent, Math.Round(spent * (local ? 0.99 : 0.87), 2));
                    rows--;
                }

                void Line(int month, double a, double m, double certified, double yearly, double committed, double accrued, double paid)
                {
                    var name = Departments[department - 1];
                    Cells(year, month, level.Code, level.Name, local ? "" : "99", local ? "" : "SECTOR DE EJEMPLO", local ? "" : Two(department), local ? "" : $"PLIEGO DE EJEMPLO {department}",
                        entity, entity % 1000, $"ENTIDAD DE EJEMPLO {entity}", Two(department), name, Two(province), $"PROVINCIA {Two(province)}", Two(district), $"DISTRITO {Two(district)}",
                        project % 10_000, "9002", "ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTOS", 2, "PROYECTO", project, $"PROYECTO DE EJEMPLO {project}, {function.Name}", 4000000 + (project % 500), "OBRA",
                        function.Code, function.Name, "0" + function.Code, function.Name, "00" + function.Code, function.Name, project % 9_999, 100_000 + (project % 900_000), "META DE EJEMPLO", Two(department), name,
                        funding.Source, funding.SourceName, funding.Rubro, funding.RubroName, "H", "TIPO DE RECURSO H", 6, "GASTO DE CAPITAL", 2, 6, "ADQUISICION DE ACTIVOS NO FINANCIEROS", 2, "CONSTRUCCION DE EDIFICIOS Y ESTRUCTURAS",
                        3, "OTRAS ESTRUCTURAS", 2, "INFRAESTRUCTURA", 2, "COSTO DE CONSTRUCCION POR CONTRATA", Amount(a), Amount(m), Amount(certified), Amount(yearly), Amount(committed), Amount(accrued), Amount(paid));
                }
            }
        }

        public void Investments(long rows)
        {
            Head(InvestmentColumns);
            while (rows > 0)
            {
                var level = Levels[Pick(Levels.Length, i => Levels[i].Share, 1)];
                var (department, province, district) = Place();
                var function = Functions[SkewedBelow(Functions.Length)];
                var project = ++_project;
                var viable = Money(13.414, 1.672);
                // 38 % cost more than approved, in the tail up to almost four times.
                var updated = draws.Unit() < 0.38 ? Math.Round(viable * (1 + Math.Min(2.8, -0.31 * Math.Log(1 - draws.Unit()))), 2) : viable;
                var registered = new DateOnly(2001 + draws.Below(24), 1 + draws.Below(12), 1 + draws.Below(28));
                var viability = draws.Unit() < 0.0015 ? "" : registered.AddDays(draws.Unit() < 0.0095 ? -draws.Below(30) - 1 : draws.Below(400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00";
                var withoutCode = draws.Unit() < 0.009;
                var people = draws.Unit() < 0.23 ? "" : (50 + draws.Below(20_000)).ToString(CultureInfo.InvariantCulture);
                // 2.6 % of the projects lie in more than one district.
                var places = draws.Unit() < 0.026 ? 2 + draws.Below(5) : 1;
                // Six in ten have begun, a third of those are finished; one in four of the others has told nothing for long.
                var begun = draws.Unit() < 0.6;
                var progress = !begun ? 0 : draws.Unit() < 0.35 ? 100 : draws.Below(100);
                var start = registered.AddDays(200 + draws.Below(400));
                var planned = start.AddDays(180 + draws.Below(720));
                var cut = new DateOnly(year, 12, 31);
                var (actualStart, actualEnd) = (begun ? Day(start.AddDays(draws.Below(120))) : "", progress == 100 ? Day(planned.AddDays(draws.Below(500) - 60)) : "");
                var told = !begun ? "" : Day(cut.AddDays(progress == 100 || draws.Unit() < 0.75 ? -draws.Below(150) : -200 - draws.Below(1_000)));
                for (var p = 0; p < places && rows > 0; p++, rows--)
                {
                    var d = 1 + ((district + p - 1) % 15);
                    var spent = Math.Round(updated * draws.Unit(), 2);
                    Cells(level.Name, "SECTOR DE EJEMPLO", $"ENTIDAD DE EJEMPLO {department}-{province}", withoutCode ? "" : project, project % 7 == 0 ? "" : project - 1_700_000, $"PROYECTO DE EJEMPLO {project}, {function.Name}", "OPMI", "UF", "UEI", "",
                        300_000 + (department * 100) + province, "ACTIVO", "VIABLE", Amount(viable), Amount(updated), 0, 0, 0, "ALTERNATIVA UNICA", registered.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00", viability,
                        function.Name, "PROGRAMA", "SUBPROGRAMA", "INVIERTE", "PROYECTO DE INVERSION", "ADMINISTRACION DIRECTA", "SI", 0, 0, 0, 0, "NO", "NO", "NO", "", "", registered.ToString("yyyyMM", CultureInfo.InvariantCulture), year + "12", Amount(spent), 0, 0, 0, 0, 0,
                        Amount(updated - spent), "SI", "A", begun ? "SI" : "NO", begun ? "SI" : "NO", progress, updated == 0 ? 0 : Amount(100 * spent / updated), told, function.Name, "NO", Departments[department - 1], $"PROVINCIA {Two(province)}", $"DISTRITO {Two(d)}",
                        Two(department) + Two(province) + Two(d), Amount(-3 - (12 * draws.Unit())), Amount(-70 - (10 * draws.Unit())), Day(start), Day(planned), actualStart, actualEnd, people, Amount(updated), year);
                }
            }
        }

        private void Head(IReadOnlyList<string> columns) => output.Write(string.Join(',', columns) + "\n");

        private (int Department, int Province, int District) Place()
        {
            var department = 1 + Pick(Weights.Length, i => Weights[i], Weights.Sum());
            return (department, 1 + draws.Below(8), 1 + SkewedBelow(15));
        }

        private int Pick(int n, Func<int, double> weight, double sum)
        {
            var left = draws.Unit() * sum;
            for (var i = 0; i < n - 1; i++)
            {
                left -= weight(i);
                if (left < 0)
                    return i;
            }

            return n - 1;
        }

        /// <summary>Low numbers more often.</summary>
        private int SkewedBelow(int below) => (int)(below * Math.Pow(draws.Unit(), 1.8));

        /// <summary>Lognormal, in soles, rounded to céntimos (Box and Muller).</summary>
        private double Money(double mu, double sigma)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - draws.Unit())) * Math.Cos(2 * Math.PI * draws.Unit());
            return Math.Round(Math.Min(1.2e9, Math.Exp(mu + (sigma * normal))), 2);
        }

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00";

        private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

        private static string Amount(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

        private void Cells(params ReadOnlySpan<object> cells)
        {
            _line.Clear();
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0)
                    _line.Append(',');
                if (cells[i] is string text)
                {
                    if (text.Contains(','))
                        _line.Append('"').Append(text).Append('"');
                    else
                        _line.Append(text);
                }
                else
                {
                    _line.Append(CultureInfo.InvariantCulture, $"{cells[i]}");
                }
            }

            output.Write(_line.Append('\n'));
        }
    }
}
