using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Assemblies;

/// <summary>The room of an assembly: who is there, what is voted, what came of it. The secretary writes; representatives vote.</summary>
[May(Role.Secretary, Role.Representative, Role.Manager, Role.Auditor)]
public sealed class SessionModel(SessionQuery sessions, RecordAttendance attendance, OpenSession open, OpenVoting openVoting, CastVote cast, CloseVoting closeVoting, CloseSession close, CancelAssembly cancel) : Screen
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

    public SessionMotion? Voting => View.Voting;

    public IReadOnlyList<SessionSeat> Here => [.. View.Seats.Where(s => s.IsPresent)];

    public IReadOnlyList<SessionSeat> Absent => [.. View.Seats.Where(s => !s.IsPresent)];

    /// <summary>Present, in force, and without a vote on the open motion.</summary>
    public IReadOnlyList<SessionSeat> Pending => Voting is { } voting ? [.. Here.Where(s => s.MandateInForce && !voting.Votes.ContainsKey(s.Seat.MemberId))] : [];

    public IReadOnlyList<SessionSeat> OwnPending => [.. Pending.Where(s => s.RepresentativePersonId is { } id && id == Person!.Id)];

    AssemblyId Id => AssemblyId.From(RouteId("assembly"));

    public override async Task LoadAsync() => View = await sessions.FindAsync(Id, Now) ?? throw new NotFound("assembly", Id.Value);

    public Task<IActionResult> OnPostArriveAsync(Guid[] present) => AsSecretaryAsync("#roll", async () =>
    {
        if (present.Length == 0) throw new RuleBroken(EntitiesRules.NobodyChosen);
        await attendance.ArriveAsync(Id, [.. present.Select(MemberId.From)], Actor);
    });

    public Task<IActionResult> OnPostProxyAsync(Guid member, string? attendee) => AsSecretaryAsync("#roll", () =>
        string.IsNullOrWhiteSpace(attendee) ? throw new RuleBroken(EntitiesRules.AttendeeMissing) : attendance.ArriveAsync(Id, MemberId.From(member), attendee, Actor));

    public Task<IActionResult> OnPostLeaveAsync(Guid member) => AsSecretaryAsync("#roll", () => attendance.LeaveAsync(Id, MemberId.From(member), Actor));

    public Task<IActionResult> OnPostOpenAsync(AssemblyCall call) => AsSecretaryAsync("", () => open.ExecuteAsync(Id, call, Actor));

    public Task<IActionResult> OnPostOpenVotingAsync(Guid motion) => OnMotionAsync(motion, "#voting", id => openVoting.ExecuteAsync(id, Actor));

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
        Say(outcome.IsAdopted ? "entities.session.adopted" : "entities.session.rejected");
    });

    public Task<IActionResult> OnPostCloseAsync() => AsSecretaryAsync("", async () =>
    {
        await close.ExecuteAsync(Id, Actor);
        Say("entities.session.closed");
    });

    public Task<IActionResult> OnPostCancelAsync(string? why) => AsSecretaryAsync("", () => cancel.ExecuteAsync(Id, why ?? "", Actor));

    /// <summary>The vote of the member that this person represents.</summary>
    public async Task<IActionResult> OnPostOwnAsync(Guid motion, Guid member, Choice choice)
    {
        await LoadAsync();
        var id = MotionId.From(motion);
        if (View.Motions.All(m => m.Motion.Id != id)) throw new NotFound("motion", motion);
        await cast.ExecuteAsync(id, MemberId.From(member), choice, new Actor(Person!.Id, Role.Representative.Word()));
        Say("entities.session.voted");
        return Redirect(Address("#voting"));
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
