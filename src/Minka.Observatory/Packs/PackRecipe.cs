using System.Text.Json;
using System.Text.Json.Serialization;

namespace Minka.Observatory.Packs;

/// <summary>An original public file.</summary>
public sealed record RecipeSource
{
    /// <summary>Its name in the recipe.</summary>
    public required string Key { get; init; }

    /// <summary>Its file name.</summary>
    public required string File { get; init; }

    /// <summary>Owner and name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit.</summary>
    public required string Commit { get; init; }

    /// <summary>Path in the repository.</summary>
    public required string Path { get; init; }

    /// <summary>Licence by its short name.</summary>
    public required string Licence { get; init; }

    /// <summary>Line of copyright.</summary>
    public required string Copyright { get; init; }

    /// <summary>What is shown wherever its data are.</summary>
    public required string Attribution { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its length, where the recipe tells it.</summary>
    public long? Bytes { get; init; }
}

/// <summary>Which sources hold the list of districts and its indicators.</summary>
/// <param name="Districts">Key of the list of districts.</param>
/// <param name="Indicators">Key of the indicators by district.</param>
/// <param name="Year">Year of the list.</param>
public sealed record RecipeTerritories(string Districts, string Indicators, int Year);

/// <summary>The municipal budgets.</summary>
/// <param name="Source">Key of the source.</param>
/// <param name="Path">File of the pack.</param>
public sealed record RecipeBudget(string Source, string Path);

/// <summary>Outlines of one level.</summary>
public sealed record RecipeOutline
{
    /// <summary>Key of the source.</summary>
    public required string Source { get; init; }

    /// <summary>File of the pack.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the object in the topology.</summary>
    public required string Object { get; init; }

    /// <summary><c>department</c>, <c>province</c> or <c>district</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Property of the source that holds the code.</summary>
    public required string Code { get; init; }

    /// <summary>Property of the pack that holds the code.</summary>
    public required string Column { get; init; }

    /// <summary>Degrees between points that can be told apart.</summary>
    public required double Grid { get; init; }

    /// <summary>Square degrees of the smallest triangle that is kept.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Year of the outlines.</summary>
    public int? Year { get; init; }

    /// <summary>Codes of the source that have become others.</summary>
    public IReadOnlyDictionary<string, string> Recode { get; init; } = new Dictionary<string, string>();

    /// <summary>Districts whose polygon is told here, because their point is wrong in the source.</summary>
    public IReadOnlyDictionary<string, string> DrawnAs { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a country pack is made from original public files.</summary>
public sealed record PackRecipe
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Id of the pack.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the country.</summary>
    public required string Country { get; init; }

    /// <summary>Its language.</summary>
    public required string Language { get; init; }

    /// <summary>Where a source lies, with <c>{repository}</c>, <c>{commit}</c> and <c>{path}</c>.</summary>
    public required string Address { get; init; }

    /// <summary>The original files.</summary>
    public required IReadOnlyList<RecipeSource> Sources { get; init; }

    /// <summary>The territories.</summary>
    public required RecipeTerritories Territories { get; init; }

    /// <summary>The budgets.</summary>
    public required RecipeBudget Budget { get; init; }

    /// <summary>The outlines.</summary>
    public required IReadOnlyList<RecipeOutline> Outlines { get; init; }

    /// <summary>What a pack from these sources does not hold, in the language of the pack.</summary>
    public IReadOnlyList<string> NotBuilt { get; init; } = [];

    /// <summary>Ids of the recipes that come with Minka.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. typeof(PackRecipe).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("recipe/", StringComparison.Ordinal)).Select(n => n["recipe/".Length..]).Order(StringComparer.Ordinal)];

    /// <summary>A recipe that comes with Minka.</summary>
    /// <param name="id">Its id.</param>
    /// <returns><see langword="null"/> for none of that id.</returns>
    public static PackRecipe? Find(string id)
    {
        using var stream = typeof(PackRecipe).Assembly.GetManifestResourceStream("recipe/" + id);
        return stream is null ? null : JsonSerializer.Deserialize<PackRecipe>(stream, Json);
    }

    /// <summary>Reads a recipe.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="JsonException">It is no recipe.</exception>
    public static PackRecipe Parse(string json) => JsonSerializer.Deserialize<PackRecipe>(json, Json) ?? throw new JsonException("Empty.");

    /// <summary>Where a source lies.</summary>
    /// <param name="source">The source.</param>
    /// <param name="mirror">Another place that holds the files by their names; <see langword="null"/> for the address of the recipe.</param>
    /// <exception cref="PackBuildFault">The other place is no address of the web.</exception>
    public Uri AddressOf(RecipeSource source, Uri? mirror)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (mirror is null)
            return new Uri(Address.Replace("{repository}", source.Repository, StringComparison.Ordinal).Replace("{commit}", source.Commit, StringComparison.Ordinal).Replace("{path}", string.Join('/', source.Path.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal));
        if (!IsMirror(mirror))
            throw new PackBuildFault("mirror-wrong", mirror.OriginalString);
        return new Uri(mirror.AbsoluteUri.TrimEnd('/') + "/" + Uri.EscapeDataString(source.File));
    }

    /// <summary>Whether files can be asked for at an address.</summary>
    /// <param name="mirror">The address.</param>
    public static bool IsMirror(Uri? mirror) => mirror is { IsAbsoluteUri: true, Query.Length: 0 } && (mirror.Scheme == Uri.UriSchemeHttps || mirror.Scheme == Uri.UriSchemeHttp);

    internal RecipeSource Source(string key) => Sources.FirstOrDefault(s => s.Key == key) ?? throw new PackBuildFault("recipe-source", key);
}
