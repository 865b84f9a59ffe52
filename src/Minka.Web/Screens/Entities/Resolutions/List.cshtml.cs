using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Resolutions;

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "estado")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    IQueryable<Resolution> query = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Resolution> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public IReadOnlyList<FilterChoice> States =>
        [new("", T["entities.resolutions.every"]), .. Enum.GetValues<ResolutionState>().Select(s => new FilterChoice(s.ToString(), T.Of(s)))];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        query = db.Resolutions.Where(r => r.EntityId == Entity.Id);
        if (Enum.TryParse<ResolutionState>(State, out var state) && Enum.IsDefined(state)) query = query.Where(r => r.State == state);
        Total = await query.CountAsync();
        PageNumber = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, (Total + Size - 1) / Size)) : 1;
        Rows = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    async Task<IReadOnlyList<Resolution>> SliceAsync(int from, int count) => await query.OrderByDescending(r => r.Number).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Entity.Slug}-acuerdos",
        [T["entities.resolution"], T["entities.resolutions.what"], T["entities.motion.text"], T["entities.motion.subject"], T["entities.minutes.digest"], T["entities.resolutions.when"],
            T["choice.yes"], T["choice.no"], T["choice.abstain"], T["choice.conflict"], T["entities.quorum.present"], T["entities.quorum.required"], T["entities.state"]],
        Listing.AllAsync(SliceAsync).Select(r => (IReadOnlyList<object?>)[r.Code, r.Title, r.Text, r.SubjectLabel, r.SubjectDigest?.Hex, r.AdoptedAt,
            r.Outcome.Tally.Yes, r.Outcome.Tally.No, r.Outcome.Tally.Abstain, r.Outcome.Tally.Conflict, r.Outcome.Quorum.Present, r.Outcome.Quorum.Required, T.Of(r.State)]));
}
