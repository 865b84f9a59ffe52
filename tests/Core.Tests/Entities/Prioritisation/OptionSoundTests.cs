using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Participatory;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Prioritisation;

public sealed class OptionSoundTests
{
    static byte[] Padded(params byte[] head) => [.. head, .. new byte[32]];

    public static TheoryData<byte[], string?> Files => new()
    {
        { Padded([.. "ID3"u8, 4, 0]), SoundTypes.Mpeg },
        { Padded(0xFF, 0xFB, 0x90, 0x64), SoundTypes.Mpeg },
        { Padded([.. "OggS\0"u8]), SoundTypes.Ogg },
        { Padded([.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8]), SoundTypes.Wav },
        { Padded([0, 0, 0, 24, .. "ftypM4A "u8]), SoundTypes.Mp4 },
        { Padded([0x1A, 0x45, 0xDF, 0xA3, .. new byte[20], .. "webm"u8]), SoundTypes.Webm },
        { Padded([.. "RIFF"u8, 36, 0, 0, 0, .. "AVI LIST"u8]), null },
        { Padded([0, 0, 0, 24, .. "ftypheic"u8]), null },
        { Padded(0xFF, 0xD8, 0xFF, 0xE0), null },
        { Padded(0xFF, 0xFB, 0xF0), null },
        { Padded([.. "<html><script>"u8]), null },
        { Padded([.. "MZ"u8]), null },
        { [.. "ID3"u8], null },
    };

    [Theory, MemberData(nameof(Files))]
    public void Recording_IsToldByItsBytes(byte[] file, string? type)
    {
        SoundTypes.Of(file).ShouldBe(type);
        // Nowhere else is a recording welcome.
        if (type is not null) Should.Throw<RuleBroken>(() => FileStore.Judge(file, "a.pdf")).Code.ShouldBe("file.type-refused");
    }

    [Theory, BothDatabases]
    public async Task Recording_IsPutBesideAnOption_UntilTheRuleIsFixed_AndIsPartOfIt(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 2);
        async Task<PrioritisationId> DraftAsync() => await given.WithAsync<RunPrioritisation, PrioritisationId>(r => r.DraftAsync(entity.Id, new("Priorización", Money.Soles(100), BallotForm.Several, 2,
            [new("1", "Riego", Money.Soles(60), null, "agua"), new("2", "Camino", Money.Soles(50), null, null)], new(PbRule.GreedyScore, Completion.None), [new("t1", "Chilete")]), entity.Actor));
        var (with, without) = (await DraftAsync(), await DraftAsync());
        Task SetAsync(byte[] bytes, string option = "1", PrioritisationId? session = null) => given.WithAsync<SetOptionSound>(s => s.ExecuteAsync(session ?? with, option, bytes, "voz.ogg", entity.Actor));
        var sound = Padded([.. "OggS\0"u8]);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync([.. "%PDF-1.4 ................"u8]))).Code.ShouldBe(PriorityRules.SoundUnknown);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync([.. sound, .. new byte[1_000_000]]))).Code.ShouldBe(PriorityRules.SoundTooLarge);
        await Should.ThrowAsync<NotFound>(() => SetAsync(sound, "9"));
        await SetAsync(sound);
        await SetAsync([.. sound, 1]);
        (await database.ReadAsync(db => db.OptionSounds.CountAsync())).ShouldBe(1, "a second upload replaces the first");
        foreach (var id in new[] { with, without }) await given.WithAsync<RunPrioritisation>(r => r.FixAsync(id, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(sound))).Code.ShouldBe(PriorityRules.SoundLate);
        var digests = await database.ReadAsync(db => db.PrioritisationSessions.ToDictionaryAsync(s => s.Id, s => s.RuleDigest));
        digests[with].ShouldNotBe(digests[without], "the same session but for what is heard");
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }
}
