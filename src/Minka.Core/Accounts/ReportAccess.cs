using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

public sealed record AccessLine(DateTime At, string? User, string Name, string Kind, string Role);

/// <summary>Who entered, was refused, or was given or lost a role in the last half year.</summary>
[UseCase]
public sealed class ReportAccess(AppDb db, Writer writer, TimeProvider time)
{
    const int HalfYear = 183;
    const int Most = 100_000;

    public async Task<IReadOnlyList<AccessLine>> ExecuteAsync(Actor actor, CancellationToken cancel = default)
    {
        await writer.ActAsync("account.report", actor, _ => Task.CompletedTask, cancel: cancel);
        var since = time.UtcInstant().AddDays(-HalfYear);
        var lines = from a in db.Set<Act>()
                    join p in db.People on a.PersonId equals p.Id
                    where a.At >= since && (a.Kind.StartsWith("account.") || a.Kind.StartsWith("role.") || a.Kind.StartsWith("person."))
                    orderby a.Index descending
                    select new AccessLine(a.At, p.UserName, p.DisplayName, a.Kind, a.Role);
        return await lines.Take(Most).ToListAsync(cancel);
    }
}
