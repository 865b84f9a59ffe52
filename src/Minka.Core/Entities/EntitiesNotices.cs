using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Tells representatives with an account that their assembly is convened.</summary>
sealed class ConvocationNotice : IEventHandler<AssemblyConvened>
{
    public async Task HandleAsync(AssemblyConvened happened, Work work)
    {
        var assembly = await work.Db.Assemblies.FindAsync(happened.AssemblyId);
        var people = await work.Db.Members.Where(m => m.EntityId == happened.EntityId && m.RepresentativePersonId != null).Select(m => m.RepresentativePersonId!.Value).Distinct().ToListAsync();
        if (assembly is null || people.Count == 0) return;
        await Outbox.NotifyAsync(work, people, "assembly-convened", [assembly.Title, assembly.FirstCallAt, assembly.Place], $"/asambleas/{assembly.Id.Value}");
    }
}
