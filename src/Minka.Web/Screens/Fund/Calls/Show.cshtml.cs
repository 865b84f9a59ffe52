using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Fund.Calls;

[Public]
public sealed class ShowModel(AppDb db, TerritoryMaps maps) : CallScreen(db)
{
    /// <summary>The rules as last frozen; a draft's as they stand.</summary>
    public CallRules? Rules { get; private set; }

    public Timeline? Timeline { get; private set; }

    public MapChart? Map { get; private set; }

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public IReadOnlyList<Annulment> Annulments { get; private set; } = [];

    public string NextKey { get; private set; } = "";

    public object NextWhen { get; private set; } = "";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Rules = (Papers.Freeze(2) ?? Papers.Freeze(1)) is { } freeze ? CallRules.Of(freeze) : Papers.PackReading.Pack is null ? null : CallRules.Of(Papers.Rules());
        Timeline = CallWords.Drawn(Call.Calendar, T, Today, Call.EndedAt is not null);
        Steps = CallWords.Steps(Call, T);
        Annulments = await Db.Annulments.Where(a => a.CallId == Call.Id).OrderBy(a => a.Number).ToListAsync(HttpContext.RequestAborted);
        Map = Rules is { } rules ? MapOf(rules) : null;
        (NextKey, NextWhen) = Next();
    }

    (string, object) Next() => Call.State switch
    {
        CallState.Draft => ("draft", ""),
        CallState.Published when Call.TakesQuestionsAt(Now) => ("questions", Call.Dates.QuestionsEnd),
        CallState.Published => ("integrating", Call.Calendar.On(StageKind.IntegratedRules)),
        CallState.Integrated => ("opening", Call.Dates.OpensAt),
        CallState.Open when Call.TakesApplicationsAt(Now) => ("open", Call.Dates.Close),
        CallState.Open or CallState.Closed => ("closed", Call.Calendar.On(StageKind.OpeningAct)),
        CallState.Opened or CallState.Screening => ("screening", Call.Calendar.Until(StageKind.Screening)),
        CallState.Evaluating => ("evaluating", Call.Calendar.Until(StageKind.Evaluation)),
        CallState.Ranked => ("ranked", Call.Calendar.On(StageKind.BoardDecision)),
        CallState.Approved => ("approved", ""),
        CallState.Awarded => ("awarded", ""),
        CallState.Deserted => ("deserted", ""),
        _ => ("annulled", ""),
    };

    MapChart? MapOf(CallRules rules)
    {
        if (rules.Territories.All(t => t.NeedBp is null)) return null;
        var departments = rules.ProvinceCodes.Select(c => c[..2]).Distinct().ToList();
        var shapes = departments.Count == 1 ? maps.OfParts(departments[0]) : maps.OfCountry(Level.Province);
        if (shapes is null) return null;
        var league = rules.Leagues.SelectMany(l => l.ProvinceCodes.Select(c => (c, l.Code))).ToDictionary(x => x.c, x => x.Code, StringComparer.Ordinal);
        return new(T["call.map.title"], T["call.map.description"], shapes,
            [.. rules.Territories.Select(t => new Area(t.Code, t.Name, t.NeedBp is { } need ? need.Value / 100m : null,
                t.NeedBp is { } said ? $"{Format.Percent(said)} · {T["call.leagues.code"]} {league.GetValueOrDefault(t.Code, "–")}" : "", $"/territorios/{t.Code}"))])
        {
            ValueHeading = T["call.map.value"],
        };
    }
}
