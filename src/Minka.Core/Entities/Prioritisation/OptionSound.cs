using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Prioritisation;

/// <summary>What is heard of an option, in whatever language its people speak: for who reads little.</summary>
public sealed class OptionSound : IVersioned
{
    public required PrioritisationId SessionId { get; init; }

    public required string OptionId { get; init; }

    public StoredFileId FileId { get; private set; }

    public int Version { get; private set; }

    internal void Record(StoredFileId file) => FileId = file;
}

sealed class OptionSoundMapping : IEntityTypeConfiguration<OptionSound>
{
    public void Configure(EntityTypeBuilder<OptionSound> b)
    {
        b.ToTable("OptionSounds");
        b.HasKey(s => new { s.SessionId, s.OptionId });
        b.HasOne<PrioritisationSession>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed record OptionSoundSet(PrioritisationId SessionId, string OptionId, Digest Sound) : IEvent;

/// <summary>Puts a recording beside an option, until the session is fixed: what people hear before they choose is part of the ballot.</summary>
[UseCase]
public sealed class SetOptionSound(Writer writer, FileStore files)
{
    /// <summary>About two minutes of speech, and little on a bad link.</summary>
    public const int LargestKilobytes = 1_000;

    public async Task ExecuteAsync(PrioritisationId id, string option, byte[] bytes, string name, Actor actor, CancellationToken cancel = default)
    {
        if (bytes.Length > LargestKilobytes * 1_000) throw new RuleBroken(PriorityRules.SoundTooLarge, LargestKilobytes);
        if (SoundTypes.Of(bytes) is null) throw new RuleBroken(PriorityRules.SoundUnknown, name);
        var file = await files.PutAsync(bytes, name, SoundTypes.All, cancel);
        await writer.ActAsync("priority.sound", actor, async work =>
        {
            var session = await work.PriorityAsync(id, cancel);
            if (session.State != PrioritisationState.Drafted) throw new RuleBroken(PriorityRules.SoundLate);
            if (session.Options.All(o => o.Id != option)) throw new NotFound("option", option);
            var sound = await work.Db.OptionSounds.SingleOrDefaultAsync(s => s.SessionId == id && s.OptionId == option, cancel);
            if (sound is null) work.Db.OptionSounds.Add(sound = new OptionSound { SessionId = id, OptionId = option });
            sound.Record(file.AddTo(work).Id);
            work.Happened(new OptionSoundSet(id, option, file.Sha256));
        }, new ActNote("prioritisation", id.Value), cancel);
    }
}
