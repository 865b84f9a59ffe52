using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;

namespace Minka.TestKit;

/// <summary>
/// What a test takes for granted, made through the real use cases. Each context adds its part in a file of its own
/// (<c>GivenEntities.cs</c> …).
/// </summary>
public sealed partial class Given(IServiceProvider services, TestClock clock)
{
    int count;

    public TestClock Clock { get; } = clock;

    /// <summary>A number that rises: for names that must differ.</summary>
    int Next() => ++count;

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull => WithAsync<TService, bool>(async s => { await use(s); return true; });

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => WithAsync(read);
}

public static class GivenExtensions
{
    extension(TestDatabase database)
    {
        public Given Given() => new(database.Services, database.Clock);
    }

    extension(TestSite site)
    {
        public Given Given() => new(site.Services, site.Clock);
    }
}
