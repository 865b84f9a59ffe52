using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Territories;

/// <summary>A file of public spending that entered the observatory's store.</summary>
/// <param name="Number">Number of the import in the store.</param>
/// <param name="Rows">Rows taken.</param>
public sealed record SpendingImported(int Number, string File, string Kind, Digest Sha256, long Rows, long Rejected) : IEvent;

public sealed record SpendingUndone(int Number, string File) : IEvent;

/// <summary>The observatory's prices were replaced.</summary>
/// <param name="File">The file that was sent; nothing for Minka's own.</param>
/// <param name="Sha256">Of the prices as the store keeps them; nothing for Minka's own.</param>
public sealed record SpendingRepriced(string? File, Digest? Sha256, int FirstYear, int LastYear) : IEvent;

/// <summary>Says in the register who brought a file of public spending or took it out: the store itself lies beside the database.</summary>
[UseCase]
public sealed class NoteSpending(Writer writer)
{
    public Task ImportedAsync(SpendingImported import, Actor actor, CancellationToken cancel = default) => writer.ActAsync("observatory.import", actor, work =>
    {
        work.Happened(import);
        return Task.CompletedTask;
    }, cancel: cancel);

    public Task UndoneAsync(SpendingUndone undone, Actor actor, CancellationToken cancel = default) => writer.ActAsync("observatory.undo", actor, work =>
    {
        work.Happened(undone);
        return Task.CompletedTask;
    }, cancel: cancel);

    public Task RepricedAsync(SpendingRepriced prices, Actor actor, CancellationToken cancel = default) => writer.ActAsync("observatory.prices", actor, work =>
    {
        work.Happened(prices);
        return Task.CompletedTask;
    }, cancel: cancel);
}
