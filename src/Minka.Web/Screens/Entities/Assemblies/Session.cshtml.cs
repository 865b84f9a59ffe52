using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Assemblies;

/// <summary>The room of an assembly: who is there, what is voted, what came of it. The secretary writes; representatives vote.</summary>
[May(Role.Secretary, Role.Representative, Role.Manager, Role.Auditor)]
public sealed class SessionModel(SessionQuery sessions, RecordAttendance attendance, OpenSession open, OpenVoting openVoting, CastVote cast, CloseVoting closeVoting, CloseSession close, CancelAssembly cancel,
    GiveProxy proxies, SuspendSession suspend, AmendMotion amend, CountHands hands, RecordObjection objections, BallotQuery ballots, OpenSecretVoting openSecret, AppDb db) : Screen
{
    /// <summary>Rows of the roll call on one page: the next ones come when these are written.</summary>
    public const int MostAtOnce = 30;

    public const int MostInList = 60;

    [BindProperty(SupportsGet = true, Name = "presentes")]
    public string? Presentes { get; set; }

    public int HerePage => int.TryParse(Presentes, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, Math.Max(1, (Here.Count + MostInList - 1) / MostInList)) : 1;

    public SessionView View { get; private set; } = null!;

    public bool IsSecretary => May(Role.Secretary);

    public bool MayPropose => May(Role.Secretary, Role.Manager);

    /// <summary>Secret votings of this assembly, in order.</summary>
    public IReadOnlyList<BallotBox> Boxes { get; private set; } = [];

    /// <summary>Points that the convocation told.</summary>
    public IReadOnlyList<AgendaItem> Agenda { get; private set; } = [];

    public bool IsEarly => Now < View.Assembly.FirstCallAt;

    public IReadOnlyList<OrganElection> Elections { get; private set; } = [];

    public BallotBox? OpenBox => Boxes.FirstOrDefault(b => b.State == BallotBoxState.Open);

    /// <summary>The motions in open voting, in writing perhaps several; one in secret voting has a page of its own.</summary>
    public IReadOnlyList<SessionMotion> Votings => OpenBox is null ? View.Votings : [];

    public IReadOnlyList<SessionSeat> Here => [.. View.Seats.Where(s => s.IsPresent)];

    public IReadOnlyList<SessionSeat> Absent => [.. View.Seats.Where(s => !s.IsPresent)];

    /// <summary>Present, in force, without a conflict and without a vote on an open motion.</summary>
    public IReadOnlyList<SessionSeat> Pending(SessionMotion voting) => voting.Hands is not null ? [] : [.. Voters(voting)];

    /// <summary>Interest groups that may raise hands in an open voting, with how many: only while nobody's vote was written by name and all have one vote.</summary>
    public IReadOnlyList<(Sector Sector, string Group, int Count)> HandGroups(SessionMotion voting) => View.Written is null && voting.Votes.Count == 0 && Voters(voting).All(s => s.Seat.Votes == 1)
        ? [.. Voters(voting).GroupBy(s => (s.Seat.Sector, s.Seat.InterestGroup)).OrderBy(g => g.Key.Sector).ThenBy(g => g.Key.InterestGroup, StringComparer.Ordinal).Select(g => (g.Key.Sector, g.Key.InterestGroup, g.Count()))] : [];

    static bool MayStill(SessionMotion voting, SessionSeat seat) => seat.MayVote && seat.MandateInForce && !voting.Votes.ContainsKey(seat.Seat.MemberId) && !voting.Conflicted.Contains(seat.Seat.MemberId);

    IEnumerable<SessionSeat> Voters(SessionMotion voting) => View.Seats.Where(s => MayStill(voting, s));

    /// <summary>Organisations that stay out of an undecided motion, for who runs the room.</summary>
    public IReadOnlyList<string> StayOut(SessionMotion motion) => IsSecretary ? [.. View.Seats.Where(s => motion.Conflicted.Contains(s.Seat.MemberId) && (View.Written is not null || s.IsPresent)).Select(s => s.Seat.Organisation)] : [];

    /// <summary>Who voted what on a decided motion, a line a choice. Where somebody withdrew, for the secretariat and the auditor alone: the list would tell who.</summary>
    public IReadOnlyList<string> VotedBy(SessionMotion motion) => motion.Outcome is { Tally.Conflict: > 0 } && !IsSecretary && !May(Role.Auditor) ? []
        : [.. new[] { Choice.Yes, Choice.No, Choice.Abstain }
            .Select(c => (Choice: c, Who: View.Seats.Where(s => motion.Votes.TryGetValue(s.Seat.MemberId, out var choice) && choice == c).Select(s => s.Seat.Organisation).ToList()))
            .Where(c => c.Who.Count > 0).Select(c => T["minutes.voted-" + c.Choice.ToString().ToLowerInvariant(), [c.Who]])];

    /// <summary>What was typed in a form that came back, or the figure that was written before.</summary>
    public string Typed(string name, string? before = null) => Request.HasFormContentType && Request.Form.TryGetValue(name, out var typed) ? typed.ToString() : before ?? "";

    /// <summary>Whether the form of this motion came back.</summary>
    public bool CameBack(string handler, MotionId motion) => Request.HasFormContentType && Request.Query["handler"] == handler && Request.Form["motion"] == motion.Value.ToString();

    AssemblyId Id => AssemblyId.From(RouteId("assembly"));

    public override async Task LoadAsync()
    {
        View = await sessions.FindAsync(Id, Now) ?? throw new NotFound("assembly", Id.Value);
        Boxes = await ballots.OfAsync(Id);
        Agenda = await db.AgendaItems.Where(i => i.AssemblyId == Id).OrderBy(i => i.Order).ToListAsync();
        Elections = await db.OrganElections.Where(e => e.AssemblyId == Id).OrderBy(e => e.Organ).ToListAsync();
    }

    public Task<IActionResult> OnPostArriveAsync(Guid[] present) => AsSecretaryAsync("#roll", async () =>
    {
        if (present.Length == 0) throw new RuleBroken(EntitiesRules.NobodyChosen);
        await attendance.ArriveAsync(Id, [.. present.Select(MemberId.From)], Actor);
    });

    public Task<IActionResult> OnPostProxyAsync(Guid member, string? attendee) => AsSecretaryAsync("#roll", () =>
        string.IsNullOrWhiteSpace(attendee) ? throw new RuleBroken(EntitiesRules.AttendeeMissing) : attendance.ArriveAsync(Id, MemberId.From(member), attendee, Actor));

    public Task<IActionResult> OnPostAlternateAsync(Guid member) => AsSecretaryAsync("#roll", () => attendance.ArriveAlternateAsync(Id, MemberId.From(member), Actor));

    public Task<IActionResult> OnPostLeaveAsync(Guid member) => AsSecretaryAsync("#roll", () => attendance.LeaveAsync(Id, MemberId.From(member), Actor));

    public Task<IActionResult> OnPostGiveProxyAsync(Guid giver, Guid holder, string? document) =>
        AsSecretaryAsync("#proxies", () => proxies.ExecuteAsync(Id, MemberId.From(giver), MemberId.From(holder), document, Actor));

    public Task<IActionResult> OnPostRevokeProxyAsync(Guid giver) => AsSecretaryAsync("#proxies", () => proxies.RevokeAsync(Id, MemberId.From(giver), Actor));

    public Task<IActionResult> OnPostSuspendAsync(string? why, string? resumes) => AsSecretaryAsync("", async () =>
    {
        DateTime? at = null;
        if (!string.IsNullOrWhiteSpace(resumes)) at = TypedTime.TryInstant(resumes, out var told) ? told : throw new RuleBroken(EntitiesRules.TimeInvalid, resumes);
        await suspend.ExecuteAsync(Id, why ?? "", at, Actor);
    });

    public Task<IActionResult> OnPostResumeAsync() => AsSecretaryAsync("", () => suspend.ResumeAsync(Id, Actor));

    public Task<IActionResult> OnPostAmendAsync(Guid motion, string? text) => OnMotionAsync(motion, "#agenda", id => amend.ExecuteAsync(id, text ?? "", Actor));

    public Task<IActionResult> OnPostObjectAsync(Guid motion, Guid member, string? objection) => OnMotionAsync(motion, "#agenda", id => objections.ExecuteAsync(id, MemberId.From(member), objection ?? "", Actor));

    public Task<IActionResult> OnPostHandsAsync(Guid motion) => OnMotionAsync(motion, "#voting", id =>
    {
        int Figure(string group, string choice)
        {
            var typed = Request.Form[$"h-{group}-{choice}"].ToString().Trim();
            return typed.Length == 0 ? 0 : int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new RuleBroken(EntitiesRules.HandsNotANumber, typed);
        }
        return hands.ExecuteAsync(id, [.. HandGroups(View.Motions.First(m => m.Motion.Id == id)).Select(g => new HandCount(g.Sector, g.Group, Figure(g.Group, "yes"), Figure(g.Group, "no"), Figure(g.Group, "abstain")))], Actor);
    });

    public Task<IActionResult> OnPostOpenAsync(AssemblyCall call) => AsSecretaryAsync("", () => open.ExecuteAsync(Id, call, Actor));

    public Task<IActionResult> OnPostOpenVotingAsync(Guid motion) => OnMotionAsync(motion, "#voting", id => openVoting.ExecuteAsync(id, Actor));

    public Task<IActionResult> OnPostOpenSecretAsync(Guid motion) => OnMotionAsync(motion, "#secret", id => openSecret.ExecuteAsync(id, Actor));

    public Task<IActionResult> OnPostConflictAsync(Guid motion, Guid member) => OnMotionAsync(motion, "#agenda", id => cast.ExecuteAsync(id, MemberId.From(member), Choice.Conflict, Actor));

    public Task<IActionResult> OnPostVoteAsync(Guid motion) => OnMotionAsync(motion, "#voting", async id =>
    {
        var votes = new List<(MemberId, Choice)>();
        foreach (var (name, value) in Request.Form)
        {
            if (!name.StartsWith("v-", StringComparison.Ordinal)) continue;
            if (Guid.TryParse(name.AsSpan(2), out var member) && Enum.TryParse<Choice>(value, out var choice) && Enum.IsDefined(choice)) votes.Add((MemberId.From(member), choice));
        }
        if (votes.Count == 0) throw new RuleBroken(EntitiesRules.NobodyChosen);
        await cast.ExecuteAsync(id, votes, Actor);
    });

    public Task<IActionResult> OnPostCloseVotingAsync(Guid motion) => OnMotionAsync(motion, "#agenda", async id =>
    {
        var outcome = await closeVoting.ExecuteAsync(id, Actor);
        Say(outcome.IsAdopted ? "entities.session.adopted" : outcome.IsInvalid == true ? "entities.session.invalid" : "entities.session.rejected");
    });

    public Task<IActionResult> OnPostCloseAsync() => AsSecretaryAsync("", async () =>
    {
        await close.ExecuteAsync(Id, Actor);
        Say("entities.session.closed");
    });

    public Task<IActionResult> OnPostCancelAsync(string? why) => AsSecretaryAsync("", () => cancel.ExecuteAsync(Id, why ?? "", Actor));

    /// <summary>The vote of a member that this person speaks for: the form of this page as it was, and of pages that were loaded before.</summary>
    public async Task<IActionResult> OnPostOwnAsync(Guid motion, Guid member, Choice choice)
    {
        var (id, motionId) = (Id, MotionId.From(motion));
        if (!await db.Motions.AnyAsync(m => m.Id == motionId && m.AssemblyId == id)) throw new NotFound("motion", motion);
        await cast.ExecuteAsync(motionId, MemberId.From(member), choice, new Actor(Person!.Id, Role.Representative.Word()));
        Say("entities.session.voted");
        return Redirect($"/asambleas/{id.Value}/mi-voto");
    }

    // A motion of another assembly is not found here: the role counts in this one's entity only.
    Task<IActionResult> OnMotionAsync(Guid motion, string place, Func<MotionId, Task> act) => AsSecretaryAsync(place, async () =>
    {
        await LoadAsync();
        var id = MotionId.From(motion);
        if (View.Motions.All(m => m.Motion.Id != id)) throw new NotFound("motion", motion);
        await act(id);
    });

    async Task<IActionResult> AsSecretaryAsync(string place, Func<Task> act)
    {
        if (!IsSecretary) return StatusCode(StatusCodes.Status403Forbidden);
        await act();
        return Redirect(Address(place));
    }

    string Address(string place) => $"/asambleas/{Id.Value}{place}";
}
