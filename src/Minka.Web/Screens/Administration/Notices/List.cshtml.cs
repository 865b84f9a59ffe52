using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Administration.Notices;

public sealed record NoticeLine(string Subject, string To, DateTime CreatedAt, DateTime? SentAt, int Attempts, string? Proof);

[May(Role.Admin)]
public sealed class ListModel(AppDb db) : Screen
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
        var lines = await (from m in db.Set<OutboxMessage>()
                           join p in db.People on m.PersonId equals p.Id
                           orderby m.CreatedAt descending, m.Id descending
                           select new { m.Kind, m.Args, p.DisplayName, m.CreatedAt, m.SentAt, m.Attempts, m.Proof }).Skip((Number - 1) * Size).Take(Size).ToListAsync(cancel);
        Notices = [.. lines.Select(l => new NoticeLine(T[$"notice.{l.Kind}.subject", [.. l.Args]], l.DisplayName, l.CreatedAt, l.SentAt, l.Attempts, l.Proof))];
    }
}
