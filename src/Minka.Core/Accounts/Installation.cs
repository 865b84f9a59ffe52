using Minka.Core.Database;

namespace Minka.Core.Accounts;

public enum InstallationMode
{
    /// <summary>Started empty, for real use.</summary>
    Real,

    /// <summary>Everything in it is invented: DEMO on each page, sign-in without password, a clock that can be moved.</summary>
    Demo,
}

/// <summary>The one row that says how this installation began. Absent: nobody has chosen yet.</summary>
public sealed class Installation : IVersioned
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required InstallationMode Mode { get; init; }

    /// <summary>Who runs it: printed at the head of documents. Empty in a demonstration.</summary>
    public string Institution { get; init; } = "";

    public required DateTime StartedAt { get; init; }

    /// <summary>How far the demonstration's clock runs ahead of the machine's, in seconds. Always 0 in a real installation.</summary>
    public long ClockAheadSeconds { get; private set; }

    public int Version { get; private set; }

    public void MoveClock(TimeSpan ahead) => ClockAheadSeconds = (long)ahead.TotalSeconds;
}
