using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Register;

/// <summary>
/// Makes the first key known to the register, and settles a rotation that was cut. Runs at each start, before anything else
/// writes; does nothing when all is in order.
/// </summary>
[UseCase]
public sealed class OpenRegister(AppDb db, Writer writer, SigningKeys keys)
{
    /// <exception cref="MalformedException">The keys folder belongs to another database (<c>register.keys.private</c>).</exception>
    public async Task ExecuteAsync(CancellationToken cancel = default)
    {
        if (await db.RegisterKeys.OrderByDescending(k => k.From).FirstOrDefaultAsync(cancel) is { } newest)
        {
            keys.Settle(newest.ToVerifyingKey());
            return;
        }
        await writer.ActAsync("register.open", Actor.System, work =>
        {
            var key = keys.Current;
            work.Db.RegisterKeys.Add(new RegisterKey { Id = key.Id, Spki = key.Spki.ToArray(), Fingerprint = key.Fingerprint, From = checked((long)key.From) });
            work.Happened(new RegisterOpened(keys.Origin, key.Id, key.Fingerprint, Convert.ToBase64String(key.Spki.Span)));
            return Task.CompletedTask;
        }, cancel: cancel);
    }
}
