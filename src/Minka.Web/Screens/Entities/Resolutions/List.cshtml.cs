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
    const string Overdue = "atrasados";

    [BindProperty(SupportsGet = true, Name = "estado")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    IQueryable<Resolution> query = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<ResolutionLine> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public IReadOnlyList<FilterChoice> States =>
        [new("", T["entities.resolutions.every"]), new(Overdue, T["entities.resolutions.overdue"]), .. Enum.GetValues<ResolutionState>().Select(s => new FilterChoice(s.ToString(), T.Of(s)))];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        query = db.Resolutions.Where(r => r.EntityId == Entity.Id);
        var (today, tasks) = (Today, db.ResolutionTasks);
        if (State == Overdue) query = query.Where(r => r.State == ResolutionState.InForce && tasks.Any(t => t.ResolutionId == r.Id && t.DoneAt == null && t.DueOn < today));
        else if (Enum.TryParse<ResolutionState>(State, out var state) && Enum.IsDefined(state)) query = query.Where(r => r.State == state);
        if (Q?.Trim() is { Length: > 0 } text) query = query.Where(r => r.Title.Contains(text) || r.Text.Contains(text));
        Total = await query.CountAsync();
        PageNumber = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, (Total + Size - 1) / Size)) : 1;
        Rows = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    async Task<IReadOnlyList<ResolutionLine>> SliceAsync(int from, int count)
    {
        var rows = await query.OrderByDescending(r => r.Number).Skip(from).Take(count).ToListAsync();
        var ids = rows.ConvertAll(r => r.Id);
        var tasks = (await db.ResolutionTasks.Where(t => ids.Contains(t.ResolutionId)).OrderBy(t => t.DueOn).ToListAsync()).ToLookup(t => t.ResolutionId);
        return [.. rows.Select(r => new ResolutionLine(r, [.. tasks[r.Id]]))];
    }

    public TableFile ToFile() => new($"{Entity.Slug}-acuerdos",
        [T["entities.resolution"], T["entities.resolutions.what"], T["entities.motion.text"], T["entities.motion.subject"], T["entities.minutes.digest"], T["entities.resolutions.when"],
            T["choice.yes"], T["choice.no"], T["choice.abstain"], T["choice.conflict"], T["entities.quorum.present"], T["entities.quorum.required"], T["entities.state"],
            T["entities.tasks.responsible"], T["entities.tasks.next-due"], T["entities.tasks.open-count"], T["entities.tasks.count"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.Resolution.Code, l.Resolution.Title, l.Resolution.Text, l.Resolution.SubjectLabel, l.Resolution.SubjectDigest?.Hex, l.Resolution.AdoptedAt,
            l.Resolution.Outcome.Tally.Yes, l.Resolution.Outcome.Tally.No, l.Resolution.Outcome.Tally.Abstain, l.Resolution.Outcome.Tally.Conflict, l.Resolution.Outcome.Quorum.Present, l.Resolution.Outcome.Quorum.Required, T.Of(l.Resolution.State),
            string.Join(", ", l.Tasks.Select(t => t.Organisation).Distinct()), l.Next?.DueOn, l.Tasks.Count(t => t.DoneAt is null), l.Tasks.Count]));
}

/// <summary>A resolution with what it asks; organisations only.</summary>
public sealed record ResolutionLine(Resolution Resolution, IReadOnlyList<ResolutionTask> Tasks)
{
    /// <summary>The open task whose day comes first.</summary>
    public ResolutionTask? Next => Resolution.State == ResolutionState.InForce ? Tasks.FirstOrDefault(t => t.DoneAt is null) : null;
}
