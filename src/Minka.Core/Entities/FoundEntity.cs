using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Writes what an entity's statutes add to its template.</summary>
[UseCase]
public sealed class SetStatute(Writer writer)
{
    public Task ExecuteAsync(EntityId id, int version, StatuteInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.set-statute", actor, async work =>
        {
            var entity = await work.EntityAsync(id, cancel);
            entity.MustBeActive();
            if (string.IsNullOrWhiteSpace(input.Purpose)) throw new RuleBroken(EntitiesRules.PurposeMissing);
            if (string.IsNullOrWhiteSpace(input.Domicile)) throw new RuleBroken(EntitiesRules.DomicileMissing);
            if (input.Purpose.Length > 1_000 || input.Domicile.Length > MemberChecks.LongestText) throw new RuleBroken(EntitiesRules.TextTooLong, 1_000);
            var today = work.Today;
            var there = await work.Db.Members.CountAsync(m => m.EntityId == id && m.MandateFrom <= today && today <= m.MandateTo, cancel);
            if (input.MostMembers is { } most && (most < 2 || most > 20_000 || most < there)) throw new RuleBroken(EntitiesRules.CapOutOfRange, Math.Max(2, there), 20_000, there);
            var duty = EntityDuties.Of(entity.TemplateId);
            if (input.SessionsPerYear is { } sessions && (sessions < duty.SessionsPerYear.Value || sessions > 24)) throw new RuleBroken(EntitiesRules.SessionsOutOfRange, duty.SessionsPerYear.Value, 24, duty.SessionsPerYear.Source);
            if (input.LeastWomen is { Value: < 0 or > 5_000 }) throw new RuleBroken(EntitiesRules.WomenOutOfRange, 50);
            if (MemberChecks.Blank(input.Zone) is { } zone && !LegalZone.TryFind(zone, out _)) throw new RuleBroken(EntitiesRules.ZoneUnknown, zone);
            if (input.BoardYears is < 1 or > 6) throw new RuleBroken(EntitiesRules.BoardYearsOutOfRange, 1, 6);
            var statute = await work.Db.EntityStatutes.SingleOrDefaultAsync(s => s.EntityId == id, cancel);
            if ((statute?.Version ?? -1) != version) throw new ChangedMeanwhile("statute");
            if (statute is null) work.Db.EntityStatutes.Add(statute = new EntityStatute { EntityId = id });
            statute.Set(input);
            work.Happened(new StatuteSet(id, input.MostMembers, input.SessionsPerYear, input.BoardYears, statute.LeastWomen, statute.Zone));
        }, new ActNote("entity", id.Value), cancel);
}

/// <param name="Office">As the statutes call it.</param>
public sealed record BoardInput(string Office, MemberId Member);

/// <summary>Writes the board down; whoever held an office before leaves it.</summary>
[UseCase]
public sealed class SetBoard(Writer writer)
{
    public const int MostSeats = 15;

    public Task ExecuteAsync(EntityId id, DateOnly from, IReadOnlyList<BoardInput> seats, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.set-board", actor, async work =>
        {
            var entity = await work.EntityAsync(id, cancel);
            entity.MustBeActive();
            if (seats.Count is 0 or > MostSeats || seats.Any(s => string.IsNullOrWhiteSpace(s.Office) || s.Office.Length > 80)) throw new RuleBroken(EntitiesRules.BoardOffices, MostSeats);
            if (seats.GroupBy(s => s.Member).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(EntitiesRules.BoardTwice, (await work.MemberAsync(twice.Key, cancel)).Organisation);
            if (seats.GroupBy(s => MemberChecks.Plain(s.Office)).FirstOrDefault(g => g.Count() > 1) is { } office) throw new RuleBroken(EntitiesRules.BoardOfficeTwice, office.First().Office.Trim());
            var years = await work.Db.EntityStatutes.Where(s => s.EntityId == id).Select(s => s.BoardYears).FirstOrDefaultAsync(cancel) ?? EntityDuties.Of(entity.TemplateId).BoardYears.Value;
            foreach (var before in await work.Db.BoardSeats.Where(b => b.EntityId == id && b.EndedAt == null).ToListAsync(cancel)) before.End(work.Now);
            foreach (var (at, seat) in seats.Index())
            {
                var member = await work.MemberAsync(seat.Member, cancel);
                if (member.EntityId != id) throw new NotFound("member", seat.Member.Value);
                if (!member.IsInForceOn(from)) throw new RuleBroken(EntitiesRules.BoardMandate, member.Organisation, member.MandateFrom, member.MandateTo);
                work.Db.BoardSeats.Add(new BoardSeat
                {
                    Id = work.NewId<BoardSeatId>(),
                    EntityId = id,
                    Office = seat.Office.Trim(),
                    Order = at + 1,
                    MemberId = member.Id,
                    Organisation = member.Organisation,
                    Person = member.RepresentativeName,
                    From = from,
                    To = from.AddYears(years).AddDays(-1),
                });
            }
            work.Happened(new BoardSet(id, seats.Count, from));
        }, new ActNote("entity", id.Value), cancel);
}
