using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Minutes;

/// <summary>From draft to publication: observations, approval, signature, publication.</summary>
[May(Role.Secretary)]
public sealed class PathModel(AppDb db, MoveMinutes move) : Screen
{
    public Assembly Assembly { get; private set; } = null!;

    public MinutesPath? Path { get; private set; }

    public MinutesState State => Path?.State ?? MinutesState.Drafted;

    public string? Tried { get; private set; }

    AssemblyId Id => AssemblyId.From(RouteId("assembly"));

    public override async Task LoadAsync()
    {
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == Id) ?? throw new NotFound("assembly", Id.Value);
        if (Assembly.Minutes is null) throw new NotFound("minutes", Id.Value);
        Path = await db.MinutesPaths.SingleOrDefaultAsync(p => p.AssemblyId == Id);
    }

    public string? Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : null;

    public Task<IActionResult> OnPostAmendAsync(string? by, string? about, string? text)
    {
        Tried = "amend";
        return DoneAsync("minutes.amended", () => move.AmendAsync(Id, by ?? "", about ?? "", text ?? "", Actor));
    }

    public Task<IActionResult> OnPostApproveAsync(string? who) => DoneAsync("minutes.approved-said", () => move.ApproveAsync(Id, who ?? "", Actor));

    public Task<IActionResult> OnPostPublishAsync() => DoneAsync("minutes.published-said", () => move.PublishAsync(Id, Actor));

    async Task<IActionResult> DoneAsync(string said, Func<Task> act)
    {
        await act();
        Say(said);
        return Redirect($"/asambleas/{Id.Value}/acta/tramite");
    }
}
