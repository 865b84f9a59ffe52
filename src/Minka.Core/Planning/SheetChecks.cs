using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>What each part of a sheet must satisfy, and the form in which it is kept.</summary>
static class SheetChecks
{
    public const int MostItems = 40;
    public const int MostMonths = 240;

    public static string? InvestmentCode(string? typed)
    {
        if (PlanningRules.Optional(typed, "investmentCode") is not { } code) return null;
        return code.Length == 7 && code.All(char.IsAsciiDigit) ? code : throw new RuleBroken(PlanningRules.InvestmentCodeWrong, code);
    }

    public static (DateOnly? Start, int? Months) Schedule(DateOnly? start, int? months)
    {
        if (months is < 1 or > MostMonths) throw new RuleBroken(PlanningRules.MonthsOutOfRange, months, MostMonths);
        if (start is not { } day) return (null, months);
        PlanningRules.Year(day.Year);
        return (new DateOnly(day.Year, day.Month, 1), months);
    }

    public static ProjectUpkeep? Upkeep(ProjectUpkeep? upkeep)
    {
        if (upkeep is null) return null;
        if (upkeep.YearlyCost is { IsNegative: true }) throw new RuleBroken(PlanningRules.NegativeNumber);
        return new(PlanningRules.Required(upkeep.Who, "upkeepWho"), upkeep.YearlyCost, PlanningRules.Optional(upkeep.Commitment, "commitment"));
    }

    public static IReadOnlyList<ProjectComponent> Components(IReadOnlyList<ProjectComponent> typed) =>
        [.. NotTooMany(typed).Select(c => new ProjectComponent(PlanningRules.Required(c.Name, "component"), PlanningRules.Optional(c.Result, "result", PlanningRules.LongestText)))];

    public static IReadOnlyList<ProjectRisk> Risks(IReadOnlyList<ProjectRisk> typed) =>
        [.. NotTooMany(typed).Select(r => r with { What = PlanningRules.Required(r.What, "risk"), Answer = PlanningRules.Optional(r.Answer, "answer", PlanningRules.LongestText) })];

    public static IReadOnlyList<ProjectPrecondition> Preconditions(IReadOnlyList<ProjectPrecondition> typed)
    {
        if (typed.FirstOrDefault(p => PreconditionKinds.Find(p.Code) is null) is { } unknown) throw new RuleBroken(PlanningRules.PreconditionUnknown, unknown.Code);
        return [.. NotTooMany(typed).DistinctBy(p => p.Code).Select(p => p with { Document = PlanningRules.Optional(p.Document, "document") })];
    }

    public static IReadOnlyList<GroupBeneficiaries> Groups(IReadOnlyList<GroupBeneficiaries> typed)
    {
        if (typed.FirstOrDefault(g => BeneficiaryGroups.Find(g.Code) is null) is { } unknown) throw new RuleBroken(PlanningRules.GroupUnknown, unknown.Code);
        if (typed.Any(g => g.Women < 0 || g.Men < 0)) throw new RuleBroken(PlanningRules.NegativeNumber);
        return [.. NotTooMany(typed).DistinctBy(g => g.Code).Where(g => g.Women > 0 || g.Men > 0)];
    }

    public static IReadOnlyList<ProjectDocument> Documents(IReadOnlyList<ProjectDocument> typed) =>
        [.. NotTooMany(typed).Select(d => d with { Name = PlanningRules.Required(d.Name, "document"), Reference = PlanningRules.Optional(d.Reference, "reference") })];

    static IReadOnlyList<T> NotTooMany<T>(IReadOnlyList<T> items) =>
        items.Count <= MostItems ? items : throw new RuleBroken(PlanningRules.TooManyLines, MostItems);
}
