using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Assemblies;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Minutes;

/// <param name="Attendee">Personal; shown to the entity's own people only.</param>
public sealed record AttendanceLine(string Organisation, Sector Sector, bool IsProxy, string? Attendee, DateTime ArrivedAt, DateTime? LeftAt);

/// <summary>The minutes, written from data. Everybody reads them with organisations; the entity's own people with names.</summary>
[Public]
public sealed class ShowModel(AppDb db) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public MinutesContent Minutes { get; private set; } = null!;

    public IReadOnlyList<AttendanceLine> Lines { get; private set; } = [];

    public IReadOnlyList<(Signature Signature, StoredFile File)> Signatures { get; private set; } = [];

    public long? Leaf { get; private set; }

    public MinutesPath? Path { get; private set; }

    public bool WithNames => May(Role.Secretary, Role.Manager, Role.Auditor);

    public Digest Digest => Assembly.MinutesDigest!.Value;

    public string Code => ShortCode.Of(Digest.ToBytes()).ToString();

    public string Address => $"{Request.Scheme}://{Request.Host}/asambleas/{Assembly.Id.Value}/acta";

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Minutes = Assembly.Minutes ?? throw new NotFound("minutes", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        Path = await db.MinutesPaths.SingleOrDefaultAsync(p => p.AssemblyId == id);
        Leaf = await AssemblyWords.LeafOfAsync(db, "assembly.close", id.Value);
        Lines = WithNames ? await NamedLinesAsync(id) : [.. Minutes.Attendances.Select(a => new AttendanceLine(a.Organisation, a.Sector, a.IsProxy, null, a.ArrivedAt, a.LeftAt))];
        var signatures = await db.Signatures.Where(s => s.SubjectKind == Assembly.MinutesSubject && s.SubjectId == id.Value).OrderBy(s => s.CheckedAt).ToListAsync();
        var files = signatures.ConvertAll(s => s.StoredFileId);
        var byId = await db.StoredFiles.Where(f => files.Contains(f.Id)).ToDictionaryAsync(f => f.Id);
        Signatures = [.. signatures.Select(s => (s, byId[s.StoredFileId]))];
    }

    public static IReadOnlyList<string> Of(MinutesMotion motion, Choice choice) => [.. motion.Votes.Where(v => v.Choice == choice).Select(v => v.Organisation)];

    async Task<IReadOnlyList<AttendanceLine>> NamedLinesAsync(AssemblyId id)
    {
        var seats = await db.RollSeats.Where(s => s.AssemblyId == id).ToDictionaryAsync(s => s.MemberId);
        var stays = await db.Attendances.Where(a => a.AssemblyId == id).ToListAsync();
        return [.. stays.Select(a => new AttendanceLine(seats[a.MemberId].Organisation, seats[a.MemberId].Sector, a.IsProxy, a.Attendee, a.ArrivedAt, a.LeftAt))
            .OrderBy(l => l.ArrivedAt).ThenBy(l => l.Organisation, StringComparer.Ordinal)];
    }
}
