using System.Runtime.InteropServices;

namespace Minka.Observatory.Duck;

/// <summary>A pointer of DuckDB, freed once.</summary>
internal sealed class DuckHandle : SafeHandle
{
    private readonly Action<nint> _free;

    public DuckHandle(nint value, Action<nint> free)
        : base(0, ownsHandle: true)
    {
        _free = free;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _free(handle);
        return true;
    }
}
