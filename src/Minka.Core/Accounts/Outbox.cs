using System.Net.Mail;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

public readonly record struct NoticeId(Guid Value) : ITypedId<NoticeId>
{
    public static NoticeId From(Guid value) => new(value);
}

/// <summary>
/// A notice to one person, written in the act that it tells of and sent after it. Its words are those of its kind and a few
/// public facts: nothing sealed ever enters it.
/// </summary>
public sealed class OutboxMessage : IVersioned
{
    const int MostAttempts = 12;

    public required NoticeId Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The texts are <c>notice.{kind}.subject</c> and <c>.body</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Facts in the order of the texts; instants as ISO 8601 in UTC.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>The page that it is about.</summary>
    public required string Path { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? SentAt { get; private set; }

    public int Attempts { get; private set; }

    public DateTime? NextAttemptAt { get; private set; }

    /// <summary>What shows that it was sent: the mail server and the message's id, or the file and its SHA-256; else the last fault.</summary>
    public string? Proof { get; private set; }

    public int Version { get; private set; }

    public void MarkSent(string proof, DateTime now) => (SentAt, Proof, Attempts, NextAttemptAt) = (now, proof, Attempts + 1, null);

    /// <summary>Tries again later, each time after twice as long, and gives up after about a day and a half.</summary>
    public void MarkFailed(string fault, DateTime now)
    {
        Attempts++;
        Proof = fault.Length > 500 ? fault[..500] : fault;
        NextAttemptAt = Attempts >= MostAttempts ? DateTime.MaxValue : now.AddSeconds(30 << Math.Min(Attempts, MostAttempts));
    }
}

sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> b)
    {
        b.ToTable("Outbox");
        b.HasKey(m => m.Id);
        b.Property(m => m.Args).HasJson();
        b.HasIndex(m => new { m.SentAt, m.NextAttemptAt });
        b.HasIndex(m => new { m.CreatedAt, m.Id });
        b.Uncovered("a notice proves nothing: the act that it tells of does");
    }
}

public static class Outbox
{
    /// <summary>Puts a notice to each of these people into the act under way. Who has no address is left out, but for people of the demonstration.</summary>
    public static async Task NotifyAsync(Work work, IReadOnlyCollection<Guid> people, string kind, IReadOnlyList<object> args, string path, CancellationToken cancel = default)
    {
        if (people.Count == 0) return;
        var reached = await work.Db.People.Where(p => people.Contains(p.Id) && (p.Email != null || p.IsDemo)).Select(p => p.Id).ToListAsync(cancel);
        IReadOnlyList<string> facts = [.. args.Select(a => a is DateTime at ? at.ToString("o", System.Globalization.CultureInfo.InvariantCulture) : a.ToString() ?? "")];
        foreach (var person in reached)
            work.Db.Add(new OutboxMessage { Id = work.NewId<NoticeId>(), PersonId = person, Kind = kind, Args = facts, Path = path, CreatedAt = work.Now });
    }

    /// <summary>Who holds a role in a scope.</summary>
    public static async Task<IReadOnlyCollection<Guid>> HoldersAsync(Work work, Role role, Scope scope, CancellationToken cancel = default) =>
        await work.Db.RoleGrants.Where(g => g.Role == role && g.ScopeKind == scope.Kind && g.ScopeId == scope.Id && g.RevokedAt == null).Select(g => g.PersonId).Distinct().ToListAsync(cancel);
}

/// <summary>What came of sending one notice.</summary>
public sealed record Sending(NoticeId Notice, bool Sent, string Proof);

/// <summary>Writes down what was sent and what must be tried again: one act for a whole round.</summary>
[UseCase]
public sealed class RecordSendings(Writer writer)
{
    public Task ExecuteAsync(IReadOnlyList<Sending> sendings, CancellationToken cancel = default) =>
        writer.ActAsync("notice.sent", Actor.System, async work =>
        {
            var ids = sendings.Select(s => s.Notice).ToList();
            var notices = await work.Db.Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
            foreach (var sending in sendings)
            {
                if (sending.Sent) notices[sending.Notice].MarkSent(sending.Proof, work.Now);
                else notices[sending.Notice].MarkFailed(sending.Proof, work.Now);
            }
        }, cancel: cancel);
}

/// <summary>One message, ready to go.</summary>
public sealed record Letter(NoticeId Id, string To, string Subject, string Body, DateTime At);

/// <summary>Sends letters. Two ways: a mail server, or files where there is none.</summary>
public interface IMail
{
    /// <returns>The proof of sending.</returns>
    Task<string> SendAsync(Letter letter, CancellationToken cancel);
}

/// <summary>Hands letters to a mail server.</summary>
public sealed class SmtpMail(string host, int port, string from) : IMail
{
    public async Task<string> SendAsync(Letter letter, CancellationToken cancel)
    {
        using var client = new SmtpClient(host, port);
        using var message = new MailMessage(from, letter.To, letter.Subject, letter.Body) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        var id = $"<{letter.Id.Value:N}@{host}>";
        message.Headers.Add("Message-ID", id);
        await client.SendMailAsync(message, cancel);
        return $"smtp {host}:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)} {id}";
    }
}

/// <summary>Puts letters into <c>outbox/</c> of the data folder.</summary>
public sealed class FileMail(DbSettings settings) : IMail
{
    public async Task<string> SendAsync(Letter letter, CancellationToken cancel)
    {
        var folder = Path.Combine(settings.DataFolder, "outbox");
        Directory.CreateDirectory(folder);
        var name = $"{letter.Id.Value:N}.eml";
        var bytes = Encoding.UTF8.GetBytes($"To: {letter.To}\r\nSubject: {letter.Subject}\r\nDate: {letter.At:R}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{letter.Body}\r\n");
        await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, cancel);
        return $"outbox/{name} SHA-256 {Digest.Of(bytes).Hex}";
    }
}
