using System.IO.Compression;
using System.Text;
using Minka.Cli.Verbs;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Core.Story;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Publication;

/// <summary>The story lived twice with one seed: a bundle, and the same of another installation.</summary>
public sealed class StoryBundles : IAsyncLifetime
{
    public const string Name = "story-bundles";

    public string Folder { get; } = Directory.CreateTempSubdirectory("minka-bundle-").FullName;

    public StoryOutcome One { get; private set; } = null!;

    public StoryOutcome Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        One = await StoryHost.RunAsync(new DbSettings(Directory.CreateDirectory(Path.Combine(Folder, "1")).FullName), null, 1, _ => { });
        Other = await StoryHost.RunAsync(new DbSettings(Directory.CreateDirectory(Path.Combine(Folder, "2")).FullName), null, 2, _ => { });
    }

    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}

[CollectionDefinition(StoryBundles.Name)]
public sealed class StoryBundlesGroup : ICollectionFixture<StoryBundles>;

[Collection(StoryBundles.Name)]
public sealed class BundleTests(StoryBundles bundles)
{
    byte[] Zip => bundles.One.Bundle;

    string Head => bundles.One.Head;

    static IReadOnlyList<string> Failing(BundleReport report) => [.. report.Claims.Where(c => !c.Passed).Select(c => c.Claim)];

    [Fact]
    public void An_honest_bundle_passes_every_claim_and_says_what_its_trust_rests_on()
    {
        Failing(BundleVerifier.Verify(Zip, head: Head)).ShouldBeEmpty();
        BundleVerifier.Verify(Zip, head: Head).Trust.ShouldBe("head kept elsewhere");
        BundleVerifier.Verify(Zip).Trust.ShouldBe("key from the bundle, NOT anchored");
        var key = SigningKeys.ReadJwks(Encoding.UTF8.GetString(StoredZip.Read(Zip).Files["keys.json"]))[0].Fingerprint;
        var report = BundleVerifier.Verify(Zip, key.ToUpperInvariant().Replace(" ", ":", StringComparison.Ordinal), Head);
        Failing(report).ShouldBeEmpty();
        report.Trust.ShouldBe("head kept elsewhere, key fingerprint given");
    }

    [Fact]
    public void A_bit_changed_in_any_file_fails_the_container_and_the_list_of_files()
    {
        foreach (var (path, position) in Positions(4))
        {
            var forged = (byte[])Zip.Clone();
            forged[position] ^= (byte)(1 << (position % 8));
            var report = BundleVerifier.Verify(forged, head: Head);
            report.Claims.ShouldContain(c => c.Claim == "container" && !c.Passed && c.Detail.Contains(path), $"{path} at {position}");
            if (path.StartsWith("signatures/receipts/", StringComparison.Ordinal)) Failing(report).ShouldContain("receipts", $"{path} at {position}");
            else if (path.StartsWith("signatures/", StringComparison.Ordinal)) Failing(report).ShouldContain("checkpoint", $"{path} at {position}");
            else Failing(report).ShouldContain("files", $"{path} at {position}");
        }
    }

    [Fact]
    public void A_bit_changed_in_any_file_and_listed_anew_fails_a_claim_about_what_it_says()
    {
        foreach (var path in StoredZip.Read(Zip).Files.Keys.Where(p => p != "manifest.json"))
        {
            for (var i = 0; i < 2; i++)
            {
                var forgery = new Forgery(Zip);
                var bytes = (byte[])forgery[path].Clone();
                bytes[(int)((bytes.LongLength - 1) * i)] ^= 1;
                forgery[path] = bytes;
                var report = BundleVerifier.Verify(forgery.List().Zip(), head: Head);
                Failing(report).ShouldNotContain("container", path);
                Failing(report).ShouldNotContain("files", path);
                var expected = path switch
                {
                    "keys.json" => "keys",
                    _ when path.StartsWith("register/", StringComparison.Ordinal) => "register",
                    "signatures/checkpoint.txt" => "checkpoint",
                    _ when path.StartsWith("signatures/", StringComparison.Ordinal) => "receipts",
                    _ => "publication",
                };
                // head.json is compared with the leaves and with the signed head: its origin by the second only.
                if (path == "register/head.json") Failing(report).ShouldContain(c => c == "register" || c == "checkpoint", path);
                else Failing(report).ShouldContain(expected, $"{path} {i}");
            }
        }
    }

    [Fact]
    public void Every_byte_of_headers_directory_and_end_counts()
    {
        var start = BitConverter.ToInt32(Zip, Zip.Length - 6);
        var positions = Enumerable.Range(0, 30 + "agreements.json".Length).Concat(Enumerable.Range(start, 200)).Concat(Enumerable.Range(Zip.Length - 120, 120)).Concat(Enumerable.Range(start, Zip.Length - start).Where(p => p % 37 == 0));
        foreach (var at in positions.Distinct())
        {
            var forged = (byte[])Zip.Clone();
            forged[at] ^= (byte)(1 << (at % 8));
            Failing(BundleVerifier.Verify(forged, head: Head)).ShouldContain("container", $"byte {at}");
        }
    }

    [Fact]
    public void A_word_that_no_other_act_commits_to_cannot_be_changed_either()
    {
        var forgery = new Forgery(Zip);
        var findings = forgery.Read<List<BundleFinding>>("screening.json");
        findings[0] = findings[0] with { Reason = "Otra razón, escrita después." };
        forgery.Put("screening.json", findings);
        Failing(BundleVerifier.Verify(forgery.List().Zip(), head: Head)).ShouldBe(["publication"]);

        forgery = new Forgery(Zip);
        var manifest = forgery.Read<BundleManifest>("manifest.json");
        forgery.Put("manifest.json", manifest with { Demo = !manifest.Demo });
        Failing(BundleVerifier.Verify(forgery.Zip(), head: Head)).ShouldBe(["publication"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forged_whole_under_another_key_it_holds_together_and_fails_against_head_and_key(bool keepOldKey)
    {
        var trueKey = SigningKeys.ReadJwks(Encoding.UTF8.GetString(StoredZip.Read(Zip).Files["keys.json"]))[0].Fingerprint;
        using var mine = SigningKeys.InMemory(new SeededEntropy(99));
        var forged = new Forgery(Zip).ScoresUnder(mine, keepOldKey).Zip();

        var alone = BundleVerifier.Verify(forged);
        Failing(alone).ShouldBeEmpty();
        alone.Trust.ShouldBe("key from the bundle, NOT anchored");
        alone.Digest.ShouldNotBe(bundles.One.Digest);

        var against = BundleVerifier.Verify(forged, head: Head);
        Failing(against).ShouldBe(["head"]);
        against.Trust.ShouldStartWith("key from the bundle, NOT anchored");
        Failing(BundleVerifier.Verify(forged, trueKey)).ShouldBe(["key"]);
        Failing(BundleVerifier.Verify(forged, trueKey, Head)).ShouldBe(["key", "head"], ignoreOrder: true);
    }

    [Fact]
    public void The_same_story_of_another_installation_fails_against_the_head_that_was_kept()
    {
        Failing(BundleVerifier.Verify(bundles.Other.Bundle)).ShouldBeEmpty();
        Failing(BundleVerifier.Verify(bundles.Other.Bundle, head: Head)).ShouldBe(["head"]);
        // A head that is none fails in words.
        foreach (var head in new[] { "", "x", Head[..^20], Head.Replace("minka-", "otra-", StringComparison.Ordinal) }) Failing(BundleVerifier.Verify(Zip, head: head)).ShouldBe(["head"], head);
        Failing(BundleVerifier.Verify(Zip, "0000")).ShouldBe(["key"]);
    }

    [Fact]
    public void What_is_no_bundle_as_published_fails_in_words()
    {
        foreach (var cut in Enumerable.Range(0, 60).Select(i => (int)((long)Zip.Length * i / 60)).Append(Zip.Length - 1))
            Failing(BundleVerifier.Verify(Zip[..cut], head: Head)).ShouldContain("container", $"cut at {cut}");
        Failing(BundleVerifier.Verify([.. Zip, 0], head: Head)).ShouldBe(["container"]);
        Failing(BundleVerifier.Verify([0, .. Zip], head: Head)).ShouldBe(["container"]);
        Failing(BundleVerifier.Verify([.. "PK\u0003\u0004 nothing"u8])).ShouldBe(["container"]);
        Failing(BundleVerifier.Verify(Encoding.UTF8.GetBytes("no es un paquete"))).ShouldBe(["container"]);
        BundleVerifier.Verify([]).Claims.Single().Detail.ShouldContain("empty");
    }

    [Fact]
    public void Packed_anew_by_another_tool_or_compressed_it_is_not_the_bundle()
    {
        byte[] Pack(CompressionLevel level, params (string Name, byte[] Bytes)[] more)
        {
            using var memory = new MemoryStream();
            using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, bytes) in StoredZip.Read(Zip).Files.Select(f => (f.Key, f.Value)).Concat(more))
                {
                    using var entry = zip.CreateEntry(name, level).Open();
                    entry.Write(bytes);
                }
            }
            return memory.ToArray();
        }

        Failing(BundleVerifier.Verify(Pack(CompressionLevel.NoCompression), head: Head)).ShouldContain("container");
        // A hundred megabytes of nothing are never unpacked.
        var bomb = Pack(CompressionLevel.SmallestSize, ("zeros", new byte[100 << 20]));
        bomb.Length.ShouldBeLessThan(2 << 20);
        var before = GC.GetTotalAllocatedBytes();
        Failing(BundleVerifier.Verify(bomb)).ShouldBe(["container"]);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(20 << 20);
    }

    [Theory]
    [InlineData("../fuera.json")]
    [InlineData("/etc/passwd")]
    [InlineData("rules/../../x")]
    [InlineData("a\\b")]
    [InlineData("rules//x")]
    [InlineData("C:x")]
    public void Names_that_lead_out_of_the_folder_are_refused(string name)
    {
        var forgery = new Forgery(Zip);
        forgery[name] = [1];
        BundleVerifier.Verify(forgery.List().Zip()).Claims.ShouldHaveSingleItem().Detail.ShouldContain("a name that no bundle has");
    }

    [Fact]
    public void A_name_twice_a_file_more_and_a_file_less_are_told()
    {
        var more = new Forgery(Zip);
        more["nuevo.json"] = [.. "{}"u8];
        Failing(BundleVerifier.Verify(more.Zip(), head: Head)).ShouldBe(["files"]);
        Failing(BundleVerifier.Verify(more.List().Zip(), head: Head)).ShouldBe(["publication"]);
        var signed = new Forgery(Zip);
        signed["signatures/otra.txt"] = [1];
        Failing(BundleVerifier.Verify(signed.Zip(), head: Head)).ShouldBe(["receipts"]);

        foreach (var path in StoredZip.Read(Zip).Files.Keys)
        {
            Failing(BundleVerifier.Verify(new Forgery(Zip).Remove(path).Zip(), head: Head)).ShouldNotBeEmpty(path);
            if (path != "manifest.json") Failing(BundleVerifier.Verify(new Forgery(Zip).Remove(path).List().Zip(), head: Head)).ShouldNotBeEmpty(path);
        }

        // The same entry appended again before the directory.
        var start = BitConverter.ToInt32(Zip, Zip.Length - 6);
        var first = 30 + "agreements.json".Length + StoredZip.Read(Zip).Files["agreements.json"].Length;
        BundleVerifier.Verify([.. Zip[..start], .. Zip[..first], .. Zip[start..]]).Claims.ShouldHaveSingleItem().Detail.ShouldContain("agreements.json twice");
    }

    [Fact]
    public async Task The_verb_answers_zero_one_and_two()
    {
        var folder = bundles.Folder;
        string File(string name, byte[] bytes)
        {
            var path = Path.Combine(folder, name);
            System.IO.File.WriteAllBytes(path, bytes);
            return path;
        }

        var (bundle, head) = (File("b.zip", Zip), File("h.txt", Encoding.UTF8.GetBytes(Head)));
        (await RunAsync(bundle, head: head)).ShouldBe((0, "trust: head kept elsewhere"));
        (await RunAsync(bundle)).ShouldBe((0, "trust: key from the bundle, NOT anchored"));
        (await RunAsync(File("otra.zip", bundles.Other.Bundle), head: head)).ShouldBe((1, "trust: key from the bundle, NOT anchored: it disagrees with what was given"));
        foreach (var (path, because) in new[] { ("/no/such/file", "there is no file"), (folder, "is a folder") })
        {
            var (code, text) = await RunAllAsync(path);
            code.ShouldBe(2);
            text.ShouldContain(because);
        }
        foreach (var (bytes, because) in new[] { (Array.Empty<byte>(), "the file is empty"), (new byte[] { 1, 2, 3 }, "neither a public bundle (zip) nor a receipt (JWS)"), (Encoding.UTF8.GetBytes(Head), "give it with --head") })
        {
            var (code, text) = await RunAllAsync(File("mala", bytes));
            code.ShouldBe(1);
            text.ShouldContain("FAIL container: ");
            text.ShouldContain(because);
        }
        var flipped = (byte[])Zip.Clone();
        flipped[0] ^= 1;
        (await RunAllAsync(File("mala", flipped), head: head)).Text.ShouldContain("FAIL container");
        (await RunAllAsync(bundle, key: " ")).Code.ShouldBe(2);
        (await RunAllAsync(bundle, head: folder)).Code.ShouldBe(2);

        async Task<(int Code, string Last)> RunAsync(string path, string? key = null, string? head = null)
        {
            var (code, text) = await RunAllAsync(path, key, head);
            return (code, text.TrimEnd().Split('\n')[^1].Trim());
        }
    }

    static async Task<(int Code, string Text)> RunAllAsync(string path, string? key = null, string? head = null)
    {
        await using var text = new StringWriter();
        return (await VerifyVerb.RunAsync(path, key, head, null, text, text), text.ToString());
    }

    // Some bytes of the content of each file, by their place in the zip.
    IEnumerable<(string Path, int Position)> Positions(int each)
    {
        var at = 0;
        foreach (var (path, bytes) in StoredZip.Read(Zip).Files)
        {
            at += 30 + path.Length;
            for (var i = 0; i < each; i++) yield return (path, at + (int)((bytes.LongLength - 1) * i / (each - 1)));
            at += bytes.Length;
        }
    }
}
