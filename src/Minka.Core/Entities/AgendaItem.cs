using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>A point of the agenda as the convocation told it, with the paper that members read beforehand. Public.</summary>
public sealed class AgendaItem : IAppendOnly
{
    public required AssemblyId AssemblyId { get; init; }

    /// <summary>From 1.</summary>
    public required int Order { get; init; }

    public required string Title { get; init; }

    public StoredFileId? FileId { get; init; }
}

/// <param name="File">Put before the act.</param>
public sealed record AgendaInput(string Title, IncomingFile? File = null);

/// <summary>A session that the year's plan foresees.</summary>
public sealed class PlannedSession : IVersioned
{
    public required PlannedSessionId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required DateOnly On { get; init; }

    public required string Title { get; init; }

    /// <summary>The assembly that was convened for it.</summary>
    public AssemblyId? AssemblyId { get; private set; }

    public int Version { get; private set; }

    internal void Convened(AssemblyId assembly) => AssemblyId = assembly;
}

/// <summary>Writes the plan of the year: sessions foreseen, each convened later by its own act.</summary>
[UseCase]
public sealed class PlanSessions(Writer writer)
{
    public const int MostOfYear = 24;

    public Task<PlannedSessionId> AddAsync(EntityId id, DateOnly on, string title, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.plan-session", actor, async work =>
        {
            var entity = await work.EntityAsync(id, cancel);
            entity.MustBeActive();
            if (string.IsNullOrWhiteSpace(title)) throw new RuleBroken(EntitiesRules.TitleMissing);
            if (title.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            var today = (await work.Db.LawAsync(id, cancel)).Zone.DayIn(work.Now);
            var earliest = today.AddDays(entity.Template.NoticeDays.Value);
            if (on < earliest) throw new RuleBroken(EntitiesRules.NoticeTooShort, entity.Template.NoticeDays.Value, earliest);
            if (on > today.AddYears(2)) throw new RuleBroken(EntitiesRules.PlanTooFar, today.AddYears(2));
            var (from, to) = (new DateOnly(on.Year, 1, 1), new DateOnly(on.Year, 12, 31));
            var there = await work.Db.PlannedSessions.Where(p => p.EntityId == id && p.On >= from && p.On <= to).ToListAsync(cancel);
            if (there.Count >= MostOfYear) throw new RuleBroken(EntitiesRules.PlanFull, MostOfYear);
            if (there.Any(p => p.On == on)) throw new RuleBroken(EntitiesRules.PlannedTwice, on);
            var planned = new PlannedSession { Id = work.NewId<PlannedSessionId>(), EntityId = id, On = on, Title = title.Trim() };
            work.Db.PlannedSessions.Add(planned);
            work.Happened(new SessionPlanned(id, planned.Id, on));
            return planned.Id;
        }, new ActNote("entity", id.Value), cancel);

    public Task RemoveAsync(PlannedSessionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.unplan-session", actor, async work =>
        {
            var planned = await work.Db.PlannedSessions.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("planned-session", id.Value);
            if (planned.AssemblyId is not null) throw new RuleBroken(EntitiesRules.PlanConvened, planned.Title);
            work.Db.PlannedSessions.Remove(planned);
            work.Happened(new SessionUnplanned(planned.EntityId, id));
        }, new ActNote("planned-session", id.Value), cancel);
}
