using System.Globalization;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Selection.Participatory;

namespace Minka.Web.Screens.Entities.Prioritisation;

public static class PriorityWords
{
    /// <summary>The rules that may be chosen, under the names that the page of participatory budgets gives them.</summary>
    public static IReadOnlyList<(string Key, PriorityRule Rule)> Rules { get; } =
    [
        ("partes-iguales-add1", new(PbRule.EqualShares, Completion.Add1)),
        ("phragmen", new(PbRule.Phragmen, Completion.None)),
        ("votos", new(PbRule.GreedyScore, Completion.None)),
        ("votos-por-costo", new(PbRule.GreedyDensity, Completion.None)),
    ];

    public static string KeyOf(PriorityRule rule) => Rules.First(r => r.Rule == rule).Key;

    /// <summary>"150 000", "150000.50", "S/ 150,000.50"; null when it is no amount.</summary>
    public static Money? Amount(string? text)
    {
        var clean = string.Concat((text ?? "").Replace("S/", "", StringComparison.OrdinalIgnoreCase).Where(c => !char.IsWhiteSpace(c) && c is not ('\u202F' or ',')));
        return decimal.TryParse(clean, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var soles) && soles is > 0 and < 1_000_000_000_000m && decimal.Round(soles, 2) == soles ? new Money((long)(soles * 100)) : null;
    }
}
