using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Versions;

/// <summary>What differs between two versions, or between a version and what is being written.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class CompareModel(AppDb db, Gazetteer gazetteer) : ProgrammeScreen(db)
{
    [BindProperty(SupportsGet = true, Name = "de")]
    public string? From { get; set; }

    /// <summary>Left out: what is being written.</summary>
    [BindProperty(SupportsGet = true, Name = "a")]
    public string? To { get; set; }

    public string Left { get; private set; } = "";

    public string Right { get; private set; } = "";

    public IReadOnlyList<Difference> Lines { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var left = await Db.VersionAsync(Programme.Id, Number(From));
        var right = string.IsNullOrEmpty(To) ? null : await Db.VersionAsync(Programme.Id, Number(To));
        (Left, Right) = (T["planning.version.number", left.Number], right is null ? T["planning.compare.now"] : T["planning.version.number", right.Number]);
        var (before, after) = (left.ReadContent(), right?.ReadContent() ?? await Db.ProgrammeContentAsync(Programme));
        var names = await ProgrammeView.NamesAsync(before.PlaceCodes().Union(after.PlaceCodes()), gazetteer);
        Lines = [.. Differences(before, after, names).Where(d => d.Left != d.Right)];

        static int Number(string? text) => int.TryParse(text, out var number) ? number : 0;
    }

    IEnumerable<Difference> Differences(ProgrammeContent a, ProgrammeContent b, IReadOnlyDictionary<string, string> names)
    {
        yield return new(T["planning.programme.field.title"], a.Title, b.Title);
        yield return new(T["planning.programme.field.objective"], a.Objective, b.Objective);
        yield return new(T["planning.programme.field.strategy"], StrategyOf(a), StrategyOf(b));
        var (left, right) = (Core.Planning.FundingTable.Of(a), Core.Planning.FundingTable.Of(b));
        yield return new(T["planning.cost"], Format.Money(left.Total), Format.Money(right.Total));
        foreach (var source in FundingSources.All) yield return new(T.Of(source), Format.Money(left.OfSource(source)), Format.Money(right.OfSource(source)));
        foreach (var id in a.Projects.Concat(b.Projects).Select(p => p.Id).Distinct())
        {
            var (before, after) = (a.Projects.FirstOrDefault(p => p.Id == id), b.Projects.FirstOrDefault(p => p.Id == id));
            if (before is null || after is null)
            {
                yield return new(T["planning.project"], Whole(before), Whole(after));
                continue;
            }
            foreach (var line in Of(before, after, names)) yield return line with { Label = $"{after.Code} · {line.Label}" };
        }

        string Whole(ProjectContent? p) => p is null ? T["planning.compare.absent"] : $"{p.Code} {p.Title}, {Format.Money(p.PlannedCost)}";
        static string StrategyOf(ProgrammeContent c) => $"{c.Strategy.Title} ({string.Join(", ", c.Strategy.Axes.Select(x => $"{x.Code} {x.Name}"))})";
    }

    IEnumerable<Difference> Of(ProjectContent a, ProjectContent b, IReadOnlyDictionary<string, string> names)
    {
        yield return new(T["planning.code"], a.Code, b.Code);
        yield return new(T["planning.project.field.title"], a.Title, b.Title);
        yield return new(T["planning.project.field.problem"], a.Problem, b.Problem);
        yield return new(T["planning.project.field.objective"], a.Objective, b.Objective);
        yield return new(T["planning.axis"], a.Axis ?? T["planning.off-axis"], b.Axis ?? T["planning.off-axis"]);
        yield return new(T["planning.project.field.chain"], a.Chain ?? "", b.Chain ?? "");
        yield return new(T["planning.project.field.conglomerate"], a.Conglomerate ?? "", b.Conglomerate ?? "");
        yield return new(T["planning.places"], PlacesOf(a), PlacesOf(b));
        yield return new(T["planning.beneficiaries"], T["planning.beneficiaries.of", a.BeneficiaryWomen, a.BeneficiaryMen], T["planning.beneficiaries.of", b.BeneficiaryWomen, b.BeneficiaryMen]);
        yield return new(T["planning.project.field.organisations"], string.Join(", ", a.Organisations), string.Join(", ", b.Organisations));
        yield return new(T["planning.project.field.after"], string.Join(", ", a.After), string.Join(", ", b.After));
        yield return new(T["planning.cost"], Format.Money(a.PlannedCost), Format.Money(b.PlannedCost));
        for (var i = 0; i < Math.Max(a.Lines.Count, b.Lines.Count); i++)
            yield return new(T["planning.costs.line", i + 1], LineOf(a.Lines.ElementAtOrDefault(i)), LineOf(b.Lines.ElementAtOrDefault(i)));

        string PlacesOf(ProjectContent p) => string.Join(", ", p.Places.Select(x => names[x]));
        string LineOf(CostLineContent? line) => line is null ? ""
            : string.Join(", ", new[] { line.Concept, line.Component, T.Of(line.Source), $"{line.Year}", Format.Money(line.Amount) }.OfType<string>());
    }
}
