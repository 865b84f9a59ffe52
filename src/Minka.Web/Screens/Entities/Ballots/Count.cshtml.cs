using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Ballots;

/// <summary>A secret voting as it goes: how many took part, paper handed out and typed in twice, the count.</summary>
[May(Role.Secretary, Role.Representative, Role.Manager, Role.Auditor)]
public sealed class CountModel(AppDb db, BallotQuery ballots, HandOutPaper handOut, TypePaperCount type, CloseSecretVoting count, CountElection countElection, AnnulBallotBox annul) : Screen
{
    public const int MostInList = 60;

    public BallotBox Box { get; private set; } = null!;

    public (int Members, long Votes, long OnPaper) TookPart { get; private set; }

    public IReadOnlyList<RollSeat> Pending { get; private set; } = [];

    public IReadOnlyList<PaperCount> Typed { get; private set; } = [];

    /// <summary>Of the votes cast so far: whoever closes now knows whether the result will have effect.</summary>
    public CompositionReport? Composition { get; private set; }

    public CompositionTemplate? Template { get; private set; }

    public bool IsSecretary => May(Role.Secretary);

    public bool MayVote => Box.State == BallotBoxState.Open && May(Role.Representative);

    /// <summary>The places where the two typings differ, in words.</summary>
    public IReadOnlyList<string> Differences => Typed.Count < 2 ? [] :
        [.. PaperTally.Differences(Typed[0].Tally, Typed[1].Tally).Select(i => i < Box.Paper.Options.Count ? BallotWords.Label(T, Box.Paper.Options[i])
            : T[i == Box.Paper.Options.Count ? "ballots.blank" : i == Box.Paper.Options.Count + 1 ? "ballots.null" : "ballots.paper.papers"])];

    BallotBoxId Id => BallotBoxId.From(RouteId("box"));

    public override async Task LoadAsync()
    {
        Box = await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), Id) ?? throw new NotFound("ballot-box", Id.Value);
        TookPart = await ballots.TookPartAsync(Id);
        Pending = Box.State == BallotBoxState.Open ? await ballots.PendingAsync(Box, Now) : [];
        if (Box.State == BallotBoxState.Open && IsSecretary && TookPart.Members > 0)
        {
            Composition = await ballots.CompositionAsync(Box);
            Template = (await db.LawAsync(await db.Assemblies.Where(a => a.Id == Box.AssemblyId).Select(a => a.EntityId).SingleAsync())).Template;
        }
        Typed = await db.PaperCounts.Where(p => p.BoxId == Id).OrderBy(p => p.Round).ToListAsync();
    }

    /// <summary>What was typed in a refused form. A first typing that was kept is not shown: the second is typed from the paper, not copied.</summary>
    public string? Again(int round, int place)
    {
        if (!Request.HasFormContentType || Request.Form["round"] != round.ToString(CultureInfo.InvariantCulture)) return null;
        return Request.Form[place switch { -1 => $"blank-{round}", -2 => $"null-{round}", -3 => $"papers-{round}", _ => $"n-{round}-{place}" }];
    }

    public Task<IActionResult> OnPostHandOutAsync(Guid[] members) => AsSecretaryAsync("#paper", () => handOut.ExecuteAsync(Id, [.. members.Select(MemberId.From)], Actor));

    public Task<IActionResult> OnPostTypeAsync(int round) => AsSecretaryAsync("#paper", async () =>
    {
        await LoadAsync();
        int Number(string name) => int.TryParse(Request.Form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : string.IsNullOrWhiteSpace(Request.Form[name]) ? 0 : throw new RuleBroken(BallotRules.PaperNegative);
        var options = Enumerable.Range(0, Box.Paper.Options.Count).Select(i => Number($"n-{round}-{i}")).ToList();
        await type.ExecuteAsync(Id, round, new PaperTally(options, Number($"blank-{round}"), Number($"null-{round}"), Number($"papers-{round}")), Actor);
    });

    public Task<IActionResult> OnPostCountAsync() => AsSecretaryAsync("/resultado", async () =>
    {
        await LoadAsync();
        if (Box.Subject == BallotSubject.Election) await countElection.ExecuteAsync(Id, Actor);
        else await count.ExecuteAsync(Id, Actor);
        Say("ballots.counted");
    });

    public Task<IActionResult> OnPostAnnulAsync(string? why) => AsSecretaryAsync("", () => annul.ExecuteAsync(Id, why ?? "", Actor));

    async Task<IActionResult> AsSecretaryAsync(string end, Func<Task> act)
    {
        if (!IsSecretary) return StatusCode(StatusCodes.Status403Forbidden);
        if (await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), Id) is not { } box) throw new NotFound("ballot-box", Id.Value);
        await act();
        return Redirect(BallotWords.Address(box, end));
    }
}
