using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Web.Access;
using Minka.Web.Screens.Fund;

namespace Minka.Web.Screens.Awards.Deserted;

/// <summary>Whether a call is deserted, by count; and the act that declares it.</summary>
[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class DeclareModel(AppDb db, DeclareDeserted declare) : CallScreen(db)
{
    public int Received { get; private set; }

    public int Eligible { get; private set; }

    public Money Returns { get; private set; }

    public bool InTime => Call.Table.May(Call.State, "declare-deserted");

    public bool MayBeDeclared => InTime && Eligible == 0;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Call.Id;
        Received = await Db.Applications.CountAsync(a => a.CallId == id && a.LastSubmissionId != null);
        Eligible = InTime ? await Core.Awards.Deserted.EligibleAsync(Db, Call) : 0;
        Returns = (await LedgerBook.OfCallAsync(Db, id.Value)).Available;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsOperator) return StatusCode(StatusCodes.Status403Forbidden);
        await declare.ExecuteAsync(await FindIdAsync(), Actor, HttpContext.RequestAborted);
        Say("call.deserted.done");
        return LocalRedirect($"/convocatorias/{Route("call")}");
    }
}
