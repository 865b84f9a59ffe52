namespace Minka.Core.Territories;

/// <summary>Codes of the rules of this context; their texts lie under <c>rule.CODE</c>.</summary>
public static class TerritoriesRules
{
    public const string CodeInvalid = "district.code-invalid";
    public const string CodeTaken = "district.code-taken";
    public const string ProvinceUnknown = "district.province-unknown";
    public const string NameMissing = "district.name-missing";
    public const string NameLong = "district.name-long";
    public const string PopulationInvalid = "district.population-invalid";
    public const string FunctionalName = "functional.name-missing";
    public const string FunctionalSource = "functional.source-missing";
    public const string FunctionalPlace = "functional.place-unknown";
    public const string FunctionalTooMany = "functional.too-many";
    public const string FunctionalTooFew = "functional.too-few";
}
