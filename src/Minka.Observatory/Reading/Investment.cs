using System.Globalization;
using System.Text;

namespace Minka.Observatory.Reading;

/// <summary>How far a registered investment is, as far as its file tells.</summary>
public enum InvestmentState
{
    /// <summary>Registered and neither closed, put out of force, nor begun as far as the file tells: an idea, in formulation, or viable.</summary>
    Open,

    /// <summary>Closed.</summary>
    Closed,

    /// <summary>Put out of force (desactivada).</summary>
    Deactivated,

    /// <summary>Its works have begun: a date of physical start or end, or progress above zero.</summary>
    Begun,
}

/// <summary>An investment of the bank of investments, as the store knows it: one a code, whatever the rows.</summary>
public sealed record Investment
{
    /// <summary>Its unique code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name; <see langword="null"/> if no row tells it.</summary>
    public required string? Name { get; init; }

    /// <summary>Updated cost in soles, else the cost of viability; <see langword="null"/> if neither is told.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>The cost that panels count: the updated one alone.</summary>
    public required decimal? PanelCost { get; init; }

    /// <summary>Its function.</summary>
    public string? Function { get; init; }

    /// <summary>Who owns it.</summary>
    public string? Entity { get; init; }

    /// <summary>Estado, as written.</summary>
    public string? Status { get; init; }

    /// <summary>Situación, as written.</summary>
    public string? Situation { get; init; }

    /// <summary>How far it is.</summary>
    public required InvestmentState State { get; init; }

    /// <summary>Day of its registration.</summary>
    public DateOnly? Registered { get; init; }

    /// <summary>Day of its viability.</summary>
    public DateOnly? Viable { get; init; }

    /// <summary>Its districts, six digits, in order; codes above district level left out.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>The district that panels count it in; <see langword="null"/> for one of several districts or none.</summary>
    public string? PanelPlace { get; init; }

    /// <summary>Latitude and longitude; <see langword="null"/> if the file tells none, or several.</summary>
    public (double Latitude, double Longitude)? Point { get; init; }

    /// <summary>Number of the import that it comes from.</summary>
    public required int Import { get; init; }

    /// <summary>Whether it was declared viable or approved: by its situation, or by a date of viability.</summary>
    public bool IsViable => Viable is not null || Plain(Situation) is var said && (said.Contains("VIABLE", StringComparison.Ordinal) && !said.Contains("NO VIABLE", StringComparison.Ordinal) || said.Contains("APROBAD", StringComparison.Ordinal));

    /// <summary>How far an investment is.</summary>
    /// <param name="kind">Name of the kind of file.</param>
    /// <param name="status">Estado.</param>
    /// <param name="situation">Situación.</param>
    /// <param name="begun">Whether the file tells a physical start, end or progress.</param>
    public static InvestmentState StateOf(string? kind, string? status, string? situation, bool begun)
    {
        var said = Plain($"{status} {situation}");
        if (kind == "cierre-inversiones" || said.Contains("CERRAD", StringComparison.Ordinal) || said.Contains("LIQUIDAD", StringComparison.Ordinal) || said.Contains("CULMINAD", StringComparison.Ordinal))
            return InvestmentState.Closed;
        if (kind == "inversiones-desactivadas" || said.Contains("DESACTIV", StringComparison.Ordinal) || said.Contains("INACTIV", StringComparison.Ordinal) || said.Contains("NO VIABLE", StringComparison.Ordinal) || said.Contains("RECHAZAD", StringComparison.Ordinal))
            return InvestmentState.Deactivated;
        return begun || said.Contains("EN EJECUCION", StringComparison.Ordinal) ? InvestmentState.Begun : InvestmentState.Open;
    }

    private static string Plain(string? text) =>
        string.Concat((text ?? "").ToUpperInvariant().Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
