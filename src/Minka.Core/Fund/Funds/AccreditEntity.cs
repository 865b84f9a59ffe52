using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Funds;

/// <summary>Accredits an entity whose composition rule is met by its members of today.</summary>
[UseCase]
public sealed class AccreditEntity(Writer writer)
{
    public const int LongestYears = 4;

    public Task<AccreditationId> ExecuteAsync(FundId fundId, EntityId entityId, DateOnly from, DateOnly to, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("fund.accredit", actor, work => GiveAsync(work, fundId, entityId, from, to, cancel), new ActNote("entity", entityId.Value), cancel);

    /// <summary>The same inside another act.</summary>
    internal static async Task<AccreditationId> GiveAsync(Work work, FundId fundId, EntityId entityId, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        if (!await work.Db.Funds.AnyAsync(f => f.Id == fundId, cancel)) throw new NotFound("fund", fundId.Value);
        var entity = await work.Db.CoordinationEntities.SingleOrDefaultAsync(e => e.Id == entityId, cancel) ?? throw new NotFound("entity", entityId.Value);
        entity.MustBeActive();
        if (from < work.Today || to <= from || to > from.AddYears(LongestYears)) throw new RuleBroken(FundRules.AccreditationDates, LongestYears);
        var others = await work.Db.Accreditations.Where(a => a.FundId == fundId && a.EntityId == entityId && a.RevokedAt == null).ToListAsync(cancel);
        if (others.FirstOrDefault(a => a.ValidFrom <= to && from <= a.ValidTo) is { } other) throw new RuleBroken(FundRules.AccreditationOverlap, other.ValidFrom, other.ValidTo);
        var composition = await CompositionAsync(work.Db, entity, work.Today, cancel);
        if (!composition.IsMet) throw new RuleBroken(FundRules.CompositionNotMet, entity.Name);
        var accreditation = new Accreditation
        {
            Id = work.NewId<AccreditationId>(),
            FundId = fundId,
            EntityId = entityId,
            ValidFrom = from,
            ValidTo = to,
            Composition = composition,
            At = work.Now,
        };
        work.Db.Accreditations.Add(accreditation);
        work.Happened(new EntityAccredited(fundId, entityId, accreditation.Id, from, to));
        return accreditation.Id;
    }

    /// <summary>The composition of an entity by its members in force on a day.</summary>
    public static Task<CompositionReport> CompositionAsync(AppDb db, CoordinationEntity entity, DateOnly day, CancellationToken cancel = default) => db.CompositionAsync(entity.Id, day, cancel);
}
