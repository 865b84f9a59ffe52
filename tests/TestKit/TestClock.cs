namespace Minka.TestKit;

/// <summary>A clock that the test moves.</summary>
public sealed class TestClock(DateTime start) : TimeProvider
{
    long ticks = start.Ticks;

    public TestClock() : this(new DateTime(2026, 3, 2, 14, 0, 0, DateTimeKind.Utc))
    {
    }

    public DateTime Now => new(Interlocked.Read(ref ticks), DateTimeKind.Utc);

    public override DateTimeOffset GetUtcNow() => new(Now);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void MoveTo(DateTime utc) => Interlocked.Exchange(ref ticks, utc.Ticks);
}
