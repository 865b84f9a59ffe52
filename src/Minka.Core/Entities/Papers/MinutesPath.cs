using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Papers;

public enum MinutesState
{
    /// <summary>Made from the data at the close; observations are still taken.</summary>
    Drafted,
    Approved,
    Published,
}

/// <summary>An observation to the minutes, taken before they are approved. It never changes a figure that was computed: it is read beside it.</summary>
/// <param name="By">The organisation that asked for it.</param>
/// <param name="About">The part of the minutes.</param>
public sealed record MinutesAmendment(int Number, string By, string About, string Text, DateTime At);

/// <summary>What became of an assembly's minutes after its close. No row: drafted, without observations.</summary>
public sealed class MinutesPath : IVersioned
{
    public static readonly Transitions<MinutesState> Table = new("minutes",
        new Transition<MinutesState>(MinutesState.Drafted, "amend", MinutesState.Drafted, "secretary"),
        new Transition<MinutesState>(MinutesState.Drafted, "approve", MinutesState.Approved, "secretary"),
        new Transition<MinutesState>(MinutesState.Approved, "publish", MinutesState.Published, "secretary"));

    public required AssemblyId AssemblyId { get; init; }

    public MinutesState State { get; private set; }

    public IReadOnlyList<MinutesAmendment> Amendments { get; private set; } = [];

    /// <summary>Who approved them: the next assembly, or the board, with its date.</summary>
    public string? ApprovedBy { get; private set; }

    public DateTime? ApprovedAt { get; private set; }

    public DateTime? PublishedAt { get; private set; }

    public int Version { get; private set; }

    internal void Amend(string by, string about, string text, DateTime now)
    {
        State = Table.Next(State, "amend");
        Amendments = [.. Amendments, new MinutesAmendment(Amendments.Count + 1, by, about, text, now)];
    }

    internal void Approve(string by, DateTime now) => (State, ApprovedBy, ApprovedAt) = (Table.Next(State, "approve"), by, now);

    internal void Publish(DateTime now) => (State, PublishedAt) = (Table.Next(State, "publish"), now);
}

sealed class MinutesPathMapping : IEntityTypeConfiguration<MinutesPath>
{
    public void Configure(EntityTypeBuilder<MinutesPath> b)
    {
        b.ToTable("MinutesPaths");
        b.HasKey(p => p.AssemblyId);
        b.Property(p => p.Amendments).HasJson();
        b.HasOne<Assembly>().WithMany().HasForeignKey(p => p.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class MinutesTables
{
    extension(AppDb db)
    {
        public DbSet<MinutesPath> MinutesPaths => db.Set<MinutesPath>();
    }
}

/// <summary>Codes of the rules of minutes; their texts lie under <c>rule.CODE</c>.</summary>
public static class MinutesRules
{
    public const string NotClosed = "minutes.not-closed";
    public const string Signed = "minutes.signed";
    public const string TextMissing = "minutes.text-missing";
    public const string ByMissing = "minutes.by-missing";
    public const string NotSigned = "minutes.not-signed";
    public const string NotApproved = "minutes.not-approved";
}

public sealed record MinutesAmended(AssemblyId AssemblyId, int Number, Digest TextDigest) : IEvent;

/// <param name="MinutesDigest">Of the minutes with their observations: what is signed from now on.</param>
public sealed record MinutesApproved(AssemblyId AssemblyId, Digest MinutesDigest, int Amendments) : IEvent;

public sealed record MinutesPublished(AssemblyId AssemblyId, Digest MinutesDigest) : IEvent;

/// <summary>Takes observations, approves and publishes the minutes of a closed session.</summary>
[UseCase]
public sealed class MoveMinutes(Writer writer)
{
    public Task AmendAsync(AssemblyId id, string by, string about, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("minutes.amend", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(text)) throw new RuleBroken(MinutesRules.TextMissing);
            if (string.IsNullOrWhiteSpace(by)) throw new RuleBroken(MinutesRules.ByMissing);
            if (text.Length > 2_000) throw new RuleBroken(EntitiesRules.TextTooLong, 2_000);
            if (by.Length > 200 || about.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            var (assembly, path) = await LoadAsync(work, id, cancel);
            if (assembly.SignedAt is not null) throw new RuleBroken(MinutesRules.Signed);
            path.Amend(by.Trim(), about.Trim(), text.Trim(), work.Now);
            work.Happened(new MinutesAmended(id, path.Amendments.Count, Digest.Of(text.Trim())));
        }, new ActNote("assembly", id.Value), cancel);

    /// <param name="by">Who approves: "la asamblea 5, del 3 de mayo".</param>
    public Task ApproveAsync(AssemblyId id, string by, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("minutes.approve", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(by)) throw new RuleBroken(MinutesRules.ByMissing);
            if (by.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            var (assembly, path) = await LoadAsync(work, id, cancel);
            if (assembly.SignedAt is not null && path.Amendments.Count > 0) throw new RuleBroken(MinutesRules.Signed);
            path.Approve(by.Trim(), work.Now);
            if (path.Amendments.Count > 0) assembly.SettleMinutes(CanonicalJson.DigestOf(new AmendedMinutes(assembly.Minutes!, path.Amendments)));
            work.Happened(new MinutesApproved(id, assembly.MinutesDigest!.Value, path.Amendments.Count));
        }, new ActNote("assembly", id.Value), cancel);

    public Task PublishAsync(AssemblyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("minutes.publish", actor, async work =>
        {
            var (assembly, path) = await LoadAsync(work, id, cancel);
            if (assembly.SignedAt is null) throw new RuleBroken(MinutesRules.NotSigned);
            path.Publish(work.Now);
            work.Happened(new MinutesPublished(id, assembly.MinutesDigest!.Value));
        }, new ActNote("assembly", id.Value), cancel);

    static async Task<(Assembly Assembly, MinutesPath Path)> LoadAsync(Work work, AssemblyId id, CancellationToken cancel)
    {
        var assembly = await work.AssemblyAsync(id, cancel);
        if (assembly.Minutes is null) throw new RuleBroken(MinutesRules.NotClosed);
        var path = await work.Db.MinutesPaths.SingleOrDefaultAsync(p => p.AssemblyId == id, cancel);
        if (path is null) work.Db.MinutesPaths.Add(path = new MinutesPath { AssemblyId = id });
        return (assembly, path);
    }
}

/// <summary>Nobody signs minutes with observations that were not approved: the signature would stand for another text.</summary>
sealed class ObservationsFirst : IEventHandler<SignatureAttached>
{
    public async Task HandleAsync(SignatureAttached happened, Work work)
    {
        if (happened.SubjectKind != Assembly.MinutesSubject) return;
        var id = AssemblyId.From(happened.SubjectId);
        var path = await work.Db.MinutesPaths.SingleOrDefaultAsync(p => p.AssemblyId == id);
        if (path is { State: MinutesState.Drafted, Amendments.Count: > 0 }) throw new RuleBroken(MinutesRules.NotApproved);
    }
}

/// <summary>What the digest of amended minutes covers.</summary>
public sealed record AmendedMinutes(MinutesContent Minutes, IReadOnlyList<MinutesAmendment> Amendments);
