using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>Reads what people typed, field by field, so that every fault is told at once and at its place.</summary>
public sealed class FormReader(ModelStateDictionary state, T t, string prefix = "")
{
    public bool IsClean => state.ErrorCount == 0;

    public string Text(string? value, string field, int longest = PlanningRules.LongestName)
    {
        if (string.IsNullOrWhiteSpace(value)) Fault(field, "planning.field.missing");
        return Optional(value, field, longest) ?? "";
    }

    public string? Optional(string? value, string field, int longest = PlanningRules.LongestName)
    {
        var text = value?.Trim();
        if (text?.Length > longest) Fault(field, "planning.field.long", longest);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public int Year(string? value, string field)
    {
        if (int.TryParse(value?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= PlanningRules.FirstYear and <= PlanningRules.LastYear) return year;
        Fault(field, string.IsNullOrWhiteSpace(value) ? "planning.field.missing" : "planning.field.year");
        return 0;
    }

    /// <summary>A whole number of people or things; empty is none.</summary>
    public int Count(string? value, string field)
    {
        var text = new string([.. (value ?? "").Where(c => !char.IsWhiteSpace(c))]);
        if (text.Length == 0) return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(field, "planning.field.number");
        return 0;
    }

    public Money Money(string? value, string field)
    {
        if (MoneyText.TryParse(value, out var amount, out var problem)) return amount;
        Fault(field, "planning." + problem);
        return Core.Kernel.Money.Zero;
    }

    public void Fault(string field, string key, params IReadOnlyList<object?> args) => state.AddModelError(prefix + field, t[key, args]);
}
