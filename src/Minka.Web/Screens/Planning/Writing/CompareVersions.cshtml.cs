using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>What differs between two versions of a strategy, or between a version and what is being written.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class CompareVersionsModel(AppDb db) : WritingScreen(db)
{
    /// <summary>Left out: the last one.</summary>
    [BindProperty(SupportsGet = true, Name = "de")]
    public int? From { get; set; }

    /// <summary>Left out: what is being written.</summary>
    [BindProperty(SupportsGet = true, Name = "a")]
    public int? To { get; set; }

    public bool HasVersions { get; private set; }

    public string Left { get; private set; } = "";

    public string Right { get; private set; } = "";

    public IReadOnlyList<Difference> Lines { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var last = await Db.StrategyVersions.Where(v => v.StrategyId == Strategy.Id).MaxAsync(v => (int?)v.Number);
        if ((From ?? last) is not { } from) return;
        HasVersions = true;
        var (left, right) = (await VersionAsync(from), To is { } to ? await VersionAsync(to) : null);
        (Left, Right) = (T["planning.version.number", left.Number], right is null ? T["planning.compare.now"] : T["planning.version.number", right.Number]);
        var (before, after) = (StrategyLines.Of(left.ReadContent(), T), StrategyLines.Of(right?.ReadContent() ?? Draft, T));
        Lines = [.. before.Select(b => b.Label).Union(after.Select(a => a.Label)).Select(label => new Difference(label, TextOf(before, label), TextOf(after, label))).Where(d => d.Left != d.Right)];
    }

    string TextOf(IReadOnlyList<(string Label, string Text)> lines, string label) => lines.FirstOrDefault(l => l.Label == label).Text ?? T["planning.compare.absent"];

    async Task<StrategyVersion> VersionAsync(int number) =>
        await Db.StrategyVersions.SingleOrDefaultAsync(v => v.StrategyId == Strategy.Id && v.Number == number) ?? throw new NotFound("strategy-version", number);
}
