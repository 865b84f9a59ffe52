using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Territories.Packs;

namespace Minka.Core.Story;

/// <summary>Lives the story without a web server: seeded entropy and a clock that only the story moves, so that one seed gives one digest.</summary>
public static class StoryHost
{
    /// <summary>Tuesday 5 January 2027, 9:00 in Lima.</summary>
    static readonly DateTimeOffset Beginning = new(2027, 1, 5, 14, 0, 0, TimeSpan.Zero);

    public static async Task<StoryOutcome> RunAsync(DbSettings settings, string? packPath, long seed, Action<string> tell, CancellationToken cancel = default)
    {
        var clock = new MovableClock(new StandingClock(Beginning));
        var services = new ServiceCollection();
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IEntropy>(new SeededEntropy(seed));
        if (packPath is not null) services.AddSingleton(PackReader.Load(packPath));
        services.AddMinkaCore(settings);
        await Schema.MigrateAsync(settings, clock, cancel);
        await using var provider = services.BuildServiceProvider();
        return await new FundStory(provider, clock, tell).RunAsync(demo: false, cancel);
    }

    sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
