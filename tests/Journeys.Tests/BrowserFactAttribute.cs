using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>A fact that needs Chromium; skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Missing is { } reason) Skip = reason;
    }
}

/// <summary>A theory that needs Chromium; skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Chromium.Missing is { } reason) Skip = reason;
    }
}

/// <summary>Only where pictures are asked for by <c>MINKA_WRITE_SCREENS=1</c>: they are committed, so that an ordinary run must not touch them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PictureFactAttribute : FactAttribute
{
    public PictureFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("MINKA_WRITE_SCREENS") != "1") Skip = "writes docs/screens; ask for it by MINKA_WRITE_SCREENS=1";
        else if (Chromium.Missing is { } reason) Skip = reason;
    }
}
