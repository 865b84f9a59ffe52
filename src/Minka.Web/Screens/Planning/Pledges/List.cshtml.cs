using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Pledges;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Pledges;

/// <summary>One funder beside the others: what its rules say of this programme and what match they ask.</summary>
/// <param name="Need">Null where the rules have no least match, or the place of the territory among its peers is not known.</param>
public sealed record FunderView(string Name, string? Href, string Rules, IReadOnlyList<Reason> Reasons, BasisPoints? Rate, MatchNeed? Need)
{
    public int Met => Reasons.Count(r => r.Met == true);

    public int Failed => Reasons.Count(r => r.Met == false);
}

/// <summary>Who puts in what: pledges by partner against the funding table, and each funder's rules side by side.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ListModel(AppDb db) : ProgrammeScreen(db), IListed
{
    public const int Size = 40;
    const int MostFunders = 6;

    public IReadOnlyList<Pledge> Rows { get; private set; } = [];

    public PledgeTotals Totals { get; private set; } = null!;

    public FundingTable Funding { get; private set; } = null!;

    public IReadOnlyList<FunderView> Funders { get; private set; } = [];

    public int Number { get; private set; }

    public bool MayEdit { get; private set; }

    public IEnumerable<Pledge> Shown => Rows.Skip((Number - 1) * Size).Take(Size);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        Rows = await Db.Pledges.Where(p => p.ProgrammeId == Programme.Id).OrderBy(p => p.Source).ThenBy(p => p.Partner).ThenBy(p => p.Year).ToListAsync();
        Number = PageOf(Rows.Count, Size);
        var content = await Db.ProgrammeContentAsync(Programme);
        Funding = FundingTable.Of(content);
        Totals = PledgeTotals.Of(Funding, Rows);
        Funders = await FundersAsync(content);
    }

    /// <summary>The calls that the entity could apply to, each by its own frozen rules; without any, the built-in packs that have programmes.</summary>
    async Task<IReadOnlyList<FunderView>> FundersAsync(ProgrammeContent content)
    {
        var calls = await Db.Calls.Where(c => c.State == CallState.Integrated || c.State == CallState.Open || c.State == CallState.Published).OrderByDescending(c => c.CreatedAt).ToListAsync();
        var funders = new List<FunderView>();
        foreach (var call in calls.Where(c => Entity.ProvinceCodes.Any(c.ProvinceCodes.Contains)).Take(MostFunders))
        {
            // A call that was just published has rules already; its questions may still change them.
            var (id, round) = (call.Id, call.Round);
            if (await Db.Freezes.Where(f => f.CallId == id && f.Round == round).OrderByDescending(f => f.Number).FirstOrDefaultAsync() is not { } freeze) continue;
            var rules = CallRules.Of(freeze);
            funders.Add(Of(content, rules.Pack, rules.TerritoryOf(Entity.ProvinceCodes)?.NeedPosition, call.Title, $"/convocatorias/{call.Slug}", freeze.Number == 1 ? T["pledge.first-rules", rules.FundName] : rules.FundName));
        }
        if (funders.Count > 0) return funders;
        return [.. BuiltInPacks.All.Select(r => r.Pack!).Where(p => p.ProgrammeWindow is not null || p.Id == BuiltInPacks.Fdd.Id).Select(p => Of(content, p, null, p.Name.In(T.Language), $"/reglas/{p.Id}", T["pledge.no-call"]))];
    }

    FunderView Of(ProgrammeContent content, RulePack pack, int? need, string name, string href, string about)
    {
        var reasons = FormalChecks.OfProgramme(content, pack, need).Select(c => c.Reason).ToList();
        var rate = need is { } position ? CallRules.LeastMatchRate(pack, position) : null;
        return new(name, href, about, reasons, rate, rate is { } least ? Totals.Against(Funding.Total.PercentCeiling(least)) : null);
    }

    public TableFile ToFile() => new($"{Programme.Slug}-aportes",
        [T["pledge.partner"], T["planning.source"], T["planning.year"], T["planning.state"], T["pledge.currency"], T["pledge.amount"], T["pledge.rate"], T["pledge.rate-on"], T["pledge.rate-source"], T["pledge.in-soles"], T["pledge.conditions"], T["pledge.document"], T["planning.digest"], T["pledge.method"]],
        Rows.Select(p => (IReadOnlyList<object?>)[p.Partner, T.Of(p.Source), $"{p.Year}", T.Of(p.State), PledgeWords.Code(p.Currency), new Money(p.Amount), p.Exchange is { } e ? e.Rate / (decimal)ExchangeRate.Unit : null, p.Exchange?.On, p.Exchange?.Source,
            p.InSoles(), p.Conditions, p.Document?.Reference, p.Document?.Sha256.Hex, p.Value?.Method]));
}

/// <summary>How pledges are written.</summary>
public static class PledgeWords
{
    public static string Code(PledgeCurrency currency) => currency.ToString().ToUpperInvariant();

    /// <summary>The amount in its own currency: the symbol never leaves it.</summary>
    public static string Amount(Pledge pledge) => Format.Money(pledge.Amount, pledge.Currency switch { PledgeCurrency.Usd => "US$", PledgeCurrency.Eur => "€", _ => "S/" });

    /// <summary>As it was typed, so that the amount in soles can be checked by hand.</summary>
    public static string Rate(ExchangeRate rate) => (rate.Rate / (decimal)ExchangeRate.Unit).ToString("0.000###", CultureInfo.InvariantCulture);
}
