using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Fund;

/// <summary>Territories that compete among themselves for one envelope.</summary>
public sealed class League
{
    public required LeagueId Id { get; init; }

    public required CallId CallId { get; init; }

    /// <summary>Codes of the cells of the pack that it joins: <c>A1+A2</c>.</summary>
    public required string Code { get; init; }

    public required LocalText Name { get; init; }

    /// <summary>From 1, neediest first.</summary>
    public required int Order { get; init; }

    public required Money Envelope { get; init; }

    public required IReadOnlyList<string> ProvinceCodes { get; init; }

    /// <summary>Accredited entities that fell into it when it was drawn.</summary>
    public required int Applicants { get; init; }
}
