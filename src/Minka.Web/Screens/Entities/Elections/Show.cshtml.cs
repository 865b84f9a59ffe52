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

namespace Minka.Web.Screens.Entities.Elections;

/// <summary>An election for everybody: rule, commitment, result with the reason of each candidate. Persons' names are for the entity's own people.</summary>
[Public]
public sealed class ShowModel(AppDb db, OpenElection open, DrawElection draw) : Screen
{
    public OrganElection Election { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<BallotBox> Boxes { get; private set; } = [];

    readonly Dictionary<string, Candidate> candidates = [];

    public bool IsSecretary => May(Role.Secretary);

    AssemblyId AssemblyId => AssemblyId.From(RouteId("assembly"));

    OrganElectionId Id => OrganElectionId.From(RouteId("election"));

    public override async Task LoadAsync()
    {
        Election = await db.OrganElections.SingleOrDefaultAsync(e => e.Id == Id && e.AssemblyId == AssemblyId) ?? throw new NotFound("election", Id.Value);
        Entity = await (from a in db.Assemblies where a.Id == AssemblyId join e in db.CoordinationEntities on a.EntityId equals e.Id select e).SingleAsync();
        Boxes = await db.BallotBoxes.Where(b => b.Subject == BallotSubject.Election && b.SubjectId == Id.Value).OrderBy(b => b.OpenedAt).ToListAsync();
        foreach (var candidate in Election.Candidates) candidates[candidate.Id] = candidate;
        foreach (var option in Boxes.SelectMany(b => b.Paper.Options)) candidates.TryAdd(option.Id, new Candidate(option.Id, option.Label, option.Hint, false, default));
    }

    public string NameOf(string id) => candidates.TryGetValue(id, out var c) ? c.Person is { } person && May(Role.Secretary, Role.Representative, Role.Manager, Role.Auditor) ? $"{c.Label} ({person})" : c.Label : id;

    public async Task<IActionResult> OnPostOpenAsync()
    {
        if (!IsSecretary) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var box = await open.ExecuteAsync(Id, Actor);
        return Redirect($"/asambleas/{AssemblyId.Value}/votaciones/{box.Value}");
    }

    public async Task<IActionResult> OnPostDrawAsync(string? beacon)
    {
        if (!IsSecretary) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await draw.ExecuteAsync(Id, beacon ?? "", Actor);
        return Redirect($"/asambleas/{AssemblyId.Value}/elecciones/{Id.Value}");
    }
}
