using System.Globalization;
using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund;

/// <summary>The values that a call may set itself, in words.</summary>
public static class AdjustedWords
{
    public static string Label(AdjustableRule rule, T texts) =>
        texts[$"call.adjust.{rule.Key.Split('.')[^1].ToLowerInvariant()}"] + (rule.Window is null ? "" : $" ({texts["call.adjust.window", rule.Window]})");

    /// <summary>A value as people read it.</summary>
    public static string Value(AdjustableKind kind, string? value) => value is null ? "–" : kind switch
    {
        AdjustableKind.Amount => Format.Money(RuleForms.Amount(value)),
        AdjustableKind.Percent => Format.Percent(int.Parse(value, CultureInfo.InvariantCulture)),
        _ => Format.Number(long.Parse(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>A value as people type it.</summary>
    public static string Typed(AdjustableKind kind, string? value) => value is null ? "" : kind switch
    {
        AdjustableKind.Amount => Format.Plain(RuleForms.Amount(value)),
        AdjustableKind.Percent => (int.Parse(value, CultureInfo.InvariantCulture) / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        _ => value,
    };
}
