using System.Globalization;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

/// <summary>What is typed while a process is prepared.</summary>
public sealed class BudgetForm
{
    public string? Title { get; set; }
    public string? Year { get; set; }
    public ImpactLevel Level { get; set; }
    public string? Place { get; set; }
    public string? Ordinance { get; set; }
    public string? OrdinanceDate { get; set; }
    public string? Amount { get; set; }
    public string? AmountSource { get; set; }

    /// <summary>In per cent.</summary>
    public string? Share { get; set; }
    public string? Concerns { get; set; }

    public static BudgetForm Of(BudgetProcess p) => new()
    {
        Title = p.Title,
        Year = p.FiscalYear.ToString(CultureInfo.InvariantCulture),
        Level = p.Level,
        Place = p.PlaceCode,
        Ordinance = p.Ordinance?.Number,
        OrdinanceDate = p.Ordinance is { } o ? TypedTime.OfDay(o.Date) : null,
        Amount = p.Amount.ToString(),
        AmountSource = p.AmountSource,
        Share = p.ShareBp is { } bp ? (bp / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null,
        Concerns = p.Concerns,
    };

    public BudgetInput Read(FormReader reader)
    {
        DateOnly? day = null;
        if (!string.IsNullOrWhiteSpace(OrdinanceDate))
        {
            if (TypedTime.TryDay(OrdinanceDate, out var read)) day = read;
            else reader.Fault(nameof(OrdinanceDate), "budget.day-wrong");
        }
        else if (!string.IsNullOrWhiteSpace(Ordinance))
        {
            reader.Fault(nameof(OrdinanceDate), "budget.day-wrong");
        }
        int? share = null;
        if (!string.IsNullOrWhiteSpace(Share))
        {
            if (decimal.TryParse(Share.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100) share = (int)(percent * 100);
            else reader.Fault(nameof(Share), "rule." + BudgetRules.ShareWrong);
        }
        return new(reader.Text(Title, nameof(Title)), reader.Year(Year, nameof(Year)), Level, reader.Text(Place, nameof(Place), 6), Ordinance ?? "", day, reader.Money(Amount, nameof(Amount)), reader.Text(AmountSource, nameof(AmountSource)), share, Concerns ?? "");
    }
}
