using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>What an entity's own statutes add to its template: its purpose, its seat, how many members it takes and what it owes.</summary>
public sealed class EntityStatute : IVersioned
{
    public required EntityId EntityId { get; init; }

    public string Purpose { get; private set; } = "";

    /// <summary>Where it has its seat.</summary>
    public string Domicile { get; private set; } = "";

    public int? MostMembers { get; private set; }

    /// <summary>Ordinary sessions a year; null: those of the kind of entity.</summary>
    public int? SessionsPerYear { get; private set; }

    /// <summary>Years of the board; null: those of the kind of entity.</summary>
    public int? BoardYears { get; private set; }

    /// <summary>Least share of women among the seats and in the votes cast; null: none.</summary>
    public BasisPoints? LeastWomen { get; private set; }

    /// <summary>IANA name of the clock that binds the entity; null: that of its country.</summary>
    public string? Zone { get; private set; }

    public int Version { get; private set; }

    internal void Set(StatuteInput input)
    {
        (Purpose, Domicile, MostMembers, SessionsPerYear, BoardYears) = (input.Purpose.Trim(), input.Domicile.Trim(), input.MostMembers, input.SessionsPerYear, input.BoardYears);
        (LeastWomen, Zone) = (input.LeastWomen, MemberChecks.Blank(input.Zone));
    }
}

/// <param name="Zone">An IANA name, "Atlantic/Canary"; null: the clock of the country.</param>
public sealed record StatuteInput(string Purpose, string Domicile, int? MostMembers, int? SessionsPerYear, int? BoardYears, BasisPoints? LeastWomen = null, string? Zone = null);
