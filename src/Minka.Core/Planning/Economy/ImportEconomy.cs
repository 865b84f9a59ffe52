using System.Text;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Economy;

/// <summary>Puts a table of employment or production into the diagnosis. One problem anywhere and nothing is changed.</summary>
[UseCase]
public sealed class ImportEconomy(AppDb db, Writer writer, Gazetteer gazetteer)
{
    public async Task<EconomyReading> ExecuteAsync(EntityId entity, StrategyId id, byte[] file, EconomyInput input, Actor actor, CancellationToken cancel = default)
    {
        var provinces = new List<Territory>();
        foreach (var code in (await db.CoordinationEntities.FindAsync([entity], cancel))?.ProvinceCodes ?? [])
        {
            if (await gazetteer.FindAsync(code, cancel) is { } province) provinces.Add(province);
        }
        var reading = EconomyReader.Read(file, input, provinces);
        if (reading.Table is not { } table) return reading;
        await writer.ActAsync("strategy.import-economy", actor, work => work.SavePartAsync(entity, id, EconomyTable.Key, Encoding.UTF8.GetString(CanonicalJson.Bytes(table)), cancel), new ActNote("strategy", id.Value), cancel);
        return reading;
    }

    public Task RemoveAsync(EntityId entity, StrategyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.remove-economy", actor, work => work.RemovePartAsync(entity, id, EconomyTable.Key, cancel), new ActNote("strategy", id.Value), cancel);
}
