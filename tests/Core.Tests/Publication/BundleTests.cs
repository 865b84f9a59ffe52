using Minka.Core.Database;
using Minka.Core.Publication;
using Minka.Core.Story;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Publication;

/// <summary>The story lived twice with other seeds: a bundle, and one of another installation.</summary>
public sealed class StoryBundles : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("minka-bundle-").FullName;

    public StoryOutcome One { get; private set; } = null!;

    public StoryOutcome Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        One = await StoryHost.RunAsync(new DbSettings(Directory.CreateDirectory(Path.Combine(folder, "1")).FullName), null, 1, _ => { });
        Other = await StoryHost.RunAsync(new DbSettings(Directory.CreateDirectory(Path.Combine(folder, "2")).FullName), null, 1, _ => { });
    }

    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}

public sealed class BundleTests(StoryBundles bundles) : IClassFixture<StoryBundles>
{
    [Fact]
    public void An_honest_bundle_passes_every_claim() =>
        BundleVerifier.Verify(bundles.One.Bundle, head: bundles.One.Head).Claims.Where(c => !c.Passed).ShouldBeEmpty();

    [Fact]
    public void The_same_seed_gives_the_same_digest() => bundles.One.Digest.ShouldBe(bundles.Other.Digest);

    [Fact]
    public void The_same_story_signed_with_another_key_fails_against_the_head_that_was_kept()
    {
        BundleVerifier.Verify(bundles.Other.Bundle).Passed.ShouldBeTrue();
        var report = BundleVerifier.Verify(bundles.Other.Bundle, head: bundles.One.Head);
        report.Passed.ShouldBeFalse();
        report.Claims.Where(c => !c.Passed).Select(c => c.Claim).ShouldContain("head");
    }

    [Fact]
    public void Without_an_anchor_it_says_so() => BundleVerifier.Verify(bundles.One.Bundle).Trust.ShouldBe("key from the bundle, NOT anchored");

    [Fact]
    public void One_byte_changed_anywhere_fails_some_claim_and_never_crashes()
    {
        var zip = bundles.One.Bundle;
        for (var i = 0; i < 60; i++)
        {
            var at = (int)(zip.LongLength * i / 60) + (i * 37 % 1000);
            if (at >= zip.Length) continue;
            var forged = (byte[])zip.Clone();
            forged[at] ^= (byte)(1 << (i % 8));
            BundleVerifier.Verify(forged, head: bundles.One.Head).Passed.ShouldBeFalse($"byte {at}");
        }
    }

    [Fact]
    public void Cut_short_or_not_a_zip_it_fails_in_words()
    {
        BundleVerifier.Verify([]).Passed.ShouldBeFalse();
        BundleVerifier.Verify([.. "PK\u0003\u0004 nothing"u8]).Passed.ShouldBeFalse();
        BundleVerifier.Verify(bundles.One.Bundle[..^1]).Passed.ShouldBeFalse();
        BundleVerifier.Verify([.. bundles.One.Bundle, 0]).Passed.ShouldBeFalse();
    }
}
