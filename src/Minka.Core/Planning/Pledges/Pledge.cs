using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Pledges;

public readonly record struct PledgeId(Guid Value) : ITypedId<PledgeId>
{
    public static PledgeId From(Guid value) => new(value);
}

public enum PledgeState
{
    /// <summary>Said, no paper yet.</summary>
    Pledged,

    /// <summary>A letter, a certificate or an agreement shows it.</summary>
    Documented,

    /// <summary>Its value in soles was looked at: by whom, how, on which day.</summary>
    Valued,
    Withdrawn,
}

/// <summary>Currencies in which partners pledge. Programmes are planned in soles.</summary>
public enum PledgeCurrency
{
    Pen,
    Usd,
    Eur,
}

/// <summary>What shows a pledge.</summary>
public enum PledgePaper
{
    Letter,

    /// <summary>Certificación de crédito presupuestario: money of this year.</summary>
    BudgetCertificate,

    /// <summary>Previsión presupuestaria: money of later years.</summary>
    BudgetForecast,
    Agreement,
}

/// <summary>An amount of another currency in soles, by a rate of a day: never one without the other.</summary>
/// <param name="Rate">Soles for a unit, in millionths.</param>
/// <param name="Source">Who published the rate.</param>
public sealed record ExchangeRate(long Rate, DateOnly On, string Source)
{
    public const long Unit = 1_000_000;
}

/// <summary>What an editor types of a pledge.</summary>
public sealed record PledgeInput
{
    /// <summary>An organisation, never a person.</summary>
    public required string Partner { get; init; }
    public required FundingSource Source { get; init; }
    public required int Year { get; init; }
    public required PledgeCurrency Currency { get; init; }

    /// <summary>In hundredths of its own currency.</summary>
    public required long Amount { get; init; }

    /// <summary>Null in soles.</summary>
    public ExchangeRate? Exchange { get; init; }
    public string? Conditions { get; init; }
}

/// <param name="Reference">Number and office of the paper.</param>
public sealed record PledgeDocument(PledgePaper Kind, string Reference, DateOnly On, StoredFileId File, Digest Sha256, string FileName);

/// <param name="Method">Quotation, tariff of the day's wage, appraisal …; for money: what was checked.</param>
/// <param name="Valuer">The organisation that valued it.</param>
public sealed record PledgeValue(Money Amount, string Method, string Valuer, DateOnly On);

/// <summary>What a partner promises to put into a programme (aporte comprometido), before there is any agreement.</summary>
public sealed class Pledge : IVersioned
{
    public static readonly Transitions<PledgeState> Table = new("pledge",
        new(PledgeState.Pledged, "change", PledgeState.Pledged, "manager"),
        new(PledgeState.Pledged, "document", PledgeState.Documented, "manager"),
        new(PledgeState.Documented, "document", PledgeState.Documented, "manager"),
        new(PledgeState.Documented, "value", PledgeState.Valued, "manager"),
        new(PledgeState.Valued, "value", PledgeState.Valued, "manager"),
        new(PledgeState.Pledged, "withdraw", PledgeState.Withdrawn, "manager"),
        new(PledgeState.Documented, "withdraw", PledgeState.Withdrawn, "manager"),
        new(PledgeState.Valued, "withdraw", PledgeState.Withdrawn, "manager"));

    Pledge()
    {
    }

    public PledgeId Id { get; private set; }
    public ProgrammeId ProgrammeId { get; private set; }
    public EntityId EntityId { get; private set; }
    public string Partner { get; private set; } = "";
    public FundingSource Source { get; private set; }
    public int Year { get; private set; }
    public PledgeCurrency Currency { get; private set; }
    public long Amount { get; private set; }
    public ExchangeRate? Exchange { get; private set; }
    public string? Conditions { get; private set; }
    public PledgeState State { get; private set; }
    public PledgeDocument? Document { get; private set; }
    public PledgeValue? Value { get; private set; }
    public string? WithdrawnWhy { get; private set; }
    public int Version { get; private set; }

    public static Pledge Make(PledgeId id, Programme programme, PledgeInput input)
    {
        var pledge = new Pledge { Id = id, ProgrammeId = programme.Id, EntityId = programme.EntityId };
        pledge.Write(input);
        return pledge;
    }

    public void Change(PledgeInput input)
    {
        State = Table.Next(State, "change");
        Write(input);
    }

    public void Prove(PledgeDocument document)
    {
        if (document.Kind is PledgePaper.BudgetCertificate or PledgePaper.BudgetForecast && !Source.IsPublic()) throw new RuleBroken(PledgeRules.PaperOfPublicMoney, Source);
        State = Table.Next(State, "document");
        Document = document with { Reference = PlanningRules.Required(document.Reference, "reference") };
    }

    public void Appraise(PledgeValue value)
    {
        if (!value.Amount.IsPositive) throw new RuleBroken(PlanningRules.AmountNotPositive);
        State = Table.Next(State, "value");
        Value = value with { Method = PlanningRules.Required(value.Method, "method", PlanningRules.LongestText), Valuer = PlanningRules.Required(value.Valuer, "valuer") };
    }

    public void Withdraw(string why)
    {
        State = Table.Next(State, "withdraw");
        WithdrawnWhy = PlanningRules.Required(why, "why", PlanningRules.LongestText);
    }

    /// <summary>In soles: as valued, else as promised at its rate.</summary>
    public Money InSoles() => Value?.Amount ?? Promised();

    /// <summary>As promised, at the rate of its day, rounded half away from zero.</summary>
    public Money Promised() => Exchange is not { } exchange ? new(Amount)
        : new((long)((2 * (Int128)Amount * exchange.Rate + ExchangeRate.Unit) / (2 * ExchangeRate.Unit)));

    void Write(PledgeInput input)
    {
        if (input.Amount <= 0) throw new RuleBroken(PlanningRules.AmountNotPositive);
        if (!input.Source.IsMatch()) throw new RuleBroken(PledgeRules.FundPledgesNothing);
        if (input.Currency == PledgeCurrency.Pen ? input.Exchange is not null : input.Exchange is null) throw new RuleBroken(PledgeRules.RateMissing, input.Currency);
        if (input.Exchange is { Rate: <= 0 or > 1_000 * ExchangeRate.Unit }) throw new RuleBroken(PledgeRules.RateRange);
        Partner = PlanningRules.Required(input.Partner, "partner");
        (Source, Currency, Amount) = (input.Source, input.Currency, input.Amount);
        Year = PlanningRules.Year(input.Year);
        Exchange = input.Exchange is { } exchange ? exchange with { Source = PlanningRules.Required(exchange.Source, "rate-source") } : null;
        Conditions = PlanningRules.Optional(input.Conditions, "conditions", PlanningRules.LongestText);
    }

    public PledgeInput ToInput() => new() { Partner = Partner, Source = Source, Year = Year, Currency = Currency, Amount = Amount, Exchange = Exchange, Conditions = Conditions };
}

/// <summary>Codes of the rules that pledges keep; each has its text under <c>rule.CODE</c>.</summary>
public static class PledgeRules
{
    /// <summary>Args: the currency. Another currency than the sol is never taken without the rate of a day.</summary>
    public const string RateMissing = "pledge.rate-missing";
    public const string RateRange = "pledge.rate-range";

    /// <summary>The grant is asked in the application, not pledged.</summary>
    public const string FundPledgesNothing = "pledge.fund";

    /// <summary>Args: the source. Only public money has a budget certificate or forecast.</summary>
    public const string PaperOfPublicMoney = "pledge.paper-of-public-money";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooMany = "pledge.too-many";
    public const int Most = 400;
}
