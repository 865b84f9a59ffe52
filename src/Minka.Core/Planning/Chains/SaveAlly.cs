using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Chains;

/// <summary>Adds, changes and removes organisations of the register.</summary>
[UseCase]
public sealed class SaveAlly(Writer writer)
{
    /// <inheritdoc cref="SaveChainItem.ExecuteAsync"/>
    public Task<string> ExecuteAsync(EntityId entity, string? code, AllyInput item, string? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ally.save", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            var rows = await work.Db.Allies.Where(a => a.EntityId == entity).ToListAsync(cancel);
            var (items, saved) = Allies.List.With([.. rows.Select(r => r.ToItem())], code, item, seen);
            var row = rows.FirstOrDefault(r => r.Code == saved);
            if (row is null)
            {
                row = new Ally { EntityId = entity, Code = saved };
                work.Db.Allies.Add(row);
            }
            row.Set((AllyInput)items.First(i => i.Code == saved));
            return saved;
        }, new ActNote("entity", entity.Value), cancel);

    public Task RemoveAsync(EntityId entity, string code, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ally.remove", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            work.Db.Allies.Remove(await work.Db.Allies.SingleOrDefaultAsync(a => a.EntityId == entity && a.Code == code, cancel) ?? throw new NotFound("ally", code));
        }, new ActNote("entity", entity.Value), cancel);
}
