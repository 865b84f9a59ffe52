using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Measures.Finance;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Appraisals;

/// <summary>The ex-ante evaluation of a programme: a row a project, the doubts that move it most, and what a simulation says.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ShowModel(AppDb db) : ProgrammeScreen(db), IListed
{
    public const int Size = 40;
    const int MostDoubts = 12;

    [BindProperty(SupportsGet = true, Name = "semilla")]
    public string? SeedTyped { get; set; }

    public long Seed { get; private set; } = ProgrammeAppraisal.FirstSeed;

    public ProgrammeAppraisal Whole { get; private set; } = null!;

    public SimulatedValue? Simulated { get; private set; }

    public Tornado? Doubts { get; private set; }

    public int Number { get; private set; }

    public bool MayEdit { get; private set; }

    public IEnumerable<AppraisedProject> Shown => Whole.Projects.Skip((Number - 1) * Size).Take(Size);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        if (long.TryParse(SeedTyped, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) Seed = seed;
        Whole = ProgrammeAppraisal.Of(await Db.ProgrammeContentAsync(Programme), await Db.AppraisalsAsync(Programme.Id));
        Number = PageOf(Whole.Projects.Count, Size);
        Simulated = Whole.Simulate(Seed);
        Doubts = Whole.Doubts.Count == 0 ? null : new(T["appraisal.tornado.title"], T["appraisal.tornado.text"], Whole.Net,
            [.. Whole.Doubts.Take(MostDoubts).Select(d => new Doubt($"{d.Project} · {T.Of(d.Part)} ({Format.Percent(d.Low)} – {Format.Percent(d.High)})", d.Bar.AtLow, d.Bar.AtHigh, d.Bar.SwitchAt is { } at ? Format.Percent((long)Math.Round(at * 10_000)) : "–"))]);
    }

    public TableFile ToFile() => new($"{Programme.Slug}-evaluacion",
        [T["planning.code"], T["planning.project"], T["appraisal.rate"], T["appraisal.npv"], T["appraisal.irr"], T["appraisal.ratio"], T["appraisal.annual"], T["appraisal.per-beneficiary"], T["appraisal.jobs"]],
        Whole.Projects.Select(p => (IReadOnlyList<object?>)[p.Project.Code, p.Project.Title, p.Figures?.Rate, Rounded(p.Figures?.Present.Net, 2), p.Figures is null ? null : AppraisalWords.Rate(T, p.Figures.Internal),
            Rounded(p.Figures?.Present.BenefitCostRatio, 4), Rounded(p.Figures?.AnnualCost, 2), Rounded(p.Figures?.Present.CostPerBeneficiary, 2), p.Figures?.Jobs]));

    static object? Rounded(double? value, int places) => value is { } v ? decimal.Round((decimal)v, places) : null;
}

/// <summary>How figures of an evaluation are written.</summary>
public static class AppraisalWords
{
    public static string Soles(double? value) => value is { } v ? Format.Money((long)Math.Round(v * 100)) : "–";

    /// <summary>For a large figure: rounded to thousands or millions.</summary>
    public static string Short(double? value) => value is { } v ? Format.MoneyShort((long)Math.Round(v * 100)) : "–";

    public static string Number(double? value, int places = 2) => value is { } v ? Format.Number(v, places) : "–";

    public static string Percent(double? share) => share is { } s ? Format.Percent((long)Math.Round(s * 10_000)) : "–";

    /// <summary>The one internal rate, or that there are several, or none.</summary>
    public static string Rate(T t, InternalRates rates) => rates.Case switch
    {
        InternalRateCase.Unique => Percent(rates.Rate),
        InternalRateCase.NotUnique => t["appraisal.irr.many", string.Join(", ", rates.All.Select(r => Percent(r)))],
        _ => t["appraisal.irr.none"],
    };
}
