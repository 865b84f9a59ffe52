using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Assemblies;

public static class AssemblyWords
{
    public static IReadOnlyList<Crumb> Trail(T t, CoordinationEntity entity, Assembly assembly, string? here = null)
    {
        List<Crumb> trail = [new(t["entities.list.title"], "/entidades"), new(entity.Name, $"/entidades/{entity.Slug}")];
        var name = t["entities.assembly.number", assembly.Number];
        if (here is null) trail.Add(new(name));
        else trail.AddRange([new(name, $"/asambleas/{assembly.Id.Value}"), new(here)]);
        return trail;
    }

    /// <summary>Where the act of a kind about a thing lies in the register.</summary>
    public static Task<long?> LeafOfAsync(AppDb db, string kind, Guid subject) =>
        db.Acts.Where(a => a.Kind == kind && a.SubjectId == subject).OrderByDescending(a => a.Index).Select(a => (long?)a.Index).FirstOrDefaultAsync();

    /// <summary>The same where a thing has several acts of the kind: the one at this instant.</summary>
    public static Task<long?> LeafAtAsync(AppDb db, string kind, Guid subject, DateTime at) =>
        db.Acts.Where(a => a.Kind == kind && a.SubjectId == subject && a.At == at).Select(a => (long?)a.Index).FirstOrDefaultAsync();
}

/// <summary>What the partial of an open voting shows.</summary>
public sealed record VotingPanel(SessionModel Page, Minka.Core.Entities.SessionMotion Voting);
