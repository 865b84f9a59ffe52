using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Kernel;
using Minka.Core.Story;
using Minka.TestKit;
using Xunit;

namespace Minka.Web.Tests.Screens.Awards;

/// <summary>A site in which the story was lived once: an awarded call with its agreements, shared by the tests that only read.</summary>
public sealed class StorySite : IAsyncLifetime
{
    public TestSite Site { get; private set; } = null!;

    public StoryOutcome Outcome { get; private set; } = null!;

    public string Results => $"/resultados/{Outcome.CallSlug}";

    public async Task InitializeAsync()
    {
        var clock = new MovableClock(new StandingClock());
        Site = await TestSite.StartAsync(also: services =>
        {
            services.AddSingleton(clock);
            services.AddSingleton<TimeProvider>(clock);
        });
        Outcome = await new FundStory(Site.Services, clock, _ => { }).RunAsync(demo: false);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2027, 1, 5, 14, 0, 0, TimeSpan.Zero);
    }
}
