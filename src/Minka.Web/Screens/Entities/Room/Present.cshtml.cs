using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Room;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Room;

/// <summary>A representative says "here" from a telephone, with the code of the room's screen where it is asked.</summary>
[May(Role.Representative)]
public sealed class PresentModel(AppDb db, ArriveBySelf arrive) : Screen
{
    [BindProperty]
    public string? Code { get; set; }

    public Assembly Assembly { get; private set; } = null!;

    public bool AsksCode { get; private set; }

    public IReadOnlyList<RollSeat> Here { get; private set; } = [];

    public IReadOnlyList<RollSeat> Absent { get; private set; } = [];

    /// <summary>The secret voting that is open, if any.</summary>
    public Guid? Box { get; private set; }

    public bool IsVoting { get; private set; }

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        var (person, attendances) = (Person!.Id, db.Attendances);
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        AsksCode = !await db.RoomDoors.AnyAsync(d => d.AssemblyId == id && d.IsOpen && !d.AsksCode);
        var seats = new List<(RollSeat Seat, bool Here)>();
        foreach (var (seat, member) in await OwnSeats.FindAsync(db, id, person, Today))
            seats.Add((seat, await attendances.AnyAsync(a => a.AssemblyId == id && a.MemberId == member.Id && a.LeftAt == null)));
        Here = [.. seats.Where(s => s.Here).Select(s => s.Seat)];
        Absent = [.. seats.Where(s => !s.Here).Select(s => s.Seat)];
        IsVoting = Here.Count > 0 && await db.Motions.AnyAsync(m => m.AssemblyId == id && m.State == MotionState.Voting);
        Box = Here.Count == 0 ? null : await db.BallotBoxes.Where(b => b.AssemblyId == id && b.State == BallotBoxState.Open).Select(b => (BallotBoxId?)b.Id).FirstOrDefaultAsync() is { } box ? box.Value : null;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        foreach (var seat in Absent) await arrive.ExecuteAsync(Assembly.Id, seat.MemberId, Code, new Actor(Person!.Id, Role.Representative.Word()));
        return Redirect($"/asambleas/{Assembly.Id.Value}/presente");
    }
}
