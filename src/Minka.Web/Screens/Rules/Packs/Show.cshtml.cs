using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules.Packs;

/// <summary>The values of one section that belong to one thing: a window, a tranche; or to the section itself.</summary>
public sealed record PackGroup(string? Owner, IReadOnlyList<PackValue> Values);

public sealed record PackSection(string Key, IReadOnlyList<PackGroup> Groups);

[Public]
public sealed class ShowModel(RulePacks packs) : Screen
{
    /// <summary>Sections in which each thing has one value, so that its name is the row.</summary>
    static readonly HashSet<string> RowPerOwner = ["clocks", "calendar"];

    public RulePackReading Reading { get; private set; } = null!;

    public RulePack Pack => Reading.Pack!;

    public PackWords Words { get; private set; } = null!;

    public IReadOnlyList<PackSection> Sections { get; private set; } = [];

    public IReadOnlyList<RulePackLine> Others { get; private set; } = [];

    public int Unknown { get; private set; }

    public bool MayAdd => Person?.Holds(Role.Operator) ?? false;

    public override async Task LoadAsync()
    {
        Reading = await packs.GetAsync(Route("pack"), RouteData.Values["version"] as string, HttpContext.RequestAborted);
        Words = new(T, Pack);
        var values = PackValues.Of(Pack);
        Unknown = values.Count(v => !v.IsKnown);
        Sections =
        [
            .. values.GroupBy(v => v.Section).Select(s => new PackSection(s.Key, RowPerOwner.Contains(s.Key)
                ? [new(null, [.. s])]
                : [.. s.GroupBy(Words.Owner).Select(g => new PackGroup(g.Key, [.. g]))])),
        ];
        Others = [.. (await packs.ListAsync(HttpContext.RequestAborted)).Where(l => l.Id == Pack.Id && l.Version != Pack.Version)];
    }

    /// <summary>The canonical text, so that anybody can compute the digest.</summary>
    public async Task<IActionResult> OnGetTextoAsync()
    {
        var reading = await packs.FindAsync(Route("pack"), RouteData.Values["version"] as string, HttpContext.RequestAborted) ?? throw new NotFound("rule pack", Route("pack"));
        return File(Encoding.UTF8.GetBytes(reading.Canonical), "application/json; charset=utf-8", $"{reading.Pack!.Id}-{reading.Pack.Version}.json");
    }

    /// <summary>What the first column says: the thing itself where each has one value, else the element.</summary>
    public string Label(PackValue value) =>
        RowPerOwner.Contains(value.Section) && value.Owner is not null ? Words.Text(value.Owner) : T[$"rules.field.{value.Element}"];

    public StageKind? StageOf(PackValue value) =>
        value.Path.Split('.') is ["calendar", "stages", var word, ..] && Enum.TryParse<StageKind>(word, ignoreCase: true, out var kind) ? kind : null;
}
