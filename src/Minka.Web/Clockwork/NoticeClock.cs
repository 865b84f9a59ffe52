using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Web.FirstRun;
using Minka.Web.Layout;

namespace Minka.Web.Clockwork;

/// <summary>
/// Sends what waits in the outbox and writes down the proof. Nobody's request is at hand to tell the reader's language, and the
/// machine's is not the reader's: a letter says everything in Spanish and then in English.
/// </summary>
public sealed class SendNotices(AppDb db, RecordSendings record, IMail mail, T texts, TimeProvider time)
{
    const int Round = 50;

    /// <returns>How many were tried.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancel = default)
    {
        var now = time.UtcInstant();
        var due = await (from m in db.Set<OutboxMessage>()
                         join p in db.People on m.PersonId equals p.Id
                         where m.SentAt == null && (m.NextAttemptAt == null || m.NextAttemptAt <= now)
                         orderby m.CreatedAt
                         select new { Message = m, p.UserName, p.Email }).Take(Round).ToListAsync(cancel);
        if (due.Count == 0) return 0;
        var sendings = new List<Sending>(due.Count);
        foreach (var notice in due)
        {
            object?[] args = [.. notice.Message.Args.Select(Fact)];
            string Said(string part, string between) => string.Join(between, new[] { Texts.Spanish, Texts.English }.Select(l => T.In(l, () => texts[$"notice.{notice.Message.Kind}.{part}", args])));
            var letter = new Letter(notice.Message.Id, notice.Email ?? $"{notice.UserName}@demo.invalid", Said("subject", " / "), $"{Said("body", "\r\n\r\n")}\r\n\r\n{notice.Message.Path}", now);
            try
            {
                sendings.Add(new(letter.Id, true, await mail.SendAsync(letter, cancel)));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                sendings.Add(new(letter.Id, false, fault.Message));
            }
        }
        await record.ExecuteAsync(sendings, cancel);
        return due.Count;
    }

    static object Fact(string text) =>
        DateTime.TryParseExact(text, "o", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : text;
}

sealed class NoticeClock(IServiceScopeFactory scopes, DemoRun demo, ILogger<NoticeClock> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (demo.IsRunning) continue;
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<SendNotices>().ExecuteAsync(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    log.LogError(failure, "notices could not be sent; they are tried again");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the server ends
        }
    }
}
