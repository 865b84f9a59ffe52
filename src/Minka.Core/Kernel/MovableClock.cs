namespace Minka.Core.Kernel;

/// <summary>The machine's clock, set ahead by a span: only a demonstration ever moves it, and only forward.</summary>
public sealed class MovableClock(TimeProvider machine) : TimeProvider
{
    long ahead;

    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref ahead));
        set => Interlocked.Exchange(ref ahead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Ahead;

    public override long GetTimestamp() => machine.GetTimestamp();
}
