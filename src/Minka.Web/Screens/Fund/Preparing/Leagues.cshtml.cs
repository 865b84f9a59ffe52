using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund.Calls;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Preparing;

[May(Role.Operator)]
public sealed class LeaguesModel(AppDb db, DrawLeagues draw) : CallScreen(db)
{
    public IReadOnlyList<PlannedLeague> Plan { get; private set; } = [];

    public RuleBroken? Problem { get; private set; }

    public int MergeBelow => Papers.PackReading.Pack?.Leagues?.MergeBelow.Or(1) ?? 1;

    public bool IsStored => Papers.Leagues.Select(l => (l.Code, l.Envelope, string.Join(',', l.ProvinceCodes)))
        .SequenceEqual(Plan.Select(l => (l.Code, l.Envelope, string.Join(',', l.ProvinceCodes))));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        try
        {
            Plan = await DrawLeagues.PlanAsync(Db, Papers, Today, HttpContext.RequestAborted);
        }
        catch (RuleBroken broken)
        {
            Problem = broken;
        }
    }

    public string Names(IEnumerable<string> codes) => string.Join(" · ", codes.Select(c => Papers.Needs.FirstOrDefault(n => n.ProvinceCode == c)?.ProvinceName ?? c));

    public async Task<IActionResult> OnPostAsync()
    {
        await draw.ExecuteAsync(await FindIdAsync(), Actor, HttpContext.RequestAborted);
        Say("call.leagues.done");
        return LocalRedirect($"/convocatorias/{Route("call")}/preparar/calendario");
    }
}
