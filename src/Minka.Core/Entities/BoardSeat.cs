using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>An office of an entity's board and the member that holds it, from a day to a day.</summary>
public sealed class BoardSeat : IVersioned
{
    public required BoardSeatId Id { get; init; }

    public required EntityId EntityId { get; init; }

    /// <summary>As the statutes call it: presidency, secretariat …</summary>
    public required string Office { get; init; }

    /// <summary>Its place in the list of offices, from 1.</summary>
    public required int Order { get; init; }

    public required MemberId MemberId { get; init; }

    public required string Organisation { get; init; }

    /// <summary>Who holds it for the member; personal, on the papers of the entity only.</summary>
    public required string Person { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly To { get; init; }

    public DateTime? EndedAt { get; private set; }

    public int Version { get; private set; }

    internal void End(DateTime now) => EndedAt = now;
}
