using Minka.Core.Database;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Fund.Calls;

/// <summary>What stands in the way of a call's next act, and what does not: every reason, not only the first.</summary>
public static class CallReadiness
{
    public static async Task<IReadOnlyList<Reason>> ForPublishAsync(AppDb db, CallFile file, DateTime now)
    {
        var call = file.Call;
        var reasons = new List<Reason>();
        if (call.Title.Length == 0) reasons.Add(Reason.Fails(FundRules.TitleMissing));
        if (!call.Budget.IsPositive) reasons.Add(Reason.Fails(FundRules.BudgetMissing));
        if (file.PackReading.Pack is null) return [.. reasons, Reason.Fails(FundRules.PackFaulty, file.PackReading.Faults.Count)];
        reasons.AddRange(OfRules(file));
        reasons.AddRange(call.Calendar.Check(file.Pack.Calendar, BusinessCalendar.Peru));
        if (!call.Calendar.IsEmpty && call.Calendar.Stages[0].On < LegalTime.DayIn(now)) reasons.Add(Reason.Fails(FundRules.CalendarPast, call.Calendar.Stages[0].On));
        var unassigned = (await LedgerBook.OfFundAsync(db, call.FundId.Value)).Unassigned;
        reasons.Add(call.Budget <= unassigned ? Reason.Ok(FundRules.BudgetFunded, call.Budget) : Reason.Fails(FundRules.FundShort, call.Budget, unassigned));
        return reasons;
    }

    public static async Task<IReadOnlyList<Reason>> ForIntegrateAsync(AppDb db, CallFile file, DateTime now)
    {
        var call = file.Call;
        if (file.PackReading.Pack is null) return [Reason.Fails(FundRules.PackFaulty, file.PackReading.Faults.Count)];
        var reasons = OfRules(file).ToList();
        if (!call.Dates.QuestionsEnd.HasPassedAt(now)) reasons.Add(Reason.Fails(FundRules.QuestionsRunning, call.Dates.QuestionsEnd.ClosesAt));
        var open = file.Questions.Open;
        reasons.Add(open == 0 ? Reason.Ok(FundRules.QuestionsAnswered, file.Questions.Total) : Reason.Fails(FundRules.QuestionsUnanswered, open));
        var held = await LedgerBook.OfCallAsync(db, call.Id.Value);
        var unassigned = (await LedgerBook.OfFundAsync(db, call.FundId.Value)).Unassigned;
        var more = call.Budget - held.Appropriation;
        reasons.Add(more <= unassigned ? Reason.Ok(FundRules.BudgetFunded, call.Budget) : Reason.Fails(FundRules.FundShort, more, unassigned));
        return reasons;
    }

    public static async Task<IReadOnlyList<Reason>> ForOpenAsync(AppDb db, CallFile file, DateTime now)
    {
        var call = file.Call;
        if (file.PackReading.Pack is null) return [Reason.Fails(FundRules.PackFaulty, file.PackReading.Faults.Count)];
        var reasons = new List<Reason>();
        reasons.AddRange(PackReadiness.Of(file.Pack));
        reasons.Add(file.Freeze(2) is { } freeze ? Reason.Ok(FundRules.FreezeDone, 2, freeze.Digest.Short) : Reason.Fails(FundRules.FreezeMissing, 2));
        reasons.AddRange(OfRules(file));
        var held = (await LedgerBook.OfCallAsync(db, call.Id.Value)).Appropriation;
        reasons.Add(held == call.Budget && held.IsPositive ? Reason.Ok(FundRules.BudgetFunded, held) : Reason.Fails(FundRules.BudgetNotFunded, call.Budget, held));
        if (call.Calendar.IsEmpty) reasons.Add(Reason.Fails(FundRules.CalendarMissing));
        else if (call.Dates.Close.HasPassedAt(now)) reasons.Add(Reason.Fails(FundRules.ClosePassed, call.Dates.Close.ClosesAt));
        else if (now < call.Dates.OpensAt) reasons.Add(Reason.Fails(FundRules.OpensLater, call.Dates.OpensAt));
        return reasons;
    }

    public static IReadOnlyList<Reason> ForClose(Call call, DateTime now) =>
        [call.Dates.Close.HasPassedAt(now) ? Reason.Ok(FundRules.CloseReached, call.Dates.Close.ClosesAt) : Reason.Fails(FundRules.CloseLater, call.Dates.Close.ClosesAt)];

    /// <summary>Territories, leagues and envelopes.</summary>
    public static IEnumerable<Reason> OfRules(CallFile file)
    {
        var call = file.Call;
        if (call.ProvinceCodes.Count == 0) return [Reason.Fails(FundRules.ProvincesMissing)];
        var known = file.Needs.Select(n => n.ProvinceCode).ToHashSet(StringComparer.Ordinal);
        var missing = call.ProvinceCodes.Where(c => !known.Contains(c)).ToList();
        if (missing.Count > 0) return [Reason.Fails(FundRules.NeedsMissing, missing.Count, string.Join(", ", missing.Take(8)))];
        var aside = file.Pack.Award.KeptAside();
        return [.. OfSetAsides(file, aside), .. LeagueChecks.Run(call.ProvinceCodes, [.. file.Leagues.Select(l => (l.Code, l.Envelope, l.ProvinceCodes))], call.Budget - aside)];
    }

    static IEnumerable<Reason> OfSetAsides(CallFile file, Money aside)
    {
        if (file.Pack.Award.SetAsides is not { Count: > 0 } sets) yield break;
        foreach (var nowhere in sets.Where(s => s.Provinces.IsKnown && !s.Provinces.Value.Any(file.Call.ProvinceCodes.Contains)))
            yield return Reason.Fails(FundRules.SetAsideNowhere, nowhere.Name);
        yield return aside < file.Call.Budget ? Reason.Ok(FundRules.SetAsidesSound, aside, file.Call.Budget - aside) : Reason.Fails(FundRules.SetAsidesExceed, aside, file.Call.Budget);
    }

    /// <exception cref="RuleBroken">With the first reason that fails.</exception>
    public static void Require(IEnumerable<Reason> reasons)
    {
        if (reasons.FirstOrDefault(r => r.Met == false) is { } first) throw new RuleBroken(first.Code, [.. first.Args]);
    }
}
