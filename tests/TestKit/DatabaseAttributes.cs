using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace Minka.TestKit;

/// <summary>A fact that needs PostgreSQL; skipped with the reason where it cannot be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (Postgres.Missing is { } reason) Skip = reason;
    }
}

/// <summary>
/// Data of a theory over both databases: its one parameter is "sqlite" or "postgres". Where PostgreSQL is not installed the
/// second case is left out; a test of its own (<c>PostgresFact</c>) is then skipped with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        yield return ["sqlite"];
        if (Postgres.Missing is null) yield return ["postgres"];
    }
}
