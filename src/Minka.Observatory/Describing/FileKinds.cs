using System.Globalization;
using System.Text;

namespace Minka.Observatory.Describing;

/// <summary>How the money of a file is added.</summary>
public enum AmountRule
{
    /// <summary>A row is a project in one place: each project counts once.</summary>
    OncePerProject,

    /// <summary>A row is a movement: all rows of projects add up.</summary>
    EveryRow,
}

/// <summary>A kind of file, known by its headings.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Marks">Headings that only this kind has together (any alias of each).</param>
/// <param name="Code">Headings of the project's code.</param>
/// <param name="Amount">Headings of the amount.</param>
/// <param name="Rule">How amounts are added.</param>
/// <param name="Expected">How many columns the published file has; <see langword="null"/> where that varies.</param>
public sealed record FileKind(string Name, IReadOnlyList<string[]> Marks, string[] Code, string[] Amount, AmountRule Rule, int? Expected = null)
{
    /// <summary>All kinds, the most particular first.</summary>
    public static IReadOnlyList<FileKind> All { get; } =
    [
        new("gasto-devengado-mensual", [["anoeje"], ["montodevengadoenero"], ["montodevengadoanual"]], ["productoproyecto"], ["montopim"], AmountRule.EveryRow, 73),
        new("gasto-mensual", [["anoeje"], ["meseje"], ["montopim"], ["montodevengado"]], ["productoproyecto"], ["montopim"], AmountRule.EveryRow, 63),
        new("cierre-inversiones", [["codigounico"], ["feccierre", "descierre"], ["montoviable"]], ["codigounico"], ["montoviable"], AmountRule.OncePerProject, 57),
        new("detalle-inversiones", [["codigounico"], ["montoviable"], ["tienef12b", "avanceejecucion", "saldoejecutar", "pimanioactual"]], ["codigounico"], ["montoviable"], AmountRule.OncePerProject, 68),
        new("inversiones-desactivadas", [["codigounico"], ["montoviable"], ["situacion", "estado"]], ["codigounico"], ["montoviable"], AmountRule.OncePerProject, 42),
        new("invierte", [["codigounicodeinversion", "codigounico", "cui"], ["montoviable", "costoactualizado"]], ["codigounicodeinversion", "codigounico", "cui"], ["montoviable"], AmountRule.OncePerProject),
        new("convenios-brasil", [["nrconvenio"], ["vlglobalconv"], ["vlrepasseconv"]], ["nrconvenio"], ["vlglobalconv"], AmountRule.OncePerProject),
        new("360giving", [["amountawarded"], ["identifier"]], ["identifier"], ["amountawarded"], AmountRule.OncePerProject),
        new("ocds", [["ocid"], ["amount"]], ["ocid"], ["amount"], AmountRule.OncePerProject),
        new("gasto-municipal", [["anio", "ano"], ["ubigeo"], ["pim"], ["devengado"]], [], ["pim"], AmountRule.EveryRow),
        new("consulta-amigable", [["pia"], ["pim"], ["devengado"]], [], ["pim"], AmountRule.EveryRow),
    ];

    /// <summary>Whether a column names or identifies persons: it is never read further than its heading.</summary>
    /// <param name="plain">Plain heading.</param>
    public static bool NamesPersons(string plain)
    {
        ArgumentNullException.ThrowIfNull(plain);
        return plain.StartsWith("responsable", StringComparison.Ordinal) || plain.StartsWith("recipientindividual", StringComparison.Ordinal)
            || plain is "nomeparlamentar" or "autor" or "beneficiarioemenda" or "nremenda";
    }

    /// <summary>A heading without accents, case, spaces and punctuation.</summary>
    /// <param name="heading">As it stands.</param>
    public static string Plain(string heading)
    {
        ArgumentNullException.ThrowIfNull(heading);
        var plain = new StringBuilder();
        foreach (var c in heading.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                plain.Append(char.ToLowerInvariant(c));
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && char.IsLetterOrDigit(c))
                plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    /// <summary>The kind of a row of headings; <see langword="null"/> if none fits.</summary>
    /// <param name="headings">Plain headings.</param>
    public static FileKind? Of(IReadOnlyList<string> headings) => All.FirstOrDefault(k => k.Marks.All(m => m.Any(headings.Contains)));
}
