namespace Minka.Core.Territories;

/// <summary>The three levels of Peru's political division, from the widest.</summary>
public enum Level
{
    Department,
    Province,
    District,
}

/// <summary>A point on the globe, in degrees (EPSG:4326).</summary>
public readonly record struct GeoPoint(double Longitude, double Latitude);

/// <summary>A box in degrees.</summary>
public readonly record struct GeoBounds(double West, double South, double East, double North)
{
    public bool Contains(double latitude, double longitude) => latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}

/// <summary>A department, a province or a district of the country pack.</summary>
/// <param name="Code">INEI code: two, four or six digits; the first digits are the parent's code.</param>
public sealed record Territory(string Code, Level Level, string Name, string? ParentCode, GeoPoint? Point, long? Population)
{
    public string? Capital { get; init; }

    /// <summary>Code of the outline that stands for it on maps; null where there is none.</summary>
    public string? DrawnAs { get; init; }
}

public static class Levels
{
    /// <summary>How many digits an INEI code of this level has.</summary>
    public static int CodeLength(this Level level) => 2 * ((int)level + 1);

    /// <summary>The level that a code has by its length; null for any other text.</summary>
    public static Level? OfCode(string? code) =>
        code is { Length: 2 or 4 or 6 } && code.All(char.IsAsciiDigit) ? (Level)((code.Length / 2) - 1) : null;

    public static string? ParentCode(string code) => code.Length > 2 ? code[..^2] : null;
}
