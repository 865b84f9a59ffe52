using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Administration.Notices;

public sealed record NoticeLine(string Subject, string To, DateTime CreatedAt, DateTime? SentAt, int Attempts, string? Proof);

[May(Role.Admin)]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public IReadOnlyList<NoticeLine> Notices { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Total = await db.Set<OutboxMessage>().CountAsync(cancel);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Notices = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<NoticeLine>> SliceAsync(int from, int count)
    {
        var lines = await (from m in db.Set<OutboxMessage>()
                           join p in db.People on m.PersonId equals p.Id
                           orderby m.CreatedAt descending, m.Id descending
                           select new { m.Kind, m.Args, p.DisplayName, m.CreatedAt, m.SentAt, m.Attempts, m.Proof }).Skip(from).Take(count).ToListAsync(HttpContext.RequestAborted);
        return [.. lines.Select(l => new NoticeLine(T[$"notice.{l.Kind}.subject", [.. l.Args]], l.DisplayName, l.CreatedAt, l.SentAt, l.Attempts, l.Proof))];
    }

    public TableFile ToFile() => new("avisos",
        [T["notices.subject"], T["notices.to"], T["notices.created"], T["notices.sent"], T["notices.attempts"], T["notices.proof"]],
        Listing.AllAsync(SliceAsync).Select(n => (IReadOnlyList<object?>)[n.Subject, n.To, n.CreatedAt, n.SentAt, n.Attempts, n.Proof]));
}
