using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;

namespace Minka.TestKit;

/// <summary>A programme whose one frozen version was adopted by an assembly with signed minutes, unless it was asked as a draft.</summary>
public sealed record GivenProgramme(GivenEntity Entity, StrategyId StrategyId, ProgrammeId Id, string Slug, IReadOnlyList<ProjectId> Projects)
{
    /// <summary>The frozen version.</summary>
    public required ProgrammeVersion Version { get; init; }

    /// <summary>The resolution that adopted it.</summary>
    public required Resolution Resolution { get; init; }
}

public sealed partial class Given
{
    static readonly (string Title, string Chain, string Problem, string Objective)[] Works =
    [
        ("Riego tecnificado", "café", "El agua de riego se pierde antes de llegar a las parcelas", "Regar con seguridad 120 hectáreas"),
        ("Planta de beneficio", "café", "El grano se vende húmedo y sin clasificar", "Vender café seco y clasificado"),
        ("Camino de acceso", "café", "En lluvias la cosecha no sale", "Sacar la cosecha todo el año"),
        ("Vivero comunal", "café", "Las plantas son viejas", "Renovar 80 hectáreas"),
        ("Albergue y ruta", "turismo", "El visitante no se queda", "Alojar a 2 000 visitantes al año"),
    ];

    /// <summary>An entity's strategy with two axes, in force.</summary>
    public async Task<StrategyId> StrategyAsync(GivenEntity entity, bool adopted = true)
    {
        var manager = entity.Actor with { Role = "manager" };
        var id = await WithAsync<StartStrategy, StrategyId>(s => s.ExecuteAsync(entity.Id, new()
        {
            Title = "Estrategia de desarrollo 2026–2030",
            Vision = "Una provincia que vive de lo que produce.",
            YearFrom = 2026,
            YearTo = 2030,
        }, manager));
        foreach (var (code, name) in new[] { ("E1", "Café de altura"), ("E2", "Turismo rural") })
        {
            await WithAsync<AddAxis, AxisId>(a => a.ExecuteAsync(entity.Id, id, new()
            {
                Code = code,
                Name = name,
                Objective = $"{name}: más ingreso para las familias",
                Indicator = "Ingreso anual por familia",
                Baseline = "S/ 6 200",
                Target = "S/ 9 000",
                TargetYear = 2030,
                Source = "Agencia agraria, 2025",
            }, manager));
        }
        if (adopted)
        {
            var motion = PlanningMotions.Of(await ReadAsync(async db => await db.StrategyContentAsync(await db.Strategies.SingleAsync(s => s.Id == id))));
            await AdoptedResolutionAsync(entity, motion.Subject);
        }
        return id;
    }

    /// <summary>
    /// A programme of projects that hang together, each of S/ 300,000 (fund 60 %, district 25 %, private cash 5 %, in kind 10 %), frozen and adopted.
    /// The clock moves 14 days on (two assemblies).
    /// </summary>
    /// <param name="asked">What each project asks of the fund, where not S/ 180,000; the other sources stay.</param>
    public async Task<GivenProgramme> ProgrammeAsync(GivenEntity? entity = null, int projects = 3, string? title = null, Money? asked = null, bool signed = true)
    {
        return await AdoptedAsync(await DraftProgrammeAsync(entity, projects, title, asked), signed);
    }

    /// <summary>A draft frozen and adopted.</summary>
    public async Task<GivenProgramme> AdoptedAsync((GivenEntity Entity, StrategyId StrategyId, ProgrammeId Id, string Slug, IReadOnlyList<ProjectId> Projects) draft, bool signed = true)
    {
        var versionId = await WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(draft.Id, draft.Entity.Actor with { Role = "manager" }));
        var version = await ReadAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Id == versionId));
        var resolution = await AdoptedResolutionAsync(draft.Entity, PlanningMotions.Of(version).Subject, signed);
        return new(draft.Entity, draft.StrategyId, draft.Id, draft.Slug, draft.Projects)
        {
            Version = await ReadAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Id == versionId)),
            Resolution = resolution,
        };
    }

    /// <summary>The same, still being edited.</summary>
    public async Task<(GivenEntity Entity, StrategyId StrategyId, ProgrammeId Id, string Slug, IReadOnlyList<ProjectId> Projects)> DraftProgrammeAsync(
        GivenEntity? entity = null, int projects = 3, string? title = null, Money? asked = null)
    {
        entity ??= await EntityAsync();
        var manager = entity.Actor with { Role = "manager" };
        var known = await ReadAsync(db => db.Strategies.Where(s => s.EntityId == entity.Id && s.State == StrategyState.InForce).Select(s => (StrategyId?)s.Id).FirstOrDefaultAsync());
        var strategy = known ?? await StrategyAsync(entity);
        var axes = await ReadAsync(db => db.Axes.Where(a => a.StrategyId == strategy).OrderBy(a => a.Code).ToListAsync());
        var province = await ReadAsync(db => db.CoordinationEntities.Where(e => e.Id == entity.Id).Select(e => e.ProvinceCodes).SingleAsync());
        var districts = await DistrictsAsync(province[0], 3);
        var programme = await WithAsync<StartProgramme, StartedProgramme>(s => s.ExecuteAsync(entity.Id, new()
        {
            StrategyId = strategy,
            Title = title ?? $"Programa de prueba {Next().ToString(CultureInfo.InvariantCulture)}",
            Objective = "Que las familias ganen más con lo que ya saben hacer",
        }, manager));
        var ids = new List<ProjectId>();
        for (var i = 0; i < projects; i++)
        {
            var (name, chain, problem, objective) = Works[i % Works.Length];
            var fund = asked ?? Money.Soles(180_000);
            (FundingSource Source, Money Amount)[] sources =
                [(FundingSource.Fund, fund), (FundingSource.District, Money.Soles(75_000)), (FundingSource.PrivateCash, Money.Soles(15_000)), (FundingSource.PrivateInKind, Money.Soles(30_000))];
            var id = await WithAsync<AddProject, ProjectId>(a => a.ExecuteAsync(programme.Id, new()
            {
                Title = i < Works.Length ? name : $"{name} {(i + 1).ToString(CultureInfo.InvariantCulture)}",
                Problem = problem,
                Objective = objective,
                AxisId = axes[chain == "turismo" ? 1 : 0].Id,
                Chain = chain,
                Places = [districts[i % districts.Count], districts[(i + 1) % districts.Count]],
                BeneficiaryWomen = 140 + i,
                BeneficiaryMen = 120 + i,
                Organisations = ["Cooperativa La Prueba"],
                After = i == 1 ? [ids[0]] : [],
                PlannedCost = sources.SumMoney(s => s.Amount),
            }, manager));
            await WithAsync<SetCostLines>(s => s.ExecuteAsync(programme.Id, id, null,
                [.. sources.Select((x, n) => new CostLineInput(n == 0 ? "Obra y equipos" : "Mano de obra y materiales", "Ejecución", x.Source, 2027 + (n % 2), x.Amount))], null, manager));
            ids.Add(id);
        }
        return (entity, strategy, programme.Id, programme.Slug, ids);
    }

    /// <summary>Codes of districts of a province: those of the pack, or typed where it has none.</summary>
    public async Task<IReadOnlyList<string>> DistrictsAsync(string province, int count)
    {
        if (services.GetService(typeof(Country)) is not Country country) return [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{province}{i:00}"))];
        var known = country.ChildrenOf(province).Take(count).Select(d => d.Code).ToList();
        if (known.Count > 0) return known;
        for (var i = 1; i <= count; i++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"{province}{i:00}");
            if (!await ReadAsync(db => db.TypedDistricts.AnyAsync(d => d.Code == code)))
                await WithAsync<AddDistrict, string>(a => a.ExecuteAsync(new NewDistrict(code, $"Distrito {i.ToString(CultureInfo.InvariantCulture)}", null), Actor.System));
            known.Add(code);
        }
        return known;
    }
}
