using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel;
using Minka.Core.Kernel.Office;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Assemblies;

namespace Minka.Web.Screens.Entities.Minutes;

/// <summary>The minutes, written from data. Everybody reads them with organisations; the entity's own people with names.</summary>
[Public]
public sealed class ShowModel(AppDb db) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public MinutesContent Minutes { get; private set; } = null!;

    /// <summary>The same words as in the file.</summary>
    public IReadOnlyList<OfficeBlock> Blocks { get; private set; } = [];

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
        Blocks = MinutesDocument.Blocks(T, Minutes, Path?.Amendments ?? [], Path?.ApprovedBy, await NamesAsync(db, id, WithNames));
        var signatures = await db.Signatures.Where(s => s.SubjectKind == Assembly.MinutesSubject && s.SubjectId == id.Value).OrderBy(s => s.CheckedAt).ToListAsync();
        var files = signatures.ConvertAll(s => s.StoredFileId);
        var byId = await db.StoredFiles.Where(f => files.Contains(f.Id)).ToDictionaryAsync(f => f.Id);
        Signatures = [.. signatures.Select(s => (s, byId[s.StoredFileId]))];
    }

    /// <summary>Who came by organisation; of nobody where the reader is not of the entity's own people.</summary>
    public static async Task<ILookup<string, string>> NamesAsync(AppDb db, AssemblyId id, bool withNames) =>
        (withNames ? await (from a in db.Attendances where a.AssemblyId == id join s in db.RollSeats on a.MemberId equals s.MemberId where s.AssemblyId == id orderby a.ArrivedAt select new { s.Organisation, a.Attendee }).ToListAsync() : [])
            .ToLookup(a => a.Organisation, a => a.Attendee, StringComparer.Ordinal);
}
