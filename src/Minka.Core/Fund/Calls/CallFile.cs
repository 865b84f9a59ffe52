using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Rules;

namespace Minka.Core.Fund.Calls;

/// <summary>How many questions a call has, in all its rounds, and how many of them wait for an answer.</summary>
/// <param name="Open">Of the present round, without an answer.</param>
public sealed record QuestionCounts(int Total, int Unanswered, int Open);

/// <summary>A call with everything that its rules are made of, read together.</summary>
public sealed class CallFile
{
    CallFile(Call call, CoFinancingFund fund, RulePackReading basePack, RulePackReading pack, IReadOnlyList<TerritoryNeed> needs, IReadOnlyList<League> leagues, IReadOnlyList<Freeze> freezes, QuestionCounts questions) =>
        (Call, Fund, BasePack, PackReading, Needs, Leagues, Freezes, Questions) = (call, fund, basePack, pack, needs, leagues, freezes, questions);

    public Call Call { get; }

    public CoFinancingFund Fund { get; }

    /// <summary>The pack as published, before the call's own values.</summary>
    public RulePackReading BasePack { get; }

    /// <summary>The pack with the call's own values, or its faults.</summary>
    public RulePackReading PackReading { get; }

    /// <exception cref="RuleBroken">The call's own values contradict the pack.</exception>
    public RulePack Pack => PackReading.Pack ?? throw new RuleBroken(FundRules.PackFaulty, PackReading.Faults.Count);

    public IReadOnlyList<TerritoryNeed> Needs { get; }

    public IReadOnlyList<League> Leagues { get; }

    /// <summary>Of all rounds, in order.</summary>
    public IReadOnlyList<Freeze> Freezes { get; }

    public QuestionCounts Questions { get; }

    /// <summary>A freeze of the present round.</summary>
    public Freeze? Freeze(int number) => Freezes.FirstOrDefault(f => f.Round == Call.Round && f.Number == number);

    public IReadOnlyList<PlacedNeed> PlacedNeeds =>
        [.. Needs.Where(n => Call.ProvinceCodes.Contains(n.ProvinceCode)).Select(n => new PlacedNeed(n.ProvinceCode, n.Population, n.NeedBp, n.OwnResourcesPerHead, n.NeedPosition, n.ResourcesPosition))];

    /// <summary>What a freeze would hold now.</summary>
    public string Rules() => CallRules.Write(Call, Fund, PackReading.Pack is null ? throw new RuleBroken(FundRules.PackFaulty, PackReading.Faults.Count) : PackReading, BasePack.Digest,
        [.. Needs.Where(n => Call.ProvinceCodes.Contains(n.ProvinceCode))], Leagues);

    public static async Task<CallFile> LoadAsync(AppDb db, CallId id, CancellationToken cancel = default)
    {
        var call = await db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
        var fund = await db.Funds.SingleAsync(f => f.Id == call.FundId, cancel);
        var pack = await new RulePacks(db).GetAsync(call.PackId, call.PackVersion, cancel);
        return new(call, fund, pack, AdjustableRules.Apply(pack, call.Adjustments, call.Slug),
            await db.TerritoryNeeds.Where(n => n.CallId == id).OrderBy(n => n.ProvinceCode).ToListAsync(cancel),
            await db.Leagues.Where(l => l.CallId == id).OrderBy(l => l.Order).ToListAsync(cancel),
            await db.Freezes.Where(f => f.CallId == id).OrderBy(f => f.Round).ThenBy(f => f.Number).ToListAsync(cancel),
            new QuestionCounts(
                await db.Questions.CountAsync(q => q.CallId == id, cancel),
                await db.Questions.CountAsync(q => q.CallId == id && q.AnsweredAt == null, cancel),
                await db.Questions.CountAsync(q => q.CallId == id && q.AnsweredAt == null && q.Round == call.Round, cancel)));
    }

    /// <summary>Freezes the rules as they stand; earlier freezes stay.</summary>
    internal Freeze FreezeNow(Work work, int number)
    {
        var rules = Rules();
        var freeze = new Freeze
        {
            Id = work.NewId<FreezeId>(),
            CallId = Call.Id,
            Round = Call.Round,
            Number = number,
            Rules = rules,
            Digest = Digest.Of(rules),
            At = work.Now,
        };
        work.Db.Freezes.Add(freeze);
        return freeze;
    }

    /// <summary>Gives what no agreement took back to the fund.</summary>
    public static async Task ReturnMoneyAsync(Work work, Call call)
    {
        var balance = await LedgerBook.OfCallAsync(work.Db, call.Id.Value);
        if (balance.Available.IsPositive) await LedgerBook.ReturnAsync(work, call.FundId.Value, call.Id.Value, balance.Available);
    }
}
