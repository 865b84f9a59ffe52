using Minka.Observatory.Packs;

namespace Minka.Web.Screens.Territories.Bringing;

/// <summary>Where an installation keeps the country that it brought: what lies there is used from the next start on, unless <c>--pack</c> names another.</summary>
public sealed class CountryPlace
{
    public CountryPlace(MinkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Data = Path.GetFullPath(options.Data);
        Folder = Path.Combine(Data, "pais");
        Sources = Path.Combine(Data, "pais-originales");
    }

    public string Data { get; }

    /// <summary>Of the pack.</summary>
    public string Folder { get; }

    /// <summary>Of the original files, fetched or put there by hand.</summary>
    public string Sources { get; }

    public string Manifest => Path.Combine(Folder, "manifest.json");

    /// <summary>Is there from the beginning of the work until its act is written.</summary>
    public string Marker => Path.Combine(Data, "pais.en-curso");

    /// <summary>The pack to start with; null for the one that comes with Minka.</summary>
    public static string? PackOf(MinkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Pack is { } named) return named;
        var place = new CountryPlace(options);
        PackBuilder.Recover(place.Folder);
        return File.Exists(place.Manifest) ? place.Folder : null;
    }
}
