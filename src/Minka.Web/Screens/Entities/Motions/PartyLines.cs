using Minka.Core.Entities;

namespace Minka.Web.Screens.Entities.Motions;

/// <summary>Organisations as they are typed: one a line, each with its number after a semicolon where it is known.</summary>
public static class PartyLines
{
    public static IEnumerable<Party> Read(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';', 2, StringSplitOptions.TrimEntries)).Select(p => new Party(p[0], p.Length > 1 ? p[1] : null));
}
