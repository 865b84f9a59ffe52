using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Register;

namespace Minka.Web.Screens.Fund.Calls;

public sealed record DeskTask(string Key, string Href, bool Done, string Hint);

/// <summary>The desk of a call: where it is, what its next act needs, and the act.</summary>
[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class DeskModel(AppDb db, PublishCall publish, IntegrateRules integrate, OpenCall open, CloseCall close) : CallScreen(db)
{
    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public IReadOnlyList<DeskTask> Tasks { get; private set; } = [];

    /// <summary>The next act that this desk can make; null where it belongs to a later page.</summary>
    public string? Act { get; private set; }

    public IReadOnlyList<Reason> Reasons { get; private set; } = [];

    public IReadOnlyList<Way> Ways { get; private set; } = [];

    public IReadOnlyList<ActLine> Acts { get; private set; } = [];

    public CallBalance Balance { get; private set; } = new(default, default, default, default);

    public bool MayAnnul => May(Role.Board) && Call.Table.May(Call.State, "annul");

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Steps = CallWords.Steps(Call, T);
        (Act, Reasons) = Call.State switch
        {
            CallState.Draft => ("publicar", await CallReadiness.ForPublishAsync(Db, Papers, Now)),
            CallState.Published => ("integrar", await CallReadiness.ForIntegrateAsync(Db, Papers, Now)),
            CallState.Integrated => ("abrir", await CallReadiness.ForOpenAsync(Db, Papers, Now)),
            CallState.Open => ("cerrar", CallReadiness.ForClose(Call, Now)),
            _ => ((string?)null, (IReadOnlyList<Reason>)[]),
        };
        Tasks = [.. TasksOf()];
        Ways = IsOperator || (May(Role.Board) && Call.State == CallState.Closed) ? [.. DeskWays.All.Where(w => w.From <= Call.State && Call.State <= w.To && Exists(w)).Select(w => new Way(w.Key, Base + w.Path, false))] : [];
        if (IsOperator && await Deserted.MayBeDeclaredAsync(Db, Call, HttpContext.RequestAborted)) Ways = [.. Ways, new Way("call.way.deserted", $"{Base}/desierta", false)];
        Balance = await LedgerBook.OfCallAsync(Db, Call.Id.Value);
        var id = Call.Id.Value;
        var acts = await Db.Acts.Where(a => a.SubjectKind == "call" && a.SubjectId == id).OrderByDescending(a => a.Index).Take(30).ToListAsync(HttpContext.RequestAborted);
        Acts = [.. acts.Select(a => new ActLine(a.At, ActWords.Role(T, a.Role), Texts.Has("act." + a.Kind) ? T["act." + a.Kind] : a.Kind, a.Why ?? "", null, a.Index, $"/registro/{a.Index}"))];
    }

    public Task<IActionResult> OnPostPublicarAsync() => DoAsync(id => publish.ExecuteAsync(id, Actor, HttpContext.RequestAborted), "call.desk.publicar.done");

    public Task<IActionResult> OnPostIntegrarAsync() => DoAsync(id => integrate.ExecuteAsync(id, Actor, HttpContext.RequestAborted), "call.desk.integrar.done");

    public Task<IActionResult> OnPostAbrirAsync() => DoAsync(id => open.ExecuteAsync(id, Actor, HttpContext.RequestAborted), "call.desk.abrir.done");

    public Task<IActionResult> OnPostCerrarAsync() => DoAsync(id => close.ExecuteAsync(id, Actor, HttpContext.RequestAborted), "call.desk.cerrar.done");

    async Task<IActionResult> DoAsync(Func<CallId, Task> act, string said)
    {
        if (!IsOperator) return StatusCode(StatusCodes.Status403Forbidden);
        await act(await FindIdAsync());
        Say(said);
        return LocalRedirect($"/convocatorias/{Route("call")}/gestion");
    }

    bool Exists(DeskWay way) => HttpContext.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Any(e => e.RoutePattern.RawText?.TrimStart('/') == $"convocatorias/{{call}}{way.Path}");

    IEnumerable<DeskTask> TasksOf()
    {
        var place = $"{Base}/preparar";
        yield return new("call.edit.title", $"{place}/datos", Call.Budget.IsPositive && Call.ProvinceCodes.Count > 0, T["call.task.data", Call.Budget, Call.ProvinceCodes.Count]);
        var known = Papers.Needs.Count(n => Call.ProvinceCodes.Contains(n.ProvinceCode));
        yield return new("call.needs.title", $"{place}/territorios", known == Call.ProvinceCodes.Count && known > 0, T["call.task.needs", known, Call.ProvinceCodes.Count]);
        yield return new("call.leagues.preview", $"{place}/ligas", CallReadiness.OfRules(Papers).AllMet(), T.Count(Papers.Leagues.Count, "call.task.leagues.one", "call.task.leagues.many"));
        yield return new("call.adjust.title", $"{place}/reglas", Papers.PackReading.Pack is not null, T.Count(Call.Adjustments.Count, "call.task.adjustments.one", "call.task.adjustments.many"));
        if (Call.State == CallState.Draft)
            yield return new("call.calendar.set", $"{place}/calendario", !Call.Calendar.IsEmpty, Call.Calendar.IsEmpty ? "" : T["call.task.calendar", Call.Calendar.Stages[0].On, Call.Dates.Close]);
        else
            yield return new("call.questions.title", $"{Base}/preguntas", Papers.Questions.Unanswered == 0, T.Count(Papers.Questions.Unanswered, "call.task.questions.one", "call.task.questions.many"));
    }
}
