using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;

namespace Minka.Web.Screens.Territories.Bringing;

/// <summary>Why the country could not be brought, as a text with its figures, and what to do.</summary>
/// <param name="Key">Of the language files.</param>
/// <param name="Lines">Faults of the pack that was made.</param>
public sealed record CountryFault(string Key, IReadOnlyList<object?> Args, PackRemedy Remedy, IReadOnlyList<PackFault> Lines)
{
    /// <summary>Null of a fault of our own.</summary>
    public static CountryFault? Of(Exception e) => e switch
    {
        PackBuildFault fault => new("pack-fault." + fault.Code, fault.Args, fault.Remedy, []),
        PackRefused refused => new("pack.refused", [], PackRemedy.Tell, refused.Faults),
        IOException or UnauthorizedAccessException => new("country.fault.folder", [e.Message], PackRemedy.Room, []),
        _ => null,
    };
}
