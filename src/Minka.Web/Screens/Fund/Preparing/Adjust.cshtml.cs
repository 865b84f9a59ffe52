using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Preparing;

/// <summary>The values of the pack that this call sets itself; an empty field leaves the pack's own.</summary>
[May(Role.Operator)]
public sealed class AdjustModel(AppDb db, EditCall edit) : CallScreen(db)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Values { get; set; } = [];

    [BindProperty]
    public string? Why { get; set; }

    public IReadOnlyList<AdjustableRule> Rules { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Version ??= Call.Version;
        Rules = AdjustableRules.Of(Papers.BasePack.Canonical);
        if (!HttpMethods.IsGet(Request.Method)) return;
        var set = Call.Adjustments.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        Values = Rules.Where(r => set.ContainsKey(r.Key)).ToDictionary(r => r.Key, r => (string?)AdjustedWords.Typed(r.Kind, set[r.Key]), StringComparer.Ordinal);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var adjustments = new List<RuleAdjustment>();
        foreach (var rule in Rules)
        {
            if (string.IsNullOrWhiteSpace(Values.GetValueOrDefault(rule.Key))) continue;
            try
            {
                var value = AdjustableRules.Parse(rule, Values[rule.Key]!);
                if (value != rule.Value) adjustments.Add(new(rule.Key, value));
            }
            catch (RuleBroken broken)
            {
                Fault($"Values[{rule.Key}]", "rule." + broken.Code, AdjustedWords.Label(rule, T), Values[rule.Key]);
            }
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await edit.ExecuteAsync(Call.Id, Version ?? 0, new CallChange(Adjustments: adjustments), Actor, Why, HttpContext.RequestAborted);
        Say("call.adjust.done", adjustments.Count);
        return LocalRedirect(Call.State == CallState.Published ? $"{Base}/reglas" : $"{Base}/gestion");
    }
}
