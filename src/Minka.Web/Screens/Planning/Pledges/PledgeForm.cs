using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning.Pledges;
using Minka.Core.Rules;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Pledges;

/// <summary>A pledge as typed.</summary>
public sealed class PledgeForm
{
    public string? Partner { get; set; }
    public string? Source { get; set; }
    public string? Year { get; set; }
    public string? Currency { get; set; } = nameof(PledgeCurrency.Pen);
    public string? Amount { get; set; }
    public string? Rate { get; set; }
    public string? RateOn { get; set; }
    public string? RateSource { get; set; }
    public string? Conditions { get; set; }

    public static PledgeForm Of(Pledge pledge) => new()
    {
        Partner = pledge.Partner,
        Source = pledge.Source.ToString(),
        Year = pledge.Year.ToString(CultureInfo.InvariantCulture),
        Currency = pledge.Currency.ToString(),
        Amount = new Money(pledge.Amount).ToString(),
        Rate = pledge.Exchange is { } e ? (e.Rate / (decimal)ExchangeRate.Unit).ToString("0.######", CultureInfo.InvariantCulture) : null,
        RateOn = pledge.Exchange is { } on ? TypedTime.OfDay(on.On) : null,
        RateSource = pledge.Exchange?.Source,
        Conditions = pledge.Conditions,
    };

    public PledgeInput Read(FormReader reader)
    {
        if (!Enum.TryParse<FundingSource>(Source, out var source) || !Enum.IsDefined(source) || !source.IsMatch()) reader.Fault(nameof(Source), "planning.field.source");
        if (!Enum.TryParse<PledgeCurrency>(Currency, out var currency) || !Enum.IsDefined(currency)) reader.Fault(nameof(Currency), "pledge.field.currency");
        var amount = reader.Money(Amount, nameof(Amount));
        if (amount.IsZero && MoneyText.TryParse(Amount, out _, out _)) reader.Fault(nameof(Amount), "rule.programme.amount-not-positive");
        var typed = !string.IsNullOrWhiteSpace($"{Rate}{RateOn}{RateSource}");
        if (currency == PledgeCurrency.Pen && typed) reader.Fault(nameof(Rate), "pledge.field.rate-of-soles");
        return new()
        {
            Partner = reader.Text(Partner, nameof(Partner)),
            Source = source,
            Year = reader.Year(Year, nameof(Year)),
            Currency = currency,
            Amount = amount.Minor,
            Exchange = currency == PledgeCurrency.Pen ? null : ReadRate(reader),
            Conditions = reader.Optional(Conditions, nameof(Conditions), Core.Planning.PlanningRules.LongestText),
        };
    }

    ExchangeRate ReadRate(FormReader reader)
    {
        var plain = Rate?.Trim().Replace(',', '.');
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate <= 0 || rate > 1_000 || decimal.Round(rate, 6) != rate)
        {
            reader.Fault(nameof(Rate), "pledge.field.rate");
            rate = 1;
        }
        if (!TypedTime.TryDay(RateOn, out var on)) reader.Fault(nameof(RateOn), "pledge.field.day");
        return new((long)(rate * ExchangeRate.Unit), on, reader.Text(RateSource, nameof(RateSource)));
    }
}
