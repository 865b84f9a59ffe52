using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Administration.People;

public sealed record PersonLine(Guid Id, string Name, string? User, string? Email, IReadOnlyList<Role> Roles);

[May(Role.Admin)]
public sealed class ListModel(AppDb db, ReportAccess report) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    IQueryable<Person> query = null!;

    public int Total { get; private set; }

    public IReadOnlyList<PersonLine> People { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var cancel = HttpContext.RequestAborted;
        query = db.People;
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var typed = Q.Trim();
            var upper = typed.ToUpperInvariant();
            query = query.Where(p => p.DisplayName.Contains(typed) || p.NormalizedUserName!.Contains(upper) || p.NormalizedEmail!.Contains(upper));
        }
        Total = await query.CountAsync(cancel);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        People = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<PersonLine>> SliceAsync(int from, int count)
    {
        var cancel = HttpContext.RequestAborted;
        var people = await query.OrderBy(p => p.DisplayName).ThenBy(p => p.Id).Skip(from).Take(count).Select(p => new { p.Id, p.DisplayName, p.UserName, p.Email }).ToListAsync(cancel);
        var ids = people.Select(p => p.Id).ToList();
        var roles = (await db.RoleGrants.Where(g => ids.Contains(g.PersonId) && g.RevokedAt == null).Select(g => new { g.PersonId, g.Role }).Distinct().ToListAsync(cancel)).ToLookup(g => g.PersonId, g => g.Role);
        return [.. people.Select(p => new PersonLine(p.Id, p.DisplayName, p.UserName, p.Email, [.. roles[p.Id].Order()]))];
    }

    public TableFile ToFile() => new("personas", [T["people.name"], T["people.user"], T["people.email"], T["people.roles"]],
        Listing.AllAsync(SliceAsync).Select(p => (IReadOnlyList<object?>)[p.Name, p.User, p.Email, Format.List([.. p.Roles.Select(r => T.Of(r))])]));

    /// <summary>DS 016-2024-JUS asks that accesses be reviewed; drawing the report is itself an act.</summary>
    public async Task<IActionResult> OnPostReportAsync()
    {
        var lines = await report.ExecuteAsync(Actor, HttpContext.RequestAborted);
        var file = new TableFile("accesos", [T["people.report.at"], T["people.user"], T["people.name"], T["people.report.what"], T["people.report.role"]],
            lines.Select(l => (IReadOnlyList<object?>)[l.At, l.User, l.Name, T["act." + l.Kind], l.Role]));
        return new FileOf(file.As("csv"));
    }
}
