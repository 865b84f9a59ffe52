using Minka.Observatory.Duck;
using Xunit;

namespace Minka.TestKit;

/// <summary>A fact about stored spending; skipped, with the reason, where DuckDB's native library is absent.</summary>
public sealed class SpendingFactAttribute : FactAttribute
{
    /// <param name="needs">Something of the <see cref="Shared"/> folder that it needs too.</param>
    public SpendingFactAttribute(string? needs = null)
    {
        if (!DuckLibrary.IsHere)
            Skip = "DuckDB's native library is absent (in native/: npm ci --ignore-scripts)";
        else if (needs is not null && !Shared.Has(needs))
            Skip = $"needs ../shared/{needs}, which is absent";
    }
}
