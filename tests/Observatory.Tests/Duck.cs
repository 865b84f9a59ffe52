using Minka.Observatory.Duck;

namespace Minka.Observatory.Tests;

/// <summary>A test that needs DuckDB's native library; skipped with its reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class DuckFactAttribute : FactAttribute
{
    public DuckFactAttribute()
    {
        if (!DuckLibrary.IsHere)
            Skip = "DuckDB is absent (cd native && npm ci --ignore-scripts): the store is not tried.";
    }
}

/// <summary>The same for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DuckTheoryAttribute : TheoryAttribute
{
    public DuckTheoryAttribute() => Skip = new DuckFactAttribute().Skip!;
}

/// <summary>A test that needs DuckDB and the samples.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DuckSampleFactAttribute : DuckFactAttribute
{
    public DuckSampleFactAttribute() => Skip ??= new SampleFactAttribute().Skip!;
}
