using Minka.Core.Kernel;

namespace Minka.Core.Awards;

public readonly record struct RunId(Guid Value) : ITypedId<RunId>
{
    public static RunId From(Guid value) => new(value);
}
