using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Bank;

/// <summary>A part of a sheet, one page each.</summary>
public enum SheetPart
{
    What,
    Where,
    Beneficiaries,
    Costs,
    Schedule,
    Upkeep,
    Risks,
    Preconditions,
    Documents,
}

/// <summary>One thing that a sheet lacks; its text lies under <c>bank.lacks.CODE</c>.</summary>
public sealed record SheetGap(SheetPart Part, string Code, params IReadOnlyList<object?> Args);

/// <summary>What a project's sheet still lacks before a programme can count on it: everything at once, by part.</summary>
public static class SheetGaps
{
    public static IReadOnlyList<SheetGap> Of(Project project, SheetInput sheet, IReadOnlyList<CostLine> lines)
    {
        var gaps = new List<SheetGap>();
        void Lack(bool lacks, SheetPart part, string code, params IReadOnlyList<object?> args)
        {
            if (lacks) gaps.Add(new(part, code, args));
        }
        Lack(project.Problem.Length == 0, SheetPart.What, "problem");
        Lack(project.Objective.Length == 0, SheetPart.What, "objective");
        Lack(sheet.Kind is null, SheetPart.What, "kind");
        Lack(project.AxisId is null, SheetPart.What, "axis");
        Lack(sheet.Kind is ProjectKind.Investment or ProjectKind.Ioarr && sheet.InvestmentCode is null && project.Stage is ProjectStage.Viable or ProjectStage.TechnicalFile or ProjectStage.InExecution, SheetPart.What, "investment-code");
        Lack(project.Places.Count == 0, SheetPart.Where, "places");
        Lack(sheet.Shape is null && sheet.Kind is ProjectKind.Investment or ProjectKind.Ioarr, SheetPart.Where, "shape");
        Lack(project.BeneficiaryWomen + project.BeneficiaryMen == 0, SheetPart.Beneficiaries, "beneficiaries");
        var funded = lines.SumMoney(l => l.Amount);
        Lack(project.PlannedCost.IsZero, SheetPart.Costs, "cost");
        Lack(lines.Count == 0 && project.PlannedCost.IsPositive, SheetPart.Costs, "lines");
        Lack(lines.Count > 0 && funded < project.PlannedCost, SheetPart.Costs, "gap", project.PlannedCost - funded);
        Lack(lines.Count > 0 && funded > project.PlannedCost, SheetPart.Costs, "excess", funded - project.PlannedCost);
        foreach (var line in lines.Where(l => l.Source.IsInKind()))
        {
            Lack(line.Valuation is null, SheetPart.Costs, "valuation", line.Concept);
            Lack(line.Evidence is null, SheetPart.Costs, "evidence", line.Concept);
        }
        Lack(sheet.StartMonth is null || sheet.Months is null, SheetPart.Schedule, "schedule");
        if (sheet is { StartMonth: { } start, Months: { } months })
        {
            var (first, last) = (start.Year, start.AddMonths(months - 1).Year);
            foreach (var year in lines.Select(l => l.Year).Distinct().Where(y => y < first || y > last).Order()) Lack(true, SheetPart.Schedule, "year-outside", year, first, last);
        }
        var endures = sheet.Kind is ProjectKind.Investment or ProjectKind.Ioarr;
        Lack(endures && sheet.Upkeep is null, SheetPart.Upkeep, "upkeep");
        Lack(sheet.Upkeep is { YearlyCost: null }, SheetPart.Upkeep, "yearly-cost");
        Lack(sheet.Upkeep is { Commitment: null }, SheetPart.Upkeep, "commitment");
        Lack(sheet.Risks.Count == 0, SheetPart.Risks, "risks");
        foreach (var risk in sheet.Risks.Where(r => r.Answer is null && r.Likelihood != RiskLevel.Low && r.Impact != RiskLevel.Low)) Lack(true, SheetPart.Risks, "answer", risk.What);
        Lack(sheet.Kind is null, SheetPart.Preconditions, "kind-first");
        foreach (var asked in PreconditionKinds.All.Where(k => k.IsAskedOf(sheet.Kind)))
        {
            var own = sheet.Preconditions.FirstOrDefault(p => p.Code == asked.Code);
            Lack(own is null || own.State is PreconditionState.Missing, SheetPart.Preconditions, "precondition", asked);
            Lack(own is { State: PreconditionState.Held, Document: null }, SheetPart.Preconditions, "precondition-document", asked);
        }
        return gaps;
    }
}
