using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Ballots;

/// <summary>
/// A secret ballot on a telephone. The form carries a random code; the answer to it is the receipt, and the same form sent again gets the
/// same one, so that a lost connection costs nothing and counts nothing twice.
/// </summary>
[May(Role.Representative)]
public sealed class VoteModel(AppDb db, BallotQuery ballots, CastBallot cast, SigningKeys keys, IEntropy entropy) : Screen
{
    public const string Blank = "-";

    [BindProperty]
    public Guid Member { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string[] Marks { get; set; } = [];

    public BallotBox Box { get; private set; } = null!;

    public string? Text { get; private set; }

    public IReadOnlyList<OwnSeat> Seats { get; private set; } = [];

    public IReadOnlyList<OwnSeat> Next => [.. Seats.Where(s => s is { TookPart: false, Barred: null })];

    public BallotReceipt? Receipt { get; private set; }

    public string? Token { get; private set; }

    public bool Again { get; private set; }

    public string Organisation => Seats.FirstOrDefault(s => s.Member.Value == Member)?.Organisation ?? "";

    BallotBoxId Id => BallotBoxId.From(RouteId("box"));

    public override async Task LoadAsync()
    {
        Box = await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), Id) ?? throw new NotFound("ballot-box", Id.Value);
        Seats = await ballots.OwnAsync(Box, Person!.Id, Now);
        if (Receipt is not null)
        {
            // A page with a form is kept out of caches already; the receipt has none.
            Response.Headers.CacheControl = "no-store";
            return;
        }
        if (!BallotCode.TryParse(Code, out _)) Code = BallotCode.New(entropy).ToString();
        ModelState.Remove(nameof(Code));
        if (Box.Subject == BallotSubject.Motion && MotionId.From(Box.SubjectId) is var motion) Text = await db.Motions.Where(m => m.Id == motion).Select(m => m.Text).SingleAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!BallotCode.TryParse(Code, out var code)) throw new RuleBroken(BallotRules.CodeMissing);
        // A box of another assembly is not found here: the role counts in this one's entity only.
        if (await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), Id) is null) throw new NotFound("ballot-box", Id.Value);
        var blank = Marks.Contains(Blank, StringComparer.Ordinal);
        if (blank && Marks.Length > 1) throw new RuleBroken(BallotRules.BlankAndMarked);
        var marks = Marks.Where(m => m != Blank).Distinct(StringComparer.Ordinal).ToDictionary(m => m, _ => 1, StringComparer.Ordinal);
        Again = !await cast.ExecuteAsync(Id, MemberId.From(Member), marks, blank, code, new Actor(Person!.Id, Role.Representative.Word()));
        Receipt = new BallotReceipt(keys.Origin, Id.Value, code.ToString());
        Token = Receipt.Sign(keys);
        await LoadAsync();
        return Page();
    }
}
