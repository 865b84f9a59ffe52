using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Logframes;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Logframes;

public sealed class IndicatorForm
{
    public string? Name { get; set; }
    public string? Baseline { get; set; }
    public string? Target { get; set; }
    public string? Year { get; set; }
    public string? Source { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Name}{Baseline}{Target}{Year}{Source}");
}

/// <summary>One row as typed.</summary>
public sealed class LogframeRowForm
{
    public string? Level { get; set; }
    public string? Summary { get; set; }
    public List<IndicatorForm> Indicators { get; set; } = [];
    public string? Means { get; set; }
    public string? Assumptions { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Summary}{Means}{Assumptions}") && Indicators.All(i => i.IsBlank);
}

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, SetLogframe set) : ProgrammeScreen(db)
{
    [BindProperty]
    public List<LogframeRowForm> Rows { get; set; } = [];

    /// <summary>The version that the form was made from; -1 before the first.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public IReadOnlyList<Choice> Levels => [.. Enum.GetValues<LogframeLevel>().Select(l => new Choice(l.ToString(), T.Of(l)))];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (HttpMethods.IsGet(Request.Method))
        {
            var stored = await Db.Logframes.SingleOrDefaultAsync(l => l.ProgrammeId == Programme.Id);
            Seen = stored?.Version ?? SetLogframe.None;
            Rows = stored is null
                ? [.. Enum.GetValues<LogframeLevel>().Select(l => new LogframeRowForm { Level = l.ToString(), Summary = l == LogframeLevel.Purpose ? Programme.Objective : null })]
                : [.. stored.Rows.Select(FormOf)];
        }
        // Always room for one indicator more.
        foreach (var row in Rows)
        {
            if ((row.Indicators.Count == 0 || !row.Indicators[^1].IsBlank) && row.Indicators.Count < Logframe.MostIndicators) row.Indicators.Add(new());
        }
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        await LoadAsync();
        if (go == "rows")
        {
            Rows.AddRange([new() { Level = nameof(LogframeLevel.Component), Indicators = [new()] }, new() { Level = nameof(LogframeLevel.Activity), Indicators = [new()] }]);
            return Page();
        }
        var reader = new FormReader(ModelState, T);
        List<LogframeRow> rows = [.. Rows.Index().Where(r => !r.Item.IsBlank).Select(r => Read(r.Item, r.Index, reader))];
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await set.ExecuteAsync(Programme.Id, rows, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            var stored = await Db.Logframes.AsNoTracking().SingleOrDefaultAsync(l => l.ProgrammeId == Programme.Id);
            Conflict = Differences.Of(rows, stored?.Rows ?? [], T);
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = stored?.Version ?? SetLogframe.None;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("logframe.saved");
        return Redirect($"{Address}/marco-logico");
    }

    static LogframeRow Read(LogframeRowForm row, int index, FormReader reader)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"Rows[{index}].");
        if (!Enum.TryParse<LogframeLevel>(row.Level, out var level) || !Enum.IsDefined(level)) reader.Fault(at + nameof(row.Level), "logframe.field.level");
        return new(level, reader.Text(row.Summary, at + nameof(row.Summary), PlanningRules.LongestText),
            [.. row.Indicators.Index().Where(i => !i.Item.IsBlank).Select(i =>
            {
                var of = string.Create(CultureInfo.InvariantCulture, $"{at}Indicators[{i.Index}].");
                return new LogframeIndicator(reader.Text(i.Item.Name, of + "Name"), reader.Optional(i.Item.Baseline, of + "Baseline", 60), reader.Optional(i.Item.Target, of + "Target", 60),
                    string.IsNullOrWhiteSpace(i.Item.Year) ? null : reader.Year(i.Item.Year, of + "Year"), reader.Optional(i.Item.Source, of + "Source"));
            })],
            reader.Optional(row.Means, at + nameof(row.Means), PlanningRules.LongestText), reader.Optional(row.Assumptions, at + nameof(row.Assumptions), PlanningRules.LongestText));
    }

    static LogframeRowForm FormOf(LogframeRow row) => new()
    {
        Level = row.Level.ToString(),
        Summary = row.Summary,
        Means = row.Means,
        Assumptions = row.Assumptions,
        Indicators = [.. row.Indicators.Select(i => new IndicatorForm { Name = i.Name, Baseline = i.Baseline, Target = i.Target, Year = i.Year is { } year ? year.ToString(CultureInfo.InvariantCulture) : null, Source = i.Source })],
    };
}
