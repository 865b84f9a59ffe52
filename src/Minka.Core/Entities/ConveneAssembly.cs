using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <param name="FirstCallAt">UTC.</param>
/// <param name="SecondCallAt">UTC; null: no second call.</param>
/// <param name="WrittenUntil">UTC; votes are given in writing from the first call until then, without a meeting. Null: a meeting.</param>
public sealed record ConvocationInput(string Title, string Place, DateTime FirstCallAt, DateTime? SecondCallAt, DateTime? WrittenUntil = null)
{
    /// <summary>Points in their order, each with the paper that members read beforehand.</summary>
    public IReadOnlyList<AgendaInput> Agenda { get; init; } = [];

    /// <summary>The session of the year's plan that this convenes.</summary>
    public PlannedSessionId? Planned { get; init; }
}

/// <summary>Convenes the members of an entity. The roll is drawn up now: whoever joins later does not vote in this assembly.</summary>
[UseCase]
public sealed class ConveneAssembly(Writer writer)
{
    public const int MostItems = 40;

    public Task<AssemblyId> ExecuteAsync(EntityId entityId, ConvocationInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.convene", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(input.Title)) throw new RuleBroken(EntitiesRules.TitleMissing);
            if (string.IsNullOrWhiteSpace(input.Place)) throw new RuleBroken(EntitiesRules.PlaceMissing);
            if (input.Title.Length > 200 || input.Place.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            if (input.Agenda.Count > MostItems) throw new RuleBroken(EntitiesRules.AgendaTooLong, MostItems);
            if (input.Agenda.Any(i => i.Title.Length > 300)) throw new RuleBroken(EntitiesRules.TextTooLong, 300);
            var entity = await work.EntityAsync(entityId, cancel);
            entity.MustBeActive();
            var (template, zone) = await work.Db.LawAsync(entityId, cancel);
            var earliest = zone.DayIn(work.Now).AddDays(template.NoticeDays.Value);
            if (zone.DayIn(input.FirstCallAt) < earliest) throw new RuleBroken(EntitiesRules.NoticeTooShort, template.NoticeDays.Value, earliest);
            if (input.SecondCallAt is { } second && second < input.FirstCallAt.AddMinutes(template.SecondCallMinutes.Value))
                throw new RuleBroken(EntitiesRules.SecondCallTooSoon, template.SecondCallMinutes.Value);
            if (input.WrittenUntil is { } until)
            {
                if (template.Written is not { Allowed: true } rule) throw new RuleBroken(EntitiesRules.WrittenNotAllowed, template.Written?.Source ?? template.LegalBasis.Value);
                // Days are those of the wall clock: one in which it is changed has 23 or 25 hours.
                var opens = zone.ToWall(input.FirstCallAt);
                var least = zone.DeadlineAt(DateOnly.FromDateTime(opens).AddDays(rule.LeastDays), TimeOnly.FromDateTime(opens)).ClosesAt;
                if (until < least) throw new RuleBroken(EntitiesRules.WrittenTooShort, rule.LeastDays, least);
            }
            var today = zone.DayIn(work.Now);
            var members = await work.Db.Members.Where(m => m.EntityId == entityId && m.MandateFrom <= today && today <= m.MandateTo)
                .OrderBy(m => m.Organisation).ToListAsync(cancel);
            if (members.Count == 0) throw new RuleBroken(EntitiesRules.NoMembers);
            var assembly = new Assembly
            {
                Id = work.NewId<AssemblyId>(),
                EntityId = entityId,
                Number = entity.NextAssembly(),
                Title = input.Title.Trim(),
                Place = input.Place.Trim(),
                FirstCallAt = input.FirstCallAt,
                SecondCallAt = input.WrittenUntil is null ? input.SecondCallAt : null,
                ConvenedAt = work.Now,
            };
            work.Db.Assemblies.Add(assembly);
            if (input.WrittenUntil is { } end) work.Db.WrittenProcedures.Add(new WrittenProcedure { AssemblyId = assembly.Id, Until = end });
            work.Db.RollSeats.AddRange(members.Select(m => new RollSeat
            {
                AssemblyId = assembly.Id,
                MemberId = m.Id,
                Organisation = m.Organisation,
                Sector = m.Sector,
                InterestGroup = m.InterestGroup,
                Votes = m.Votes,
            }));
            work.Db.AgendaItems.AddRange(input.Agenda.Index().Select(i => new AgendaItem { AssemblyId = assembly.Id, Order = i.Index + 1, Title = i.Item.Title.Trim(), FileId = i.Item.File?.AddTo(work).Id }));
            if (input.Planned is { } plannedId)
                (await work.Db.PlannedSessions.SingleOrDefaultAsync(p => p.Id == plannedId && p.EntityId == entityId && p.AssemblyId == null, cancel) ?? throw new NotFound("planned-session", plannedId.Value)).Convened(assembly.Id);
            work.Happened(new AssemblyConvened(assembly.Id, entityId, assembly.Number, assembly.FirstCallAt, assembly.SecondCallAt, members.Count));
            return assembly.Id;
        }, new ActNote("entity", entityId.Value), cancel);
}

/// <summary>Calls an assembly off before it opens.</summary>
[UseCase]
public sealed class CancelAssembly(Writer writer)
{
    public Task ExecuteAsync(AssemblyId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.cancel", actor, async work =>
        {
            (await work.AssemblyAsync(id, cancel)).Cancel(why);
            work.Happened(new AssemblyCancelled(id));
        }, new ActNote("assembly", id.Value), cancel);
}
