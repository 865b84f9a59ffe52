using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Economy;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>Location quotients and shift-share of an imported table; each figure with its formula and rows.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class EconomyModel(AppDb db, ImportEconomy import) : WritingScreen(db), IListed
{
    [BindProperty]
    public string? Measure { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    /// <summary>Places of the table that are the territory, separated by semicolons.</summary>
    [BindProperty]
    public string? Region { get; set; }

    [BindProperty]
    public string? Whole { get; set; }

    [BindProperty]
    public string? Threshold { get; set; }

    [BindProperty(SupportsGet = true, Name = "desde")]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "hasta")]
    public int? To { get; set; }

    /// <summary>Sector whose rows are shown.</summary>
    [BindProperty(SupportsGet = true, Name = "sector")]
    public string? Sector { get; set; }

    public EconomyTable? Table { get; private set; }

    public RegionalStudy? Study { get; private set; }

    public IReadOnlyList<SheetProblem> Problems { get; private set; } = [];

    public string Here => $"{Home}/economia";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Table = Parts.Economy;
        if (Table is null) return;
        Study = RegionalStudy.Of(Table, From, To, StrategyDocument.Sectors(await Db.ChainsAsync(Entity.Id)));
        if (HttpMethods.IsGet(Request.Method)) (Measure, Unit, Source, Region, Whole, Threshold) = (Table.Measure, Table.Unit, Table.Source, string.Join("; ", Table.Region), Table.Whole, Table.Threshold.Plain());
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var form = new FormReader(ModelState, T);
        var threshold = Quantity.Zero;
        if (!string.IsNullOrWhiteSpace(Threshold) && !QuantityText.TryParse(Threshold, out threshold, out var problem)) form.Fault(nameof(Threshold), problem, Threshold);
        var input = new EconomyInput
        {
            Measure = form.Text(Measure, nameof(Measure)),
            Unit = form.Text(Unit, nameof(Unit), 40),
            Source = form.Text(Source, nameof(Source)),
            Region = (Region ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Whole = form.Optional(Whole, nameof(Whole)),
            Threshold = threshold,
        };
        if (file is null) Fault("file", "planning.import.no-file");
        if (!ModelState.IsValid) return await AgainAsync();
        using var bytes = new MemoryStream();
        await file!.CopyToAsync(bytes, HttpContext.RequestAborted);
        var reading = await import.ExecuteAsync(Entity.Id, Strategy.Id, bytes.ToArray(), input, Actor, HttpContext.RequestAborted);
        Problems = reading.Problems;
        if (Problems.Count > 0) return await AgainAsync();
        Say("writing.economy.imported", reading.Table!.Rows.Count);
        return LocalRedirect(Here);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await import.RemoveAsync(Entity.Id, Strategy.Id, Actor);
        Say("writing.economy.removed");
        return LocalRedirect(Here);
    }

    /// <summary>An empty table with its headings, with the mark by which spreadsheets know UTF-8.</summary>
    public async Task<IActionResult> OnGetTemplateAsync()
    {
        await LoadAsync();
        return File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("sector;territorio;año;valor\r\n")], "text/csv", "sectores.csv");
    }

    public IReadOnlyList<EconomyRow> RowsOf(string sector) =>
        [.. Table!.Rows.Where(r => Core.Territories.Country.PlainText(r.Sector) == Core.Territories.Country.PlainText(sector) && (r.Year == Study!.From || r.Year == Study.To)).OrderBy(r => r.Place, StringComparer.Ordinal).ThenBy(r => r.Year)];

    public BarChart Quotients => new(T["economy.quotients"], T["economy.quotients-text"],
        [.. Study!.Sectors.Where(s => s.Quotient is not null).OrderByDescending(s => s.Quotient!.Value.Value).Take(20).Select(s => new Bar(s.Name, s.Quotient!.Value.Value / 10_000d, Ratio(s.Quotient), $"{Here}?sector={Uri.EscapeDataString(s.Name)}#filas", s.IsProposed ? Tone.Met : null))])
    { Reference = new(T["economy.limit", Ratio(new((int)(RegionalStudy.Limits.MinimumQuotient * 10_000)))], RegionalStudy.Limits.MinimumQuotient) };

    public ScatterChart? Field => Study is not { From: not null } study ? null
        : new(T["economy.field"], T["economy.field-text"], T["economy.column.quotient"], T["economy.column.own"],
            [.. study.Sectors.Where(s => s.Quotient is not null && s.Own is not null).Select(s => new Dot(s.Name, s.Quotient!.Value.Value / 10_000d, (double)s.Own!.Value.Value, Ratio(s.Quotient), $"{s.Own}", s.IsProposed ? Tone.Met : null))],
            RegionalStudy.Limits.MinimumQuotient, 0);

    public static string Ratio(Core.Kernel.BasisPoints? points) => points is { } p ? Format.Number(p.Value / 10_000m, 2) : "–";

    public static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "–";

    public TableFile ToFile() => new($"{Entity.Slug}-especializacion",
        [T["economy.column.sector"], T["economy.column.region"], T["economy.column.region-later"], T["economy.column.whole"], T["economy.column.whole-later"], T["economy.column.share"], T["economy.column.quotient"], T["economy.column.national"], T["economy.column.mix"], T["economy.column.own"], T["economy.column.proposed"]],
        (Study?.Sectors ?? []).Select(s => (IReadOnlyList<object?>)[s.Name, s.Region.Plain(), s.RegionLater.Plain(), s.Whole.Plain(), s.WholeLater.Plain(), s.Share, Ratio(s.Quotient), s.National?.Plain(), s.Mix?.Plain(), s.Own?.Plain(), s.IsProposed ? T["economy.proposed"] : ""]));
}
