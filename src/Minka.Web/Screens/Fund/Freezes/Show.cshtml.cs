using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Fund.Freezes;

/// <summary>Both freezes with their digests, what changed between them, and the canonical text that anybody can hash.</summary>
[Public]
public sealed class ShowModel(AppDb db) : CallScreen(db)
{
    public CallRules? Rules { get; private set; }

    /// <summary>Between freeze 1 and freeze 2; for the fund, between freeze 1 and the rules as they stand.</summary>
    public IReadOnlyList<Difference>? Differences { get; private set; }

    public string RightName { get; private set; } = "";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (one, two) = (Papers.Freeze(1), Papers.Freeze(2));
        if (one is null) return;
        Rules = CallRules.Of(two ?? one);
        var right = two?.Rules ?? (IsOfFund && Papers.PackReading.Pack is not null ? Papers.Rules() : null);
        if (right is null) return;
        RightName = T[two is null ? "call.diff.working" : "call.freeze.2"];
        Differences = [.. RulesDiff.Between(one.Rules, right).Select(d => new Difference(CallWords.Label(d, T), d.Before, d.After))];
    }

    public async Task<IActionResult> OnGetTextoAsync(int ronda, int numero)
    {
        await base.LoadAsync();
        var freeze = Papers.Freezes.FirstOrDefault(f => f.Round == ronda && f.Number == numero) ?? throw new NotFound("freeze", numero);
        return File(Encoding.UTF8.GetBytes(freeze.Rules), "application/json; charset=utf-8", $"{Call.Slug}-{ronda}-{numero}.json");
    }

    public string AdjustedLabel(RuleAdjustment adjustment) => AdjustedWords.Label(Described(adjustment), T);

    public string AdjustedValue(RuleAdjustment adjustment) => AdjustedWords.Value(Described(adjustment).Kind, adjustment.Value);

    AdjustableRule Described(RuleAdjustment adjustment) => AdjustableRules.Of(Papers.BasePack.Canonical).First(r => r.Key == adjustment.Key);
}
