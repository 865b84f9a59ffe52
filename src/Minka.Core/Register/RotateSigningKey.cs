using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>Takes a new signing key into use. Old receipts and checkpoints verify with the old public key, which is kept.</summary>
[UseCase]
public sealed class RotateSigningKey(Writer writer, SigningKeys keys, IEntropy entropy)
{
    /// <param name="actor">Who decides it.</param>
    /// <param name="why">The reason; it stands in the act.</param>
    /// <exception cref="RuleBroken"><c>register.reason</c>: no reason was given.</exception>
    public async Task<VerifyingKey> ExecuteAsync(Actor actor, string why, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(why))
            throw new RuleBroken("register.reason");
        var next = keys.Prepare(entropy);
        try
        {
            var adopted = await writer.ActAsync("register.rotate-key", actor, async work =>
            {
                var from = work.Act.Index + 1;
                var former = keys.Current;
                var row = await work.Db.RegisterKeys.SingleAsync(k => k.Id == former.Id, cancel);
                row.Retire(from);
                var named = SigningKeys.PublicOf(next, checked((ulong)from));
                work.Db.RegisterKeys.Add(new RegisterKey { Id = named.Id, Spki = named.Spki.ToArray(), Fingerprint = named.Fingerprint, From = from });
                work.Happened(new RegisterKeyRotated(former.Id, named.Id, named.Fingerprint, Convert.ToBase64String(named.Spki.Span), from));
                // Later acts of the same commit already sign with the new key, so its limits hold leaf by leaf.
                work.WhenSealed(_ =>
                {
                    keys.Use(next, checked((ulong)from));
                    return Task.CompletedTask;
                });
                return named;
            }, new ActNote(Why: why.Trim()), cancel);
            keys.Keep();
            return adopted;
        }
        catch
        {
            keys.TakeBack();
            throw;
        }
    }
}
