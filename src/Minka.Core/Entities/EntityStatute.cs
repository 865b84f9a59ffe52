using Minka.Core.Database;

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

    public int Version { get; private set; }

    internal void Set(StatuteInput input) =>
        (Purpose, Domicile, MostMembers, SessionsPerYear, BoardYears) = (input.Purpose.Trim(), input.Domicile.Trim(), input.MostMembers, input.SessionsPerYear, input.BoardYears);
}

public sealed record StatuteInput(string Purpose, string Domicile, int? MostMembers, int? SessionsPerYear, int? BoardYears);
