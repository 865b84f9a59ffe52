using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Accreditations;

public sealed record AccreditationLine(Accreditation Accreditation, AccreditationState State, string? SuspendedWhy, string EntityName, string EntitySlug);

[Public]
public sealed class ListModel(AppDb db) : FundScreen(db), IListed
{
    public IReadOnlyList<AccreditationLine> Lines { get; private set; } = [];

    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public bool MayAct => May(Role.Operator);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Total = await Db.Accreditations.CountAsync(a => a.FundId == Fund.Id, HttpContext.RequestAborted);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Lines = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<AccreditationLine>> SliceAsync(int from, int count)
    {
        // The entities have an index in their order, in which the accreditations are found. The outer join keeps SQLite from going the
        // other way round, from all the fund's accreditations, which it would then have to sort; that is why no row may be seen to be wanted.
        var (fund, cancel) = (Fund.Id, HttpContext.RequestAborted);
        var ids = await (from e in Db.CoordinationEntities
                         join a in Db.Accreditations.Where(a => a.FundId == fund) on e.Id equals a.EntityId into given
                         from a in given.DefaultIfEmpty()
                         where (((DateOnly?)a.ValidFrom) ?? DateOnly.MinValue) > DateOnly.MinValue
                         orderby e.SearchName, e.Slug, a.ValidFrom descending, a.Id
                         select a.Id).Skip(from).Take(count).ToListAsync(cancel);
        var found = await (from a in Db.Accreditations
                           join e in Db.CoordinationEntities on a.EntityId equals e.Id
                           where ids.Contains(a.Id)
                           select new { a, e.Name, e.Slug }).ToDictionaryAsync(f => f.a.Id, cancel);
        var stops = await Db.AccreditationStops.Where(s => ids.Contains(s.AccreditationId) && s.LiftedAt == null).ToListAsync(cancel);
        return [.. ids.Select(i => found[i]).Select(f => new AccreditationLine(f.a, f.a.StateOn(Today, stops), stops.FirstOrDefault(s => s.AccreditationId == f.a.Id)?.Why, f.Name, f.Slug))];
    }

    public bool MayRenew(AccreditationLine line) =>
        line.State is AccreditationState.InForce or AccreditationState.Expired && Today >= line.Accreditation.ValidTo.AddDays(-AccreditationClocks.RenewalDays);

    public TableFile ToFile() => new($"{Fund.Slug}-acreditaciones",
        [T["accreditation.entity"], T["accreditation.state"], T["accreditation.from"], T["accreditation.to"], T["accreditation.composition"], T["accreditation.revoke.why"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.EntityName, T.Of(l.State), l.Accreditation.ValidFrom, l.Accreditation.ValidTo,
            T["accreditation.composition.text", l.Accreditation.Composition.Seats, l.Accreditation.Composition.ShareOf(Sector.Public)], l.Accreditation.RevokedWhy]));
}
