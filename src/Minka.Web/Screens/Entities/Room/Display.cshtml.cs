using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Room;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Room;

/// <summary>The wall of the room: the code to type, who is there, how many voted. It asks again every second, without script, so that what it shows is at most two seconds old.</summary>
[May(Role.Secretary)]
public sealed class DisplayModel(RoomScreen room, OpenDoor door) : Screen
{
    public RoomState Room { get; private set; } = null!;

    public AssemblyId AssemblyId => AssemblyId.From(RouteId("assembly"));

    public string Scanned => $"{Request.Scheme}://{Address}";

    public string Address => $"{Request.Host}/asambleas/{AssemblyId.Value}/presente";

    public override async Task LoadAsync()
    {
        Room = await room.FindAsync(AssemblyId, Now) ?? throw new NotFound("assembly", AssemblyId.Value);
        if (Room.DoorOpen || Room.Voting is not null) Response.Headers["Refresh"] = "1";
    }

    public async Task<IActionResult> OnPostOpenAsync(bool asksCode)
    {
        await door.ExecuteAsync(AssemblyId, asksCode, Actor);
        return Redirect($"/asambleas/{AssemblyId.Value}/pantalla");
    }

    public async Task<IActionResult> OnPostShutAsync()
    {
        await door.ShutAsync(AssemblyId, Actor);
        return Redirect($"/asambleas/{AssemblyId.Value}/pantalla");
    }
}
