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

/// <summary>
/// Walks whose findings are known and not settled yet: they run only when asked for by <c>MINKA_OPEN_FINDINGS=1</c>, and are
/// counted as skipped otherwise, so that nobody takes them for green.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenFindingsFactAttribute : FactAttribute
{
    public OpenFindingsFactAttribute() => Skip = OpenFindings.Reason;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenFindingsTheoryAttribute : TheoryAttribute
{
    public OpenFindingsTheoryAttribute() => Skip = OpenFindings.Reason;
}

static class OpenFindings
{
    public static string? Reason => Environment.GetEnvironmentVariable("MINKA_OPEN_FINDINGS") == "1" ? Chromium.Missing : "has open findings; run them by MINKA_OPEN_FINDINGS=1";
}
