using Minka.Observatory.Describing;

namespace Minka.Observatory.Importing;

/// <summary>A column that a mapped file can have.</summary>
/// <param name="Heading">As the published file names it.</param>
/// <param name="Need">Whether it must be told: fields of one letter are alternatives, of which one suffices.</param>
/// <param name="Known">Plain headings under which it is often found, in Spanish, Portuguese and English; the best first.</param>
/// <param name="IsAmount">Whether unit and decimal sign are its matter.</param>
public sealed record MappableColumn(string Heading, char? Need, IReadOnlyList<string> Known, bool IsAmount = false)
{
    /// <summary>The heading as mappings know it.</summary>
    public string Plain { get; } = FileKind.Plain(Heading);
}

/// <summary>What a file that nobody published can be read as.</summary>
/// <param name="Name">A code for the language files.</param>
/// <param name="Kind">The published kind that it is read as.</param>
/// <param name="Columns">Its columns, the most wanted first.</param>
public sealed record MappableKind(string Name, FileKind Kind, IReadOnlyList<MappableColumn> Columns)
{
    /// <summary>All: a row is a project, a movement of money, a municipality's budget, an agreement.</summary>
    public static IReadOnlyList<MappableKind> All { get; } =
    [
        new("investments", Of("invierte"),
        [
            new("CODIGO_UNICO", 'a', ["codigounicodeinversion", "codigounico", "cui", "codigo", "codigodeproyecto", "codigoproyecto", "code", "id"]),
            new("NOMBRE_INVERSION", null, ["nombreinversion", "nombredelainversion", "nombre", "nombredelproyecto", "proyecto", "denominacion", "titulo", "title", "name"]),
            new("MONTO_VIABLE", 'b', ["montoviable", "viable", "montodeviabilidad", "inversionviable", "monto", "costo", "costototal", "inversion", "valor", "amount"], true),
            new("COSTO_ACTUALIZADO", 'b', ["costoactualizado", "montoactualizado", "costototalactualizado"], true),
            new("DEVEN_ACUMUL_ANIO_ANT", null, ["devenacumulanioant", "devenacumulado", "devengadoacumulado"], true),
            new("DEV_ANIO_ACTUAL", null, ["devanioactual", "devengado", "devengadodelano", "ejecutado"], true),
            new("PIM_ANIO_ACTUAL", null, ["pimanioactual", "pim", "presupuesto"], true),
            new("UBIGEO", null, ["ubigeo", "codigodeubigeo", "codubigeo"]),
            new("DEPARTAMENTO", null, ["departamento", "region", "dpto", "depto"]),
            new("PROVINCIA", null, ["provincia", "province", "prov"]),
            new("DISTRITO", null, ["distrito", "district", "dist"]),
            new("FUNCION", null, ["funcion", "function"]),
            new("PROGRAMA", null, ["programa", "programme", "program"]),
            new("NIVEL", null, ["nivel", "niveldegobierno", "nivelgobierno"]),
            new("SECTOR", null, ["sector"]),
            new("ENTIDAD", null, ["entidad", "unidadejecutora", "ejecutora", "municipalidad", "entity"]),
            new("ESTADO", null, ["estado", "estadodelainversion", "status"]),
            new("SITUACION", null, ["situacion"]),
            new("BENEFICIARIOS", null, ["beneficiarios", "numhabitantesbenef", "poblacionbeneficiaria", "beneficiaries"]),
            new("AVANCE_FISICO", null, ["avancefisico", "avance"]),
            new("FECHA_REGISTRO", null, ["fecharegistro", "fechaderegistro"]),
            new("FECHA_VIABILIDAD", null, ["fechaviabilidad", "fechadeviabilidad"]),
            new("FEC_INI_EJECUCION", null, ["feciniejecucion", "fechadeinicio", "inicio"]),
            new("FEC_FIN_EJECUCION", null, ["fecfinejecucion", "fechadefin", "fin"]),
            new("LATITUD", null, ["latitud", "latitude", "lat"]),
            new("LONGITUD", null, ["longitud", "longitude", "lon", "lng"]),
        ]),
        new("spending", Of("gasto-mensual"),
        [
            new("PRODUCTO_PROYECTO", 'a', ["productoproyecto", "codigounico", "cui", "codigo", "codigoproyecto", "codigodeproyecto", "proyecto", "code", "id"]),
            new("PRODUCTO_PROYECTO_NOMBRE", null, ["productoproyectonombre", "nombredelproyecto", "nombre", "denominacion", "descripcion", "title", "name"]),
            new("MONTO_PIM", 'b', ["montopim", "pim", "presupuestomodificado", "presupuestoinstitucionalmodificado", "presupuesto", "budget"], true),
            new("MONTO_DEVENGADO", 'b', ["montodevengado", "devengado", "ejecutado", "ejecucion", "gastado", "gasto", "spent"], true),
            new("MONTO_PIA", null, ["montopia", "pia", "presupuestoinicial"], true),
            new("MONTO_CERTIFICADO", null, ["montocertificado", "certificado", "certificacion"], true),
            new("MONTO_GIRADO", null, ["montogirado", "girado", "pagado"], true),
            new("ANO_EJE", 'y', ["anoeje", "anio", "ano", "anofiscal", "ejercicio", "periodo", "year"]),
            new("MES_EJE", null, ["meseje", "mes", "month"]),
            new("SEC_EJEC", null, ["secejec", "codigoejecutora", "ejecutora"]),
            new("EJECUTORA_NOMBRE", null, ["ejecutoranombre", "unidadejecutora", "entidad", "municipalidad"]),
            new("NIVEL_GOBIERNO", null, ["nivelgobierno", "tipogobierno", "nivel"]),
            new("UBIGEO", null, ["ubigeo", "codigodeubigeo", "codubigeo"]),
            new("DEPARTAMENTO_EJECUTORA", null, ["departamentoejecutora", "departamento", "dpto", "depto"]),
            new("PROVINCIA_EJECUTORA", null, ["provinciaejecutora", "provincia", "prov"]),
            new("DISTRITO_EJECUTORA", null, ["distritoejecutora", "distrito", "dist"]),
            new("FUNCION", null, ["funcion", "function"]),
            new("FUNCION_NOMBRE", null, ["funcionnombre", "nombredelafuncion"]),
            new("RUBRO", null, ["rubro"]),
        ]),
        new("budgets", Of("gasto-municipal"),
        [
            new("UBIGEO", 'a', ["ubigeo", "codigodeubigeo", "codubigeo"]),
            new("MUNICIPALIDAD", null, ["municipalidad", "entidad", "nombre", "distrito", "name"]),
            new("PIM", 'b', ["pim", "montopim", "presupuestomodificado", "presupuestoinstitucionalmodificado", "presupuesto", "budget"], true),
            new("DEVENGADO", 'b', ["devengado", "montodevengado", "ejecutado", "ejecucion", "gastado", "gasto", "spent"], true),
            new("PIA", null, ["pia", "montopia", "presupuestoinicial"], true),
            new("CERTIFICACION", null, ["certificacion", "certificado"], true),
            new("COMPROMISO_ANUAL", null, ["compromisoanual", "compromiso"], true),
            new("GIRADO", null, ["girado", "pagado"], true),
            new("ANO", 'y', ["ano", "anio", "anoeje", "anofiscal", "ejercicio", "periodo", "year"]),
            new("SEC_EJEC", null, ["secejec", "codigoejecutora"]),
        ]),
        new("agreements", Of("360giving"),
        [
            new("IDENTIFIER", 'a', ["identifier", "nrconvenio", "convenio", "numero", "codigo", "id", "code"]),
            new("TITLE", null, ["title", "objeto", "titulo", "nombre", "descripcion", "description"]),
            new("AMOUNT_AWARDED", 'b', ["amountawarded", "vlglobalconv", "montototal", "monto", "total", "valor", "amount"], true),
            new("TRANSFERENCIA", null, ["transferencia", "vlrepasseconv", "aporte", "aportedelfondo", "cofinanciamiento"], true),
            new("CONTRAPARTIDA", null, ["contrapartida", "vlcontrapartidaconv", "aportepropio"], true),
            new("RECIPIENT_ORG_NAME", null, ["recipientorgname", "recipientorganization", "proponentes", "beneficiario", "organizacion", "entidad", "recipient"]),
            new("DEPARTAMENTO", null, ["departamento", "uf", "region", "lugar", "place"]),
            new("STATUS", null, ["status", "estado", "situacao", "situacion"]),
            new("CURRENCY", null, ["currency", "moneda"]),
            new("DATE", null, ["date", "awarddate", "diainicvigencconv", "fechadeinicio", "fecha", "inicio"]),
            new("FIN", null, ["fin", "diafimvigencconv", "fechadefin"]),
            new("ANO", null, ["ano", "anio", "year"]),
        ]),
    ];

    /// <summary>For each column of the kind the column of a file that it probably is; columns that are none are left out.</summary>
    /// <param name="headings">Plain headings of the file.</param>
    /// <returns>Plain heading of the kind → plain heading of the file; none of the file twice.</returns>
    /// <remarks>A heading that is known as a whole wins over one that only begins with a known one of four letters or more.</remarks>
    public IReadOnlyDictionary<string, string> Suggest(IReadOnlyList<string> headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal) { "" };
        Match((heading, known) => heading == known);
        Match((heading, known) => known.Length >= 4 && heading.StartsWith(known, StringComparison.Ordinal));
        return found;

        void Match(Func<string, string, bool> fits)
        {
            foreach (var column in Columns.Where(c => !found.ContainsKey(c.Plain)))
            {
                if (column.Known.SelectMany(k => headings.Where(h => !taken.Contains(h) && !FileKind.NamesPersons(h) && fits(h, k))).FirstOrDefault() is not { } heading)
                    continue;
                found[column.Plain] = heading;
                taken.Add(heading);
            }
        }
    }

    private static FileKind Of(string name) => FileKind.All.First(k => k.Name == name);
}
