using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// A table of members that waits to be admitted: what the file said and what was corrected since. One an entity. It holds names, so it
/// goes away as soon as its last row is admitted or it is discarded.
/// </summary>
public sealed class MemberDraft : IVersioned
{
    public required EntityId EntityId { get; init; }

    public required string FileName { get; init; }

    public string? Sheet { get; init; }

    public string? Encoding { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The rows as compressed JSON.</summary>
    public byte[] Packed { get; private set; } = [];

    /// <summary>Rows admitted so far.</summary>
    public int Admitted { get; private set; }

    public int Version { get; private set; }

    public IReadOnlyList<TableLine> Lines()
    {
        using var unzip = new GZipStream(new MemoryStream(Packed, writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<TableLine>>(unzip, CanonicalJson.Options)!;
    }

    internal void Keep(IReadOnlyList<TableLine> lines, int admitted = 0)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(zip, lines, CanonicalJson.Options);
        (Packed, Admitted) = (packed.ToArray(), Admitted + admitted);
    }
}

/// <summary>One row with what speaks against it.</summary>
/// <param name="Input">Null where it cannot be understood.</param>
public sealed record JudgedLine(TableLine Line, MemberInput? Input, IReadOnlyList<MemberFault> Faults);

/// <summary>A draft as it is judged now, against the entity as it is now.</summary>
public sealed record DraftReview(MemberDraft Draft, IReadOnlyList<JudgedLine> Lines)
{
    public IReadOnlyList<JudgedLine> Good { get; } = [.. Lines.Where(l => l.Faults.Count == 0)];

    public IReadOnlyList<JudgedLine> Bad { get; } = [.. Lines.Where(l => l.Faults.Count > 0)];
}

/// <summary>Reads, corrects and admits a table of members; every row is judged each time against the entity as it then is.</summary>
[UseCase]
public sealed class StageMembers(AppDb db, Writer writer)
{
    /// <summary>Rows admitted in one act: others may write between two.</summary>
    public const int Portion = 500;

    /// <summary>Reads a file and keeps its rows; or says why it cannot be read, and keeps what was there.</summary>
    public async Task<IReadOnlyList<LineProblem>> StageAsync(EntityId entityId, byte[] file, string name, Actor actor, CancellationToken cancel = default)
    {
        var table = MemberTable.Read(file);
        if (table.Problems.Count > 0) return table.Problems;
        await writer.ActAsync("member.stage", actor, async work =>
        {
            (await work.EntityAsync(entityId, cancel)).MustBeActive();
            if (await work.Db.MemberDrafts.SingleOrDefaultAsync(d => d.EntityId == entityId, cancel) is { } before)
            {
                work.Db.MemberDrafts.Remove(before);
                await work.FlushAsync(cancel);
            }
            var kept = new MemberDraft { EntityId = entityId, FileName = name.Length > 200 ? name[^200..] : name, Sheet = table.Sheet, Encoding = table.Encoding, CreatedAt = work.Now };
            kept.Keep(table.Lines);
            work.Db.MemberDrafts.Add(kept);
        }, new ActNote("entity", entityId.Value), cancel);
        return [];
    }

    public async Task<DraftReview?> ReviewAsync(EntityId entityId, DateOnly today, CancellationToken cancel = default)
    {
        if (await db.MemberDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.EntityId == entityId, cancel) is not { } draft) return null;
        var entity = await db.CoordinationEntities.AsNoTracking().SingleAsync(e => e.Id == entityId, cancel);
        return new(draft, Judge(draft.Lines(), entity.Template, await Roster.ReadAsync(db, entityId, cancel), today));
    }

    /// <summary>Writes down corrections: the cells of some rows, and rows that are left out.</summary>
    public Task CorrectAsync(EntityId entityId, int version, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> cells, IReadOnlyCollection<int> leftOut, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.stage", actor, async work =>
        {
            var draft = await DraftAsync(work, entityId, cancel);
            if (draft.Version != version) throw new ChangedMeanwhile("member-draft");
            var rows = draft.Lines().Where(l => !leftOut.Contains(l.Line)).Select(l => cells.TryGetValue(l.Line, out var typed) ? Corrected(l, typed) : l).ToList();
            if (rows.Count == 0) work.Db.MemberDrafts.Remove(draft);
            else draft.Keep(rows);
        }, new ActNote("entity", entityId.Value), cancel);

    public Task DiscardAsync(EntityId entityId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("member.stage", actor, async work => work.Db.MemberDrafts.Remove(await DraftAsync(work, entityId, cancel)), new ActNote("entity", entityId.Value), cancel);

    /// <summary>Admits the rows without fault, in portions; those with one stay in the draft.</summary>
    /// <returns>How many were admitted.</returns>
    public async Task<int> AdmitAsync(EntityId entityId, Actor actor, CancellationToken cancel = default)
    {
        var admitted = 0;
        for (var more = true; more;)
        {
            (var count, more) = await writer.ActAsync("member.import", actor, async work =>
            {
                var entity = await work.EntityAsync(entityId, cancel);
                entity.MustBeActive();
                var draft = await DraftAsync(work, entityId, cancel);
                var judged = Judge(draft.Lines(), entity.Template, await Roster.ReadAsync(work.Db, entityId, cancel), work.Today);
                var good = judged.Where(l => l.Faults.Count == 0).Take(Portion).ToList();
                if (good.Count == 0) throw new RuleBroken(EntitiesRules.NoGoodRows, judged.Count);
                foreach (var line in good) AddMember.Admit(work, entityId, line.Input!);
                var taken = good.Select(g => g.Line.Line).ToHashSet();
                var rest = judged.Where(l => !taken.Contains(l.Line.Line)).ToList();
                if (rest.Count == 0) work.Db.MemberDrafts.Remove(draft);
                else draft.Keep([.. rest.Select(l => l.Line)], good.Count);
                return (good.Count, rest.Any(l => l.Faults.Count == 0));
            }, new ActNote("entity", entityId.Value), cancel);
            admitted += count;
        }
        return admitted;
    }

    static IReadOnlyList<JudgedLine> Judge(IReadOnlyList<TableLine> lines, CompositionTemplate template, Roster roster, DateOnly today)
    {
        var judged = new List<JudgedLine>(lines.Count);
        foreach (var line in lines)
        {
            var (input, unread) = MemberTable.AsFarAsRead(line, today);
            // A cell that cannot be read is told once, and nothing that would only follow from it.
            var blind = unread.Select(f => f.Column).ToHashSet();
            if (blind.Contains("desde")) blind.Add("hasta");
            if (blind.Contains("sector")) blind.Add("clase");
            IReadOnlyList<MemberFault> faults = [.. unread, .. MemberChecks.Faults(input, template, roster, today)
                .Where(f => !blind.Contains(f.Column) && !(f.Code == EntitiesRules.GroupOfOtherSector && blind.Contains("sector")))];
            if (faults.Count == 0) roster.Add(input, line.Line);
            judged.Add(new(line, unread.Count == 0 ? input : null, faults));
        }
        return judged;
    }

    // What the file made doubtful is settled once somebody has looked at it and saved.
    static TableLine Corrected(TableLine line, IReadOnlyDictionary<string, string> typed) =>
        new(line.Line, [.. MemberTable.Columns.Select(c => typed.TryGetValue(c, out var text) ? text.Trim() : line[c])], [.. line.Notes.Where(n => !typed.ContainsKey(n.Column))]);

    static async Task<MemberDraft> DraftAsync(Work work, EntityId entityId, CancellationToken cancel) =>
        await work.Db.MemberDrafts.SingleOrDefaultAsync(d => d.EntityId == entityId, cancel) ?? throw new NotFound("member-draft", entityId.Value);
}
