using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning.Appraisals;

namespace Minka.Web.Screens.Planning.Appraisals;

public sealed class YearForm
{
    public string? Year { get; set; }
    public string? Operation { get; set; }
    public string? Benefits { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Year}{Operation}{Benefits}");
}

public sealed class ExecutedForm
{
    public string? Year { get; set; }
    public string? Amount { get; set; }
    public string? Source { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Year}{Amount}{Source}");
}

public sealed class RangeForm
{
    public string? Low { get; set; }
    public string? High { get; set; }
    public string? Source { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace($"{Low}{High}{Source}");
}

/// <summary>An evaluation as typed.</summary>
public sealed class AppraisalForm
{
    public string? Rate { get; set; } = DiscountRates.Current.Code;
    public string? PrivateRate { get; set; }
    public string? PrivateSource { get; set; }
    public List<YearForm> Years { get; set; } = [];

    /// <summary>In the order of the parts.</summary>
    public List<RangeForm> Ranges { get; set; } = [];
    public string? Jobs { get; set; }
    public string? Executor { get; set; }
    public List<ExecutedForm> Executed { get; set; } = [];

    /// <summary>The word for a private rate among the codes of social ones.</summary>
    public const string Private = "private";

    public static AppraisalForm Of(AppraisalInput? input) => input is null ? new() : new()
    {
        Rate = input.Rate == RateKind.Private ? Private : input.SocialRate,
        PrivateRate = input.PrivateRate is { } rate ? Plain(rate) : null,
        PrivateSource = input.PrivateSource,
        Years = [.. input.Years.Select(y => new YearForm { Year = Text(y.Year), Operation = y.Operation.ToString(), Benefits = y.Benefits.ToString() })],
        Ranges = [.. Enum.GetValues<FlowKind>().Select(k => input.Ranges.FirstOrDefault(r => r.Part == k) is { } r ? new RangeForm { Low = Plain(r.Low), High = Plain(r.High), Source = r.Source } : new RangeForm())],
        Jobs = input.Jobs == 0 ? null : Text(input.Jobs),
        Executor = input.Executor,
        Executed = [.. input.Executed.Select(y => new ExecutedForm { Year = Text(y.Year), Amount = y.Amount.ToString(), Source = y.Source })],
    };

    /// <summary>Room for more rows; a row for each part that may be in doubt.</summary>
    public void Spare(int years, int executed)
    {
        for (var i = 0; i < years && Years.Count < Appraisal.MostYears; i++) Years.Add(new());
        for (var i = 0; i < executed && Executed.Count < 10; i++) Executed.Add(new());
        while (Ranges.Count < Enum.GetValues<FlowKind>().Length) Ranges.Add(new());
    }

    public AppraisalInput Read(FormReader reader)
    {
        var isPrivate = Rate == Private;
        var parts = Enum.GetValues<FlowKind>();
        return new()
        {
            Rate = isPrivate ? RateKind.Private : RateKind.Social,
            SocialRate = isPrivate ? null : Rate,
            PrivateRate = isPrivate ? Share(PrivateRate, nameof(PrivateRate), reader) : null,
            PrivateSource = isPrivate ? reader.Text(PrivateSource, nameof(PrivateSource)) : null,
            Years = [.. Years.Index().Where(y => !y.Item.IsBlank).Select(y => new AppraisalYear(reader.Year(y.Item.Year, At("Years", y.Index, "Year")), Amount(y.Item.Operation, At("Years", y.Index, "Operation"), reader), Amount(y.Item.Benefits, At("Years", y.Index, "Benefits"), reader)))],
            Ranges = [.. Ranges.Index().Where(r => !r.Item.IsBlank && r.Index < parts.Length).Select(r => new FlowRange(parts[r.Index], Share(r.Item.Low, At("Ranges", r.Index, "Low"), reader), Share(r.Item.High, At("Ranges", r.Index, "High"), reader), reader.Optional(r.Item.Source, At("Ranges", r.Index, "Source"))))],
            Jobs = reader.Count(Jobs, nameof(Jobs)),
            Executor = reader.Optional(Executor, nameof(Executor)),
            Executed = [.. Executed.Index().Where(y => !y.Item.IsBlank).Select(y => new ExecutedYear(reader.Year(y.Item.Year, At("Executed", y.Index, "Year")), reader.Money(y.Item.Amount, At("Executed", y.Index, "Amount")), reader.Text(y.Item.Source, At("Executed", y.Index, "Source"))))],
        };

        static string At(string list, int index, string field) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}].{field}");
    }

    /// <summary>An empty cell of a year that has something else is zero.</summary>
    static Money Amount(string? text, string field, FormReader reader) => string.IsNullOrWhiteSpace(text) ? Money.Zero : reader.Money(text, field);

    static BasisPoints Share(string? text, string field, FormReader reader)
    {
        var plain = text?.Trim().TrimEnd('%').Trim().Replace(',', '.');
        if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1_000 && decimal.Round(share, 2) == share) return new((int)(share * 100));
        reader.Fault(field, string.IsNullOrWhiteSpace(text) ? "planning.field.missing" : "appraisal.field.percent");
        return default;
    }

    static string Plain(BasisPoints rate) => (rate.Value / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
