using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Tells representatives and alternates with an account that their assembly is convened. The page of the convocation says whom paper must reach.</summary>
sealed class ConvocationNotice : IEventHandler<AssemblyConvened>
{
    public async Task HandleAsync(AssemblyConvened happened, Work work)
    {
        var assembly = await work.Db.Assemblies.FindAsync(happened.AssemblyId);
        var today = work.Today;
        var roll = work.Db.Members.Where(m => m.EntityId == happened.EntityId && m.MandateFrom <= today && today <= m.MandateTo);
        var representatives = await roll.Where(m => m.RepresentativePersonId != null).Select(m => m.RepresentativePersonId!.Value).ToListAsync();
        var alternates = await work.Db.Representations.Where(r => r.EntityId == happened.EntityId && r.IsAlternate && r.EndedAt == null && r.PersonId != null && roll.Any(m => m.Id == r.MemberId)).Select(r => r.PersonId!.Value).ToListAsync();
        IReadOnlyCollection<Guid> people = [.. representatives.Concat(alternates).Distinct()];
        if (assembly is null || people.Count == 0) return;
        await Outbox.NotifyAsync(work, people, "assembly-convened", [assembly.Title, assembly.FirstCallAt, assembly.Place], $"/asambleas/{assembly.Id.Value}");
    }
}
