using Minka.Observatory.Duck;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Web.Screens.Observatory.Data;

/// <summary>Why a file was not taken, as a text with its figures.</summary>
/// <param name="Key">Of the language files.</param>
public sealed record SpendFault(string Key, IReadOnlyList<object?> Args)
{
    /// <summary>Null of a fault of our own.</summary>
    public static SpendFault? Of(Exception e) => e switch
    {
        TableFault fault => new("spend-fault." + fault.Code, [.. fault.Args]),
        StoreFault fault => new("spend-store." + fault.Code, [.. fault.Args]),
        DuckMissing => new("observatory.no-library.text", []),
        DuckFault fault => new("spend-store.duck", [fault.Message]),
        InvalidDataException => new("spend-fault.broken", []),
        IOException or UnauthorizedAccessException => new("spend-fault.unreadable", [e.Message]),
        _ => null,
    };
}
