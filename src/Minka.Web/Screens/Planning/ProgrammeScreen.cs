using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>A page about one programme of the route.</summary>
public abstract class ProgrammeScreen(AppDb db) : Screen
{
    public Programme Programme { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    protected AppDb Db => db;

    /// <summary>The page of the table of projects that <c>?pagina=</c> asks for.</summary>
    protected int PageAsked => int.TryParse(Request.Query["pagina"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    /// <summary>The rooms of a programme that is being written.</summary>
    public IReadOnlyList<Tab> Rooms(string here) =>
    [
        .. new[] { ("constructor", "planning.builder"), ("evaluacion", "appraisal.tab"), ("marco-logico", "logframe.tab"), ("aportes", "pledge.tab"), ("versiones", "planning.versions.title") }
            .Select(x => new Tab(T[x.Item2], $"{Address}/{x.Item1}", Current: x.Item1 == here)),
    ];

    /// <summary>The rooms of one of its projects, for who writes it.</summary>
    protected IReadOnlyList<Tab> RoomsOf(ProjectId project, string here) =>
    [
        .. new[] { ("", "planning.project.data"), ("costos", "planning.costs"), ("evaluacion", "appraisal.tab") }
            .Select(x => new Tab(T[x.Item2], $"{Address}/proyectos/{project.Value}/{x.Item1}".TrimEnd('/'), Current: x.Item1 == here)),
        new(T["planning.project.sheet"], $"/entidades/{Entity.Slug}/cartera/{project.Value}"),
    ];

    public string Address => $"/programas/{Programme.Slug}";

    public override async Task LoadAsync()
    {
        Programme = await db.ProgrammeAsync(Route("programme"));
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Programme.EntityId);
    }
}
