using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>The districts that a project may name.</summary>
public sealed class Places
{
    public bool Knows(string code) => Ubigeo.TryNormalize(code, out var normal) && normal == code;

    public void MustKnow(IEnumerable<string> codes)
    {
        foreach (var code in codes.Where(c => !Knows(c))) throw new RuleBroken(PlanningRules.PlaceUnknown, code);
    }
}

public static class PlacesLoad
{
    public static Task<Places> PlacesAsync(this AppDb db, CancellationToken cancel = default) => Task.FromResult(new Places());
}
