using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>What may be changed before freeze 2. Null leaves as it is.</summary>
public sealed record CallChange(
    string? Title = null, string? Purpose = null, Money? Budget = null, IReadOnlyCollection<string>? ProvinceCodes = null, IReadOnlyList<RuleAdjustment>? Adjustments = null);

[UseCase]
public sealed class EditCall(Writer writer)
{
    /// <param name="version">The version that the person saw.</param>
    public Task ExecuteAsync(CallId id, int version, CallChange change, Actor actor, string? why = null, CancellationToken cancel = default) =>
        writer.ActAsync("call.edit", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var call = file.Call;
            if (call.Version != version) throw new ChangedMeanwhile("call");
            if (change.Title is not null || change.Purpose is not null) call.Describe(change.Title ?? call.Title, change.Purpose ?? call.Purpose);
            if (change.Budget is { } budget) call.SetBudget(budget);
            if (change.ProvinceCodes is { } provinces) call.SetProvinces(provinces);
            if (change.Adjustments is { } adjustments)
            {
                var reading = AdjustableRules.Apply(file.BasePack, adjustments, call.Slug);
                if (reading.Faults.Count > 0) throw new RuleBroken(FundRules.AdjustmentRefused, string.Join("; ", reading.Faults.Take(3).Select(f => f.ToString())));
                call.SetAdjustments(adjustments);
            }
        }, new ActNote("call", id.Value, why), cancel);
}
