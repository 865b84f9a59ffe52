using System.Globalization;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;

namespace Minka.Web.Screens.Planning.Bank;

public sealed class ComponentForm
{
    public string? Name { get; set; }
    public string? Result { get; set; }
}

public sealed class RiskForm
{
    public string? What { get; set; }
    public string? Likelihood { get; set; }
    public string? Impact { get; set; }
    public string? Answer { get; set; }
}

public sealed class StateForm
{
    public string? Code { get; set; }
    public string? State { get; set; }
    public string? Document { get; set; }
}

public sealed class GroupForm
{
    public string? Code { get; set; }
    public string? Women { get; set; }
    public string? Men { get; set; }
}

public sealed class DocumentForm
{
    public string? Name { get; set; }
    public string? Reference { get; set; }

    /// <summary>Kept as it was: a digest cannot be typed.</summary>
    public string? Digest { get; set; }
}

/// <summary>The rest of a sheet as typed. Each page shows and reads its own part; the others stay as they are stored.</summary>
public sealed class SheetForm
{
    const int Spare = 3;

    public string? Kind { get; set; }
    public string? InvestmentCode { get; set; }

    /// <summary>"2027-03".</summary>
    public string? Start { get; set; }
    public string? Months { get; set; }
    public string? Who { get; set; }
    public string? YearlyCost { get; set; }
    public string? Commitment { get; set; }
    public string? ShapeKind { get; set; }

    /// <summary>One point a line: latitude, longitude.</summary>
    public string? Points { get; set; }
    public List<ComponentForm> Components { get; set; } = [];
    public List<RiskForm> Risks { get; set; } = [];
    public List<StateForm> Preconditions { get; set; } = [];
    public List<GroupForm> Groups { get; set; } = [];
    public List<DocumentForm> Documents { get; set; } = [];

    public static SheetForm Of(SheetInput s) => new()
    {
        Kind = s.Kind?.ToString(),
        InvestmentCode = s.InvestmentCode,
        Start = s.StartMonth?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Months = s.Months?.ToString(CultureInfo.InvariantCulture),
        Who = s.Upkeep?.Who,
        YearlyCost = s.Upkeep?.YearlyCost?.ToString(),
        Commitment = s.Upkeep?.Commitment,
        ShapeKind = s.Shape?.Kind.ToString(),
        Points = s.Shape is null ? null : string.Join('\n', s.Shape.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Latitude / (decimal)MapPoint.Scale:0.######}, {p.Longitude / (decimal)MapPoint.Scale:0.######}"))),
        Components = [.. s.Components.Select(c => new ComponentForm { Name = c.Name, Result = c.Result }), .. Enumerable.Range(0, Spare).Select(_ => new ComponentForm())],
        Risks = [.. s.Risks.Select(r => new RiskForm { What = r.What, Likelihood = r.Likelihood.ToString(), Impact = r.Impact.ToString(), Answer = r.Answer }), .. Enumerable.Range(0, Spare).Select(_ => new RiskForm())],
        Preconditions = [.. PreconditionKinds.All.OrderByDescending(k => k.IsAskedOf(s.Kind)).Select(k => s.Preconditions.FirstOrDefault(p => p.Code == k.Code) is { } own
            ? new StateForm { Code = k.Code, State = own.State.ToString(), Document = own.Document } : new StateForm { Code = k.Code, State = k.IsAskedOf(s.Kind) ? nameof(PreconditionState.Missing) : nameof(PreconditionState.NotNeeded) })],
        Groups = [.. BeneficiaryGroups.All.Select(g => s.Groups.FirstOrDefault(x => x.Code == g.Code) is { } own
            ? new GroupForm { Code = g.Code, Women = own.Women.ToString(CultureInfo.InvariantCulture), Men = own.Men.ToString(CultureInfo.InvariantCulture) } : new GroupForm { Code = g.Code })],
        Documents = [.. s.Documents.Select(d => new DocumentForm { Name = d.Name, Reference = d.Reference, Digest = d.Digest?.Hex }), .. Enumerable.Range(0, Spare).Select(_ => new DocumentForm())],
    };

    /// <summary>The stored sheet with one part as typed.</summary>
    public SheetInput Read(SheetPart part, SheetInput stored, FormReader reader) => part switch
    {
        SheetPart.What => stored with
        {
            Kind = Enum.TryParse<ProjectKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null,
            InvestmentCode = CodeOf(reader),
        },
        SheetPart.Where => stored with { Shape = ShapeOf(reader) },
        SheetPart.Beneficiaries => stored with { Groups = [.. Groups.Index().Where(g => BeneficiaryGroups.Find(g.Item.Code) is not null).Select(g => new GroupBeneficiaries(g.Item.Code!, reader.Count(g.Item.Women, $"Groups[{g.Index}].Women"), reader.Count(g.Item.Men, $"Groups[{g.Index}].Men")))] },
        SheetPart.Schedule => stored with
        {
            StartMonth = StartOf(reader),
            Months = MonthsOf(reader),
            Components = [.. Components.Index().Where(c => !string.IsNullOrWhiteSpace(c.Item.Name + c.Item.Result)).Select(c => new ProjectComponent(reader.Text(c.Item.Name, $"Components[{c.Index}].Name"), reader.Optional(c.Item.Result, $"Components[{c.Index}].Result", PlanningRules.LongestText)))],
        },
        SheetPart.Upkeep => stored with
        {
            Upkeep = string.IsNullOrWhiteSpace(Who + YearlyCost + Commitment) ? null
                : new(reader.Text(Who, nameof(Who)), string.IsNullOrWhiteSpace(YearlyCost) ? null : reader.Money(YearlyCost, nameof(YearlyCost)), reader.Optional(Commitment, nameof(Commitment))),
        },
        SheetPart.Risks => stored with
        {
            Risks = [.. Risks.Index().Where(r => !string.IsNullOrWhiteSpace(r.Item.What + r.Item.Answer)).Select(r => new ProjectRisk(reader.Text(r.Item.What, $"Risks[{r.Index}].What"), LevelOf(r.Item.Likelihood), LevelOf(r.Item.Impact), reader.Optional(r.Item.Answer, $"Risks[{r.Index}].Answer", PlanningRules.LongestText)))],
        },
        SheetPart.Preconditions => stored with
        {
            Preconditions = [.. Preconditions.Index().Where(p => PreconditionKinds.Find(p.Item.Code) is not null).Select(p => new ProjectPrecondition(p.Item.Code!, Enum.TryParse<PreconditionState>(p.Item.State, out var state) && Enum.IsDefined(state) ? state : PreconditionState.Missing, reader.Optional(p.Item.Document, $"Preconditions[{p.Index}].Document")))
                .Where(p => p.State != PreconditionState.NotNeeded || PreconditionKinds.Find(p.Code)!.IsAskedOf(stored.Kind) || p.Document is not null)],
        },
        SheetPart.Documents => stored with
        {
            Documents = [.. Documents.Index().Where(d => !string.IsNullOrWhiteSpace(d.Item.Name + d.Item.Reference)).Select(d => new ProjectDocument(reader.Text(d.Item.Name, $"Documents[{d.Index}].Name"), reader.Optional(d.Item.Reference, $"Documents[{d.Index}].Reference"),
                stored.Documents.Select(s => s.Digest).FirstOrDefault(s => s is { } digest && digest.Hex == d.Item.Digest)))],
        },
        _ => stored,
    };

    static RiskLevel LevelOf(string? typed) => Enum.TryParse<RiskLevel>(typed, out var level) && Enum.IsDefined(level) ? level : RiskLevel.Medium;

    string? CodeOf(FormReader reader)
    {
        var code = reader.Optional(InvestmentCode, nameof(InvestmentCode));
        if (code is not null && (code.Length != 7 || !code.All(char.IsAsciiDigit))) reader.Fault(nameof(InvestmentCode), "rule." + PlanningRules.InvestmentCodeWrong, code);
        return code;
    }

    DateOnly? StartOf(FormReader reader)
    {
        if (string.IsNullOrWhiteSpace(Start)) return null;
        if (DateOnly.TryParseExact(Start.Trim(), ["yyyy-MM", "MM/yyyy", "M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= PlanningRules.FirstYear and <= PlanningRules.LastYear) return day;
        reader.Fault(nameof(Start), "bank.field.month");
        return null;
    }

    int? MonthsOf(FormReader reader)
    {
        if (string.IsNullOrWhiteSpace(Months)) return null;
        var months = reader.Count(Months, nameof(Months));
        if (months is < 1 or > 240) reader.Fault(nameof(Months), "rule." + PlanningRules.MonthsOutOfRange, months, 240);
        return months;
    }

    ProjectShape? ShapeOf(FormReader reader)
    {
        if (string.IsNullOrWhiteSpace(Points)) return null;
        var kind = Enum.TryParse<Core.Planning.ShapeKind>(ShapeKind, out var k) && Enum.IsDefined(k) ? k : Core.Planning.ShapeKind.Point;
        var points = new List<MapPoint>();
        foreach (var (i, text) in Points.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Index())
        {
            var parts = text.Replace('−', '-').Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts is [var a, var b] && decimal.TryParse(a, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var latitude) && decimal.TryParse(b, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var longitude)
                && Math.Abs(latitude) <= 1_000 && Math.Abs(longitude) <= 1_000)
            {
                points.Add(MapPoint.Of(latitude, longitude));
            }
            else
            {
                reader.Fault(nameof(Points), "bank.field.point", i + 1, text);
                return null;
            }
        }
        return new(kind, points);
    }
}
