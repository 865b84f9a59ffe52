using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Register.Heads;

[Public]
public sealed class ListModel(RegisterProofs proofs, RegisterTree tree, AppDb db) : Screen, IListed
{
    [BindProperty(SupportsGet = true, Name = "desde")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "hasta")]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    public IReadOnlyList<StoredCheckpoint> Heads { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public int PageSize => 50;

    public ConsistencyProof? Proof { get; private set; }

    /// <summary>Checked here again, with the code that verifies offline.</summary>
    public bool Verified { get; private set; }

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public override async Task LoadAsync()
    {
        Trail = [new Crumb(T["register.list.title"], "/registro"), new Crumb(T["register.heads.title"])];
        Total = await db.Checkpoints.CountAsync();
        PageNumber = Math.Clamp(int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Heads = await SliceAsync((PageNumber - 1) * PageSize, PageSize);
        if (!string.IsNullOrWhiteSpace(From)) await CompareAsync(From);
    }

    async Task<IReadOnlyList<StoredCheckpoint>> SliceAsync(int from, int count) => await db.Checkpoints.OrderByDescending(c => c.Size).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new("cabezas", [T["register.heads.size"], T["register.list.when"], T["register.heads.text"]],
        Listing.AllAsync(SliceAsync).Select(h => (IReadOnlyList<object?>)[h.Size, h.At, h.Note]));

    async Task CompareAsync(string typedFrom)
    {
        await tree.CatchUpAsync(db);
        var until = string.IsNullOrWhiteSpace(To) ? tree.Size.ToString(CultureInfo.InvariantCulture) : To;
        if (Read(typedFrom) is not { } from)
        {
            Fault("desde", "register.heads.number");
            return;
        }
        if (Read(until) is not { } to)
        {
            Fault("hasta", "register.heads.number");
            return;
        }
        try
        {
            Proof = await proofs.BetweenAsync(from, to);
        }
        catch (RuleBroken broken)
        {
            ModelState.AddModelError("desde", T.Of(broken));
            return;
        }
        To = until;
        Verified = Merkle.VerifyConsistency((ulong)from, (ulong)to, Proof.OldRoot.ToBytes(), Proof.NewRoot.ToBytes(), [.. Proof.Hashes.Select(h => h.ToBytes())]);
    }

    static long? Read(string typed) =>
        long.TryParse(string.Concat(typed.Where(c => c is not (' ' or '\u202f' or '\u00a0'))), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
