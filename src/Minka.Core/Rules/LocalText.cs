namespace Minka.Core.Rules;

/// <summary>A text in each language of the platform.</summary>
public sealed record LocalText(string Es, string En)
{
    /// <summary>The text for a culture name such as "es-PE"; Spanish where the language is not known.</summary>
    public string In(string culture) => culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Es;
}
