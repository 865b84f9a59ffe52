namespace Minka.Core.Rules;

/// <summary>Codes of the rules that this context keeps.</summary>
public static class RulesRules
{
    public const string ValueUnknown = "rules.value-unknown";
    public const string PackUnknown = "rules.pack-unknown";
    public const string PackFaulty = "rules.pack-faulty";
    public const string VersionTaken = "rules.version-taken";
    public const string StageNotBuilt = "rules.stage-not-built";
    public const string NothingMissing = "rules.nothing-missing";
    public const string ValueMissing = "rules.value-missing";
}
