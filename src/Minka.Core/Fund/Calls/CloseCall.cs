using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Records the close that time has made.</summary>
[UseCase]
public sealed class CloseCall(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.close", actor, async work =>
        {
            var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
            call.CloseSubmissions(work.Now);
            work.Happened(new SubmissionsClosed(id, call.Dates.Close.ClosesAt));
        }, new ActNote("call", id.Value), cancel);
}
