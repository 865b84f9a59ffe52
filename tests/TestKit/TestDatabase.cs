using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.TestKit;

/// <summary>A real database (SQLite file or PostgreSQL database) with the core's services, a clock to move and seeded entropy.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly ServiceProvider services;

    TestDatabase(DbSettings settings, TestClock clock, ServiceProvider services) =>
        (Settings, Clock, this.services) = (settings, clock, services);

    public DbSettings Settings { get; }

    public TestClock Clock { get; }

    public IServiceProvider Services => services;

    public Writer Writer => services.GetRequiredService<Writer>();

    public static async Task<TestDatabase> CreateAsync(string provider = "sqlite", long seed = 1, Action<IServiceCollection>? also = null)
    {
        var folder = Directory.CreateTempSubdirectory("minka-test-").FullName;
        var settings = await TemplateDatabase.CopyAsync(provider, folder);
        var clock = new TestClock();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IEntropy>(new SeededEntropy(seed));
        services.AddMinkaCore(settings);
        also?.Invoke(services);
        return new TestDatabase(settings, clock, services.BuildServiceProvider(validateScopes: true));
    }

    /// <summary>A use case or query in a scope of its own.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull => WithAsync<TService, bool>(async s => { await use(s); return true; });

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => WithAsync(read);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Settings.DataFolder, recursive: true);
    }
}
