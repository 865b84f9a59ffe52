using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

public sealed record EntityInput(string Name, string TemplateId, IReadOnlyList<string> ProvinceCodes, string? Ruc = null);

/// <summary>Founds an entity from a template. Whoever founds it becomes its secretary.</summary>
[UseCase]
public sealed class CreateEntity(Writer writer)
{
    public const int LongestName = 160;

    public Task<(EntityId Id, string Slug)> ExecuteAsync(EntityInput input, Actor actor, CancellationToken cancel = default)
    {
        var name = input.Name.Trim();
        if (name.Length == 0) throw new RuleBroken(EntitiesRules.NameMissing);
        if (name.Length > LongestName) throw new RuleBroken(EntitiesRules.TextTooLong, LongestName);
        var template = CompositionTemplates.Find(input.TemplateId) ?? throw new RuleBroken(EntitiesRules.TemplateUnknown, input.TemplateId);
        var provinces = input.ProvinceCodes.Where(p => p.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        if (provinces.Count == 0) throw new RuleBroken(EntitiesRules.ProvinceMissing);
        if (provinces.FirstOrDefault(p => p.Length != 4 || !p.All(char.IsAsciiDigit)) is { } odd) throw new RuleBroken(EntitiesRules.ProvinceUnknown, odd);
        var ruc = MemberChecks.Blank(input.Ruc);
        if (ruc is not null && !Ruc.IsValid(ruc)) throw new RuleBroken(EntitiesRules.RucInvalid, ruc);
        return writer.ActAsync("entity.create", actor, async work =>
        {
            if (ruc is not null && await work.Db.CoordinationEntities.AnyAsync(e => e.Ruc == ruc, cancel)) throw new RuleBroken(EntitiesRules.RucTaken, ruc);
            var stem = Slugs.From(name);
            var taken = await work.Db.CoordinationEntities.Where(e => e.Slug.StartsWith(stem)).Select(e => e.Slug).ToListAsync(cancel);
            var entity = new CoordinationEntity
            {
                Id = work.NewId<EntityId>(),
                Slug = Slugs.Unique(name, s => s == "nueva" || taken.Contains(s)),
                Name = name,
                SearchName = MemberChecks.Plain(name),
                TemplateId = template.Id,
                TemplateVersion = template.Version,
                LegalBasis = template.LegalBasis.Value,
                HasLegalPersonality = template.HasLegalPersonality.Value,
                Ruc = ruc,
                ProvinceCodes = provinces,
                CreatedAt = work.Now,
            };
            work.Db.CoordinationEntities.Add(entity);
            work.Db.EntityProvinces.AddRange(provinces.Select(p => new EntityProvince { EntityId = entity.Id, ProvinceCode = p }));
            work.Happened(new EntityCreated(entity.Id, template.Id, template.Version));
            if (actor.PersonId is { } founder) await GrantRole.GrantAsync(work, founder, Role.Secretary, Scope.OfEntity(entity.Id.Value), cancel);
            return (entity.Id, entity.Slug);
        }, cancel: cancel);
    }
}
