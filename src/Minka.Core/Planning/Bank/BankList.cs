using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Measures.Text;

namespace Minka.Core.Planning.Bank;

/// <param name="Text">Part of the title.</param>
/// <param name="Place">Code of a department, province or district.</param>
/// <param name="Programme">True: only those in a programme; false: only those in the bank.</param>
/// <param name="Discarded">Whether discarded ones are listed too.</param>
public sealed record BankFilter(string? Text = null, AxisId? Axis = null, string? Chain = null, ProjectStage? Stage = null, ProjectKind? Kind = null, string? Place = null, bool? Programme = null, bool Discarded = false);

public sealed record BankItem(
    ProjectId Id, string Code, string Title, ProjectStage Stage, ProjectKind? Kind, string? InvestmentCode, AxisId? AxisId, string? Chain, IReadOnlyList<string> Places, Money PlannedCost,
    int Women, int Men, string? Programme, string? ProgrammeSlug, ProjectId RootId);

public sealed record BankPage(IReadOnlyList<BankItem> Rows, int Number, int Total);

public sealed record StageTotal(ProjectStage Stage, int Projects, Money Cost);

/// <summary>What an axis has in the bank and what it lacks.</summary>
/// <param name="Funded">Sum of the cost lines by source.</param>
/// <param name="Touches">Codes of its projects whose texts share a word with its indicator.</param>
public sealed record AxisHolding(AxisId Id, string Code, string Name, string Indicator, int Projects, Money Cost, Money Funded, Money Fund, IReadOnlyList<string> Touches)
{
    public bool LacksProjects => Projects == 0;

    public bool LacksMoney => Projects > 0 && Funded.IsZero;

    public bool LacksTouch => Touches.Count == 0;
}

/// <summary>The bank of a territory: its list, its totals by stage, and what each axis lacks. A copy in a second programme is not counted twice.</summary>
[UseCase]
public sealed class BankList(AppDb db)
{
    public const int Size = 50;

    public async Task<BankPage> PageAsync(EntityId entity, BankFilter filter, int number, CancellationToken cancel = default)
    {
        var wanted = Matching(entity, filter);
        var total = await wanted.CountAsync(cancel);
        var page = Math.Clamp(number, 1, Math.Max(1, (total + Size - 1) / Size));
        return new(await Items(wanted, (page - 1) * Size, Size).ToListAsync(cancel), page, total);
    }

    /// <summary>Rows from one on, for a file.</summary>
    public async Task<IReadOnlyList<BankItem>> SliceAsync(EntityId entity, BankFilter filter, int from, int count, CancellationToken cancel = default) =>
        await Items(Matching(entity, filter), from, count).ToListAsync(cancel);

    public async Task<IReadOnlyList<StageTotal>> StagesAsync(EntityId entity, CancellationToken cancel = default)
    {
        var rows = await db.Projects.Where(p => p.EntityId == entity && p.RootId == p.Id).GroupBy(p => p.Stage).Select(g => new { Stage = g.Key, Count = g.Count(), Cost = g.Sum(p => (long)(object)p.PlannedCost) }).ToListAsync(cancel);
        return [.. Enum.GetValues<ProjectStage>().Select(s => rows.Find(r => r.Stage == s) is { } row ? new StageTotal(s, row.Count, new(row.Cost)) : new(s, 0, Money.Zero))];
    }

    public async Task<IReadOnlyList<string>> ChainsAsync(EntityId entity, CancellationToken cancel = default) =>
        await db.Projects.Where(p => p.EntityId == entity && p.Chain != null).Select(p => p.Chain!).Distinct().Order().ToListAsync(cancel);

    /// <summary>Names of chains that a project may say: those of the entity's chains and those that its projects say already.</summary>
    public async Task<IReadOnlyList<string>> ChainNamesAsync(EntityId entity, CancellationToken cancel = default) =>
        [.. (await ChainsAsync(entity, cancel)).Concat(await db.ValueChains.Where(c => c.EntityId == entity).Select(c => c.Name).ToListAsync(cancel)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The strategy that counts: the one in force, else the newest.</summary>
    public Task<Strategy?> StrategyAsync(EntityId entity, CancellationToken cancel = default) =>
        db.Strategies.Where(s => s.EntityId == entity).OrderByDescending(s => s.State == StrategyState.InForce).ThenByDescending(s => s.Number).FirstOrDefaultAsync(cancel);

    public async Task<IReadOnlyList<AxisHolding>> AxesAsync(EntityId entity, CancellationToken cancel = default)
    {
        if (await StrategyAsync(entity, cancel) is not { } strategy) return [];
        var axes = await db.Axes.Where(a => a.StrategyId == strategy.Id).ToListAsync(cancel);
        var alive = db.Projects.Where(p => p.EntityId == entity && p.RootId == p.Id && p.Stage != ProjectStage.Discarded && p.AxisId != null);
        var projects = await alive.Select(p => new { p.AxisId, p.Code, p.Title, p.Problem, p.Objective, p.PlannedCost }).ToListAsync(cancel);
        var money = await db.CostLines.Join(alive, l => l.ProjectId, p => p.Id, (l, p) => new { p.AxisId, l.Source, l.Amount }).GroupBy(x => new { x.AxisId, x.Source })
            .Select(g => new { g.Key.AxisId, g.Key.Source, Sum = g.Sum(x => (long)(object)x.Amount) }).ToListAsync(cancel);
        return [.. axes.OrderBy(a => a.Code, CodeOrder.Natural).Select(a =>
        {
            var own = projects.Where(p => p.AxisId == a.Id).ToList();
            var words = TextLikeness.WordsOf(a.Indicator).Where(w => w.Length > 3).ToHashSet(StringComparer.Ordinal);
            return new AxisHolding(
                a.Id, a.Code, a.Name, a.Indicator, own.Count, own.SumMoney(p => p.PlannedCost),
                new(money.Where(m => m.AxisId == a.Id).Sum(m => m.Sum)), new(money.Where(m => m.AxisId == a.Id && m.Source == FundingSource.Fund).Sum(m => m.Sum)),
                [.. own.Where(p => TextLikeness.WordsOf($"{p.Title} {p.Problem} {p.Objective}").Any(words.Contains)).Select(p => p.Code).Order(CodeOrder.Natural)]);
        })];
    }

    IQueryable<Project> Matching(EntityId entity, BankFilter filter)
    {
        var wanted = db.Projects.Where(p => p.EntityId == entity);
        if (filter.Stage is { } stage) wanted = wanted.Where(p => p.Stage == stage);
        else if (!filter.Discarded) wanted = wanted.Where(p => p.Stage != ProjectStage.Discarded);
        if (filter.Axis is { } axis) wanted = wanted.Where(p => p.AxisId == axis);
        if (filter.Chain is { Length: > 0 } chain) wanted = wanted.Where(p => p.Chain == chain);
        if (filter.Programme is true) wanted = wanted.Where(p => p.ProgrammeId != null);
        else if (filter.Programme is false) wanted = wanted.Where(p => p.ProgrammeId == null);
        if (filter.Kind is { } kind) wanted = wanted.Join(db.ProjectSheets.Where(s => s.Kind == kind), p => p.Id, s => s.ProjectId, (p, _) => p);
        if (filter.Text?.Trim().ToLowerInvariant() is { Length: > 0 } text) wanted = wanted.Where(p => p.Title.ToLower().Contains(text) || p.Code.ToLower() == text);
        // Codes lie as JSON text in one column: a code of the list begins after a quotation mark.
        if (filter.Place is { Length: 2 or 4 or 6 } place && place.All(char.IsAsciiDigit)) wanted = wanted.Where(p => EF.Functions.Like((string)(object)p.Places, "%\"" + place + "%"));
        return wanted;
    }

    IQueryable<BankItem> Items(IQueryable<Project> wanted, int from, int count)
    {
        var page = wanted.OrderBy(p => p.Stage == ProjectStage.Discarded).ThenBy(p => p.Code.Length).ThenBy(p => p.Code).ThenBy(p => p.Id).Skip(from).Take(count);
        var (sheets, programmes) = (db.ProjectSheets, db.Programmes);
        return from p in page
               join s in sheets on p.Id equals s.ProjectId into own
               from s in own.DefaultIfEmpty()
               join g in programmes on p.ProgrammeId equals (ProgrammeId?)g.Id into held
               from g in held.DefaultIfEmpty()
               orderby p.Stage == ProjectStage.Discarded, p.Code.Length, p.Code, p.Id
               select new BankItem(p.Id, p.Code, p.Title, p.Stage, s.Kind, s.InvestmentCode, p.AxisId, p.Chain, p.Places, p.PlannedCost, p.BeneficiaryWomen, p.BeneficiaryMen, g.Title, g.Slug, p.RootId);
    }
}
