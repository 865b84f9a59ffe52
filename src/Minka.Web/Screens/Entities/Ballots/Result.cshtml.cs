using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Assemblies;

namespace Minka.Web.Screens.Entities.Ballots;

/// <summary>What a secret voting came to, for everybody; and whether a receipt's code is in the list. The file holds the ballots and, apart, the codes.</summary>
[Public]
public sealed class ResultModel(AppDb db, BallotQuery ballots) : Screen, IListed
{
    [BindProperty(SupportsGet = true, Name = "codigo")]
    public string? Codigo { get; set; }

    public BallotBox Box { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public MotionOutcome? Outcome { get; private set; }

    public Guid? ElectionId { get; private set; }

    public (int Members, long Votes, long OnPaper) TookPart { get; private set; }

    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Null: no code was asked for.</summary>
    public bool? Found { get; private set; }

    public long? Leaf { get; private set; }

    public override async Task LoadAsync()
    {
        var id = BallotBoxId.From(RouteId("box"));
        Box = await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), id) ?? throw new NotFound("ballot-box", id.Value);
        Entity = await (from a in db.Assemblies where a.Id == Box.AssemblyId join e in db.CoordinationEntities on a.EntityId equals e.Id select e).SingleAsync();
        TookPart = await ballots.TookPartAsync(id);
        if (Box.Subject == BallotSubject.Election) ElectionId = Box.SubjectId;
        else if (MotionId.From(Box.SubjectId) is var motion && Box.State == BallotBoxState.Counted) Outcome = (await db.Motions.SingleAsync(m => m.Id == motion)).Outcome;
        if (Box.State == BallotBoxState.Counted)
        {
            // Beside the list of who was there, this one would leave over exactly whoever withdrew.
            Names = Outcome is { Tally.Conflict: > 0 } ? [] : await ballots.NamesAsync(Box);
            Leaf = await AssemblyWords.LeafOfAsync(db, "ballot.count", id.Value);
        }
        var typed = string.Concat((Codigo ?? "").Where(char.IsAsciiHexDigit)).ToLowerInvariant();
        if (typed.Length > 0) Found = await ballots.IsListedAsync(id.Value, typed);
    }

    async Task<IReadOnlyList<string>> SliceAsync(int from, int count) =>
        await db.CountedCodes.Where(c => c.UrnId == Box.Id.Value).OrderBy(c => c.Code).Skip(from).Take(count).Select(c => c.Code).ToListAsync();

    // Codes and ballots lie one below the other, never beside each other.
    public TableFile ToFile() => new($"votacion-{Box.Id.Value.ToString("N")[..8]}", [T["ballots.file.what"], T["ballots.file.value"]], RowsAsync());

    async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync()
    {
        await foreach (var code in Listing.AllAsync(SliceAsync)) yield return [T["ballots.receipt.code"], code];
        var rows = await db.CountedBallots.Where(b => b.UrnId == Box.Id.Value).OrderBy(b => b.Id).Select(b => b.Marking).ToListAsync();
        foreach (var marking in rows)
            yield return [T["ballots.ballot"], marking.IsBlank ? T["ballots.blank"] : string.Join(", ", Box.Paper.Options.Where((_, i) => marking.Values[i] > 0).Select(o => BallotWords.Label(T, o)))];
    }
}
