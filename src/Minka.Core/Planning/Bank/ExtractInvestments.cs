using System.Security.Cryptography;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Observatory.Tables;

namespace Minka.Core.Planning.Bank;

/// <summary>Reads the ministry's file for some unique codes and keeps what it says of them as a table to be reviewed.</summary>
[UseCase]
public sealed class ExtractInvestments(StageProjects stage)
{
    /// <summary>What a person may send; the whole file of the ministry, compressed, is smaller.</summary>
    public const long MostBytes = 128L * 1024 * 1024;

    /// <param name="path">The file as sent, on disk: it is read as a stream.</param>
    public async Task<InvestmentExtract> ExecuteAsync(EntityId entity, string path, string name, IReadOnlyList<string> codes, Actor actor, CancellationToken cancel = default)
    {
        if (codes.Count > InvestmentFile.MostCodes) throw new RuleBroken(PlanningRules.TooManyCodes, InvestmentFile.MostCodes);
        InvestmentExtract extract;
        try
        {
            extract = await Task.Run(() => InvestmentFile.Read(path, name, codes, cancel), cancel);
        }
        catch (TableFault fault)
        {
            return new(new([], [new(null, fault.Code, [.. fault.Args])]), codes, 0, []);
        }
        if (extract.Table.Lines.Count == 0) return extract with { Table = extract.Table with { Faults = [new(null, "codes-not-found", extract.RowsRead)] } };
        Digest digest;
        await using (var file = File.OpenRead(path)) digest = new(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)));
        await stage.KeepAsync(entity, extract.Table, digest, name, actor, cancel);
        return extract;
    }
}
