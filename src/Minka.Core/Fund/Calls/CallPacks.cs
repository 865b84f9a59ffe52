using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Fund.Calls;

static class CallPacks
{
    public static Task<RulePackReading> FindAsync(AppDb db, string id, string version, CancellationToken cancel)
    {
        _ = db;
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(BuiltInPacks.All.FirstOrDefault(r => r.Pack!.Id == id && r.Pack.Version == version) ?? throw new NotFound("rule pack", $"{id} {version}"));
    }
}
