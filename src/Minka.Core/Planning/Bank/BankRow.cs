using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>What rows are judged against: what the entity has, and what the rows before said.</summary>
/// <param name="Nameable">Codes of districts of known provinces that no list has.</param>
sealed record BankBefore(
    IReadOnlyDictionary<string, AxisId> Axes, Dictionary<string, int> Codes, Dictionary<string, string> InvestmentCodes, IReadOnlySet<string> Places, IReadOnlySet<string> Nameable, EntityPlaces Territory)
{
    public Dictionary<string, int> CodeLines { get; } = new(StringComparer.Ordinal);
}

/// <summary>A row with what speaks against it, and what is only to be known.</summary>
/// <param name="Input">Null where a fault keeps it out.</param>
public sealed record JudgedProject(BankLine Line, BankProjectInput? Input, IReadOnlyList<BankFault> Faults, IReadOnlyList<BankFault> Remarks);

/// <summary>Understands one row of a table of projects. Nothing is guessed: what cannot be read is a fault with its column.</summary>
sealed class BankRow(BankLine line, BankBefore before)
{
    static readonly string[] MonthForms = ["yyyy-MM", "yyyy-MM-dd", "MM/yyyy", "M/yyyy", "d/M/yyyy", "dd/MM/yyyy"];

    /// <summary>Cells whose merged value would count money or people twice.</summary>
    static readonly HashSet<string> Counted = ["costo", "mujeres", "varones", .. BankTable.Sources.Select(s => s.Column)];

    static readonly Dictionary<string, ProjectKind> Kinds = new(StringComparer.Ordinal)
    {
        ["proyectodeinversion"] = ProjectKind.Investment,
        ["proyecto"] = ProjectKind.Investment,
        ["pip"] = ProjectKind.Investment,
        ["investment"] = ProjectKind.Investment,
        ["investmentproject"] = ProjectKind.Investment,
        ["ioarr"] = ProjectKind.Ioarr,
        ["inversioniaorr"] = ProjectKind.Ioarr,
        ["plandenegocio"] = ProjectKind.BusinessPlan,
        ["plandenegocios"] = ProjectKind.BusinessPlan,
        ["businessplan"] = ProjectKind.BusinessPlan,
        ["servicio"] = ProjectKind.Service,
        ["service"] = ProjectKind.Service,
        ["fortalecimientoinstitucional"] = ProjectKind.Strengthening,
        ["fortalecimiento"] = ProjectKind.Strengthening,
        ["strengthening"] = ProjectKind.Strengthening,
    };

    static readonly Dictionary<string, ProjectStage> Stages = new(StringComparer.Ordinal)
    {
        ["idea"] = ProjectStage.Idea,
        ["perfil"] = ProjectStage.Profile,
        ["profile"] = ProjectStage.Profile,
        ["enformulacion"] = ProjectStage.Profile,
        ["viable"] = ProjectStage.Viable,
        ["aprobado"] = ProjectStage.Viable,
        ["viableoaprobado"] = ProjectStage.Viable,
        ["approved"] = ProjectStage.Viable,
        ["expedientetecnico"] = ProjectStage.TechnicalFile,
        ["conexpedientetecnico"] = ProjectStage.TechnicalFile,
        ["technicalfile"] = ProjectStage.TechnicalFile,
        ["enejecucion"] = ProjectStage.InExecution,
        ["ejecucion"] = ProjectStage.InExecution,
        ["inexecution"] = ProjectStage.InExecution,
        ["cerrado"] = ProjectStage.Closed,
        ["closed"] = ProjectStage.Closed,
        ["descartado"] = ProjectStage.Discarded,
        ["discarded"] = ProjectStage.Discarded,
        ["desactivado"] = ProjectStage.Discarded,
    };

    readonly List<BankFault> faults = [];
    readonly List<BankFault> remarks = [];

    public JudgedProject Judge()
    {
        foreach (var note in line.Notes)
        {
            var isFault = note.Code == "merged" && Counted.Contains(note.Column) || note.Code == "formula" && note.Args[1].Length == 0;
            (isFault ? faults : remarks).Add(new(note.Column, isFault && note.Code == "formula" ? "formula-empty" : note.Code, [.. note.Args]));
        }
        if (Text("moneda", 40) is { } currency && BankTable.Plain(currency) is not ("pen" or "soles" or "sol" or "nuevossoles" or "s")) faults.Add(new("moneda", "currency", currency));
        var code = Text("codigo", 12);
        if (code is not null && before.Codes.TryGetValue(code, out var there)) faults.Add(there == 0 ? new("codigo", "code-exists", code) : new("codigo", "code-twice", code, there));
        var investment = InvestmentCode();
        AxisId? axis = null;
        if (Text("eje", 80) is { } axisCode)
        {
            if (before.Axes.TryGetValue(axisCode, out var found)) axis = found;
            else faults.Add(new("eje", "axis-unknown", axisCode, before.Axes.Count == 0 ? "–" : string.Join(", ", before.Axes.Keys.Order(CodeOrder.Natural))));
        }
        var places = Places();
        var lines = Lines();
        var cost = Money("costo");
        var funded = lines.SumMoney(l => l.Amount);
        if (cost is null && funded.IsPositive) cost = funded;
        else if (cost is { } whole && funded.IsPositive && whole != funded) remarks.Add(new("costo", "sources-differ", funded, whole, whole > funded ? whole - funded : funded - whole));
        var input = new BankProjectInput(new ProjectInput
        {
            Code = code,
            Title = Text("titulo", PlanningRules.LongestName, required: true) ?? "?",
            Problem = Text("problema", PlanningRules.LongestText) ?? "",
            Objective = Text("objetivo", PlanningRules.LongestText) ?? "",
            AxisId = axis,
            Chain = Text("cadena", 80),
            Conglomerate = Text("conglomerado", 80),
            Places = places,
            BeneficiaryWomen = Whole("mujeres", 0, 50_000_000) ?? 0,
            BeneficiaryMen = Whole("varones", 0, 50_000_000) ?? 0,
            Organisations = [.. line["organizaciones"].Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            PlannedCost = cost ?? Kernel.Money.Zero,
        }, Word("etapa", Stages) ?? ProjectStage.Idea, new SheetInput
        {
            Kind = Word("tipo", Kinds),
            InvestmentCode = investment,
            StartMonth = Month(),
            Months = Whole("meses", 1, SheetChecks.MostMonths),
            Upkeep = Text("mantenimiento", PlanningRules.LongestName) is { } who ? new ProjectUpkeep(who, null, null) : null,
            Documents = Text("origen", PlanningRules.LongestName) is { } origin ? [new ProjectDocument("Origen", origin, null)] : [],
        }, lines);
        if (faults.Count > 0) return new(line, null, faults, remarks);
        if (code is not null) before.Codes[code] = line.Line;
        if (investment is not null) before.CodeLines[investment] = line.Line;
        return new(line, input, faults, remarks);
    }

    string? InvestmentCode()
    {
        if (Text("cui", 40) is not { } text) return null;
        var code = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        if (code.Length != 7 || !code.All(char.IsAsciiDigit)) faults.Add(new("cui", "investment-code", text));
        else if (before.InvestmentCodes.TryGetValue(code, out var own)) faults.Add(new("cui", "investment-code-exists", code, own));
        else if (before.CodeLines.TryGetValue(code, out var first)) faults.Add(new("cui", "investment-code-twice", code, first));
        return code;
    }

    List<string> Places()
    {
        var places = new List<string>();
        foreach (var text in line["distritos"].Split([' ', '|', ',', '/', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Ubigeo.TryNormalize(text, out var code) && before.Places.Contains(code)) places.Add(code);
            else faults.Add(before.Nameable.Contains(code) ? new("distritos", BankTable.PlaceNotListed, code) : new("distritos", "place-unknown", text));
        }
        if (before.Territory.Outside(places) is { Count: > 0 } outside)
            (BankRules.Own.PlaceOutside == PlaceOutside.Refuse ? faults : remarks).Add(new("distritos", "place-outside", string.Join(", ", outside)));
        return places;
    }

    List<CostLineInput> Lines()
    {
        var amounts = BankTable.Sources.Select(s => (s.Column, s.Source, Amount: Money(s.Column))).Where(s => s.Amount is { IsPositive: true }).ToList();
        if (amounts.Count == 0 && line["anio"].Length == 0) return [];
        var year = Whole("anio", PlanningRules.FirstYear, PlanningRules.LastYear);
        if (amounts.Count > 0 && year is null && faults.All(f => f.Column != "anio")) faults.Add(new("anio", "year-empty", amounts[0].Column));
        if (amounts.Exists(a => a.Source.IsInKind()) && (line["valorizacion"].Length == 0 || line["sustento"].Length == 0)) remarks.Add(new("aporte_especie", "in-kind-unvalued"));
        return [.. amounts.Select(a => new CostLineInput("Según la tabla importada", null, a.Source, year ?? PlanningRules.FirstYear, a.Amount!.Value, Text("valorizacion", PlanningRules.LongestName), Text("sustento", PlanningRules.LongestName)))];
    }

    Money? Money(string column)
    {
        var text = line[column];
        if (text.Length == 0) return null;
        if (text.Contains('$', StringComparison.Ordinal) || text.Contains('€', StringComparison.Ordinal) || BankTable.Plain(text) is var plain && (plain.Contains("usd", StringComparison.Ordinal) || plain.Contains("eur", StringComparison.Ordinal) || plain.Contains("dolar", StringComparison.Ordinal)))
        {
            faults.Add(new(column, "currency", text));
            return null;
        }
        if (MoneyText.TryParse(text, out var amount, out var problem)) return amount;
        faults.Add(new(column, problem, text));
        return null;
    }

    int? Whole(string column, int least, int most)
    {
        var text = line[column].Replace(" ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
        if (text.Length == 0) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) faults.Add(new(column, "not-a-number", line[column]));
        else if (number < least || number > most) faults.Add(new(column, "out-of-range", number, least, most));
        else return number;
        return null;
    }

    DateOnly? Month()
    {
        if (line["inicio"] is not { Length: > 0 } text) return null;
        if (DateOnly.TryParseExact(text, MonthForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= PlanningRules.FirstYear and <= PlanningRules.LastYear) return new(day.Year, day.Month, 1);
        faults.Add(new("inicio", "month", text));
        return null;
    }

    TWord? Word<TWord>(string column, Dictionary<string, TWord> words)
        where TWord : struct, Enum
    {
        if (line[column] is not { Length: > 0 } text) return null;
        var plain = BankTable.Plain(text);
        if (words.TryGetValue(plain, out var word)) return word;
        if (typeof(TWord) == typeof(ProjectKind) && plain.StartsWith("ioarr", StringComparison.Ordinal)) return (TWord)(object)ProjectKind.Ioarr;
        faults.Add(new(column, "word", text, string.Join(", ", words.Keys.Take(8))));
        return null;
    }

    string? Text(string column, int longest, bool required = false)
    {
        var text = line[column].Trim();
        if (text.Length == 0)
        {
            if (required) faults.Add(new(column, "cell-empty"));
            return null;
        }
        if (text.Length <= longest) return text;
        faults.Add(new(column, "too-long", longest, text.Length));
        return text[..longest];
    }
}
