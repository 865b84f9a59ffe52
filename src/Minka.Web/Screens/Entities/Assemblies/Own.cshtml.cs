using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Assemblies;

/// <summary>A representative, or the alternate who came instead, votes from a telephone. It reads the own seats, not the room.</summary>
[May(Role.Representative)]
public sealed class OwnModel(AppDb db, OwnVotesQuery votes, CastVote cast) : Screen
{
    public Assembly Assembly { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<OwnVoting> Votings { get; private set; } = [];

    /// <summary>The secret voting that is open, if any.</summary>
    public Guid? Box { get; private set; }

    public WrittenProcedure? Written { get; private set; }

    AssemblyId Id => AssemblyId.From(RouteId("assembly"));

    public override async Task LoadAsync()
    {
        var id = Id;
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        Written = await db.WrittenProcedures.SingleOrDefaultAsync(w => w.AssemblyId == id);
        Votings = Assembly.State == AssemblyState.InSession ? await votes.FindAsync(Assembly, Person!.Id, Now) : [];
        Box = await db.Set<Core.Entities.Ballots.BallotBox>().Where(b => b.AssemblyId == id && b.State == Core.Entities.Ballots.BallotBoxState.Open).Select(b => (Guid?)b.Id.Value).FirstOrDefaultAsync();
    }

    public async Task<IActionResult> OnPostAsync(Guid motion, Guid member, string? choice)
    {
        // A motion of another assembly is not found here: the role counts in this one's entity only.
        var (id, motionId) = (Id, MotionId.From(motion));
        if (!await db.Motions.AnyAsync(m => m.Id == motionId && m.AssemblyId == id)) throw new NotFound("motion", motion);
        if (!Enum.TryParse<Choice>(choice, out var chosen) || !Enum.IsDefined(chosen)) throw new RuleBroken(Core.Entities.Ballots.BallotRules.NothingChosen);
        await cast.ExecuteAsync(motionId, MemberId.From(member), chosen, new Actor(Person!.Id, Role.Representative.Word()));
        Say("entities.session.voted");
        return Redirect($"/asambleas/{id.Value}/mi-voto");
    }
}
