using Minka.Observatory.Duck;

namespace Minka.Observatory.Tests;

/// <summary>A fact about a store; skipped, with the reason, where DuckDB's native library is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DuckFactAttribute : FactAttribute
{
    public DuckFactAttribute()
    {
        if (!DuckLibrary.IsHere)
            Skip = "DuckDB's native library is absent (in native/: npm ci --ignore-scripts)";
    }
}
