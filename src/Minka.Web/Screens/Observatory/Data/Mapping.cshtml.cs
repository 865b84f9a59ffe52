using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Observatory.Tables;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Observatory.Data;

/// <summary>Says what the columns of a file are that nobody published in its form; kept as a mapping, by which later files are known.</summary>
[May(Role.Admin)]
public sealed class MappingModel(SpendingDesk desk, MappingShelf shelf) : Screen
{
    const int LongestChoice = 60;

    [BindProperty(SupportsGet = true, Name = "nombre")]
    public string? FileName { get; set; }

    [BindProperty(SupportsGet = true, Name = "tipo")]
    public string? Kind { get; set; }

    /// <summary>Encoding; empty for what the file seems to have.</summary>
    [BindProperty(SupportsGet = true, Name = "letras")]
    public string? Letters { get; set; }

    /// <summary>A name of <see cref="PartNames"/>; empty for what the file seems to have.</summary>
    [BindProperty(SupportsGet = true, Name = "separador")]
    public string? Parts { get; set; }

    /// <summary>From 1.</summary>
    [BindProperty(SupportsGet = true, Name = "hoja")]
    public int Sheet { get; set; } = 1;

    /// <summary>Published heading → plain heading of the file.</summary>
    [BindProperty]
    public Dictionary<string, string?> Column { get; set; } = [];

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public string? Point { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public string? MappingName { get; set; }

    [BindProperty]
    public bool Overwrite { get; set; }

    public WaitingFile Kept { get; private set; } = null!;

    public FilePreview? Preview { get; private set; }

    /// <summary>Why the file cannot be looked at in the way that was chosen.</summary>
    public SpendFault? Unreadable { get; private set; }

    public MappableKind Fields { get; private set; } = MappableKind.All[0];

    /// <summary>Another mapping has the name that was typed.</summary>
    public bool NameIsTaken { get; private set; }

    public IReadOnlyList<Choice> Kinds => [.. MappableKind.All.Select(k => new Choice(k.Name, T["data-room.mapping." + k.Name]))];

    public IReadOnlyList<Choice> Encodings => [.. TextForm.Encodings.Select(e => new Choice(e, e is "cp850" or "windows-1252" ? T["data-room.mapping." + e] : e))];

    public IReadOnlyList<Choice> Separators => [.. PartNames.Select(p => new Choice(p.Name, T["data-room.mapping." + p.Name]))];

    public IReadOnlyList<Choice> Sheets => [.. (Preview?.Sheets ?? []).Index().Select(s => new Choice(Plain(s.Index + 1), s.Item))];

    public IReadOnlyList<Choice> Units => [.. ((int[])[1, 1_000, 1_000_000]).Select(u => new Choice(Plain(u), T["data-room.mapping.unit-" + Plain(u)]))];

    public IReadOnlyList<Choice> Points => [new("", T["data-room.mapping.decimal-auto"]), new(",", T["data-room.mapping.decimal-comma"]), new(".", T["data-room.mapping.decimal-point"])];

    /// <summary>Columns that can be chosen, each with an example; of several with one heading the first is read.</summary>
    public IReadOnlyList<Choice> Columns => [.. Readable.Select(c => new Choice(c.Plain, Short($"{c.Heading}{(c.Examples is [var one, ..] ? $" ({one})" : "")}")))];

    static IReadOnlyList<(string Name, char Sign)> PartNames { get; } = [("comma", ','), ("semicolon", ';'), ("bar", '|'), ("tab", '\t')];

    IEnumerable<PreviewColumn> Readable => (Preview?.Columns ?? []).Where(c => c.Plain.Length > 0 && !FileKind.NamesPersons(c.Plain)).DistinctBy(c => c.Plain);

    TextForm Form => new(TextForm.Encodings.Contains(Letters) ? Letters : null, PartNames.Where(p => p.Name == Parts).Select(p => (char?)p.Sign).FirstOrDefault());

    public static string Href(string name) => $"/observatorio/datos/mapeo?nombre={Uri.EscapeDataString(name)}";

    /// <summary>What must be told or is told already; the rest stands folded below.</summary>
    public bool IsShown(MappableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Need is not null || Column.GetValueOrDefault(column.Heading) is { Length: > 0 };
    }

    public static string KeyOf(MappableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return $"{nameof(Column)}[{column.Heading}]";
    }

    public string LabelOf(MappableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return T["data-room.mapping.field." + column.Heading];
    }

    public string SeparatorNow => PartNames.Where(p => p.Sign == Preview?.Delimiter).Select(p => T["data-room.mapping." + p.Name]).FirstOrDefault() ?? "";

    public override Task LoadAsync()
    {
        Kept = desk.Find(FileName) ?? throw new NotFound("file", FileName ?? "");
        Fields = MappableKind.All.FirstOrDefault(k => k.Name == Kind) ?? MappableKind.All.FirstOrDefault(k => k.Kind == Kept.Mapping?.Mapping?.Kind) ?? MappableKind.All[0];
        try
        {
            Preview = FilePreview.Of(desk.PathOf(Kept), Form, Math.Max(0, Sheet - 1));
        }
        catch (Exception e) when (SpendFault.Of(e) is { } fault)
        {
            Unreadable = fault;
        }
        return Task.CompletedTask;
    }

    public override async Task<IActionResult> OnGetAsync()
    {
        if (desk.Find(FileName) is not { } file) return Redirect("/observatorio/datos");
        // What was said before is where one goes on.
        if (file.Mapping is { Mapping: { } said } before && Kind is null)
        {
            Letters ??= said.Form.Encoding;
            if (said.Sheet is { } sheet) Sheet = FilePreview.Of(desk.PathOf(file), said.Form).Sheets.Index().Where(s => s.Item == sheet).Select(s => s.Index + 1).DefaultIfEmpty(1).First();
            Parts ??= PartNames.Where(p => p.Sign == said.Form.Delimiter).Select(p => p.Name).FirstOrDefault();
            await LoadAsync();
            foreach (var column in Fields.Columns) Column[column.Heading] = said.Columns.Where(c => c.Value == column.Plain).Select(c => c.Key).FirstOrDefault();
            (Unit, Point, Year, MappingName) = (said.Unit.ToString(CultureInfo.InvariantCulture), said.Decimal?.ToString(), said.Year?.ToString(CultureInfo.InvariantCulture), before.Name);
            NameIsTaken = true;
            return Page();
        }
        await LoadAsync();
        var probably = Fields.Suggest([.. Readable.Select(c => c.Plain)]);
        foreach (var column in Fields.Columns) Column[column.Heading] = probably.GetValueOrDefault(column.Plain);
        MappingName = MappingShelf.Plain(Path.GetFileNameWithoutExtension(file.Name));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var mapping = Read();
        var name = MappingShelf.Plain(MappingName);
        if (name is null) Fault(nameof(MappingName), "data-room.mapping.no-name");
        NameIsTaken = name is not null && shelf.Find(name) is not null;
        if (NameIsTaken && !Overwrite) Fault(nameof(MappingName), "data-room.mapping.name-taken", name);
        if (!ModelState.IsValid) return await AgainAsync();
        desk.Examine(Kept, shelf.Keep(name!, mapping));
        return Redirect(ReviewModel.Href(Kept.Name));
    }

    ColumnMapping Read()
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = Readable.Select(c => c.Plain).ToHashSet(StringComparer.Ordinal);
        foreach (var column in Fields.Columns)
        {
            if (Column.GetValueOrDefault(column.Heading) is not { Length: > 0 } plain || !known.Contains(plain)) continue;
            if (chosen.TryAdd(plain, column.Plain)) continue;
            var other = Fields.Columns.First(c => c.Plain == chosen[plain]);
            Fault(KeyOf(column), "data-room.mapping.twice", Readable.First(c => c.Plain == plain).Heading, LabelOf(other), LabelOf(column));
        }
        int? year = null;
        if (!string.IsNullOrWhiteSpace(Year))
        {
            if (int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && typed is >= 1990 and <= 2100) year = typed;
            else Fault(nameof(Year), "data-room.year-wrong", Year);
        }
        foreach (var need in Fields.Columns.Where(c => c.Need is not null).GroupBy(c => c.Need))
        {
            if (need.Any(c => chosen.ContainsValue(c.Plain)) || (need.Key == 'y' && !string.IsNullOrWhiteSpace(Year))) continue;
            var first = need.First();
            if (need.Key == 'y') Fault(KeyOf(first), "data-room.mapping.need-year", T["data-room.mapping.year"]);
            else if (need.Count() == 1) Fault(KeyOf(first), "data-room.mapping.need", LabelOf(first));
            else Fault(KeyOf(first), "data-room.mapping.need-one", string.Join(", ", need.Select(c => $"«{LabelOf(c)}»")));
        }
        var unit = Unit is "1000" or "1000000" ? decimal.Parse(Unit, CultureInfo.InvariantCulture) : 1;
        return new(Fields.Kind, chosen, unit, Point is "," or "." ? Point[0] : null, year, Form, Others: false) { Sheet = SheetOf(chosen.Keys) };
    }

    // Named only where another would be read without it, so that later files whose sheets have other names are known too.
    string? SheetOf(IReadOnlyCollection<string> columns) =>
        Enumerable.Range(0, Sheet - 1).Any(before => FilePreview.Of(desk.PathOf(Kept), Form, before).Columns.Select(c => c.Plain).ToHashSet(StringComparer.Ordinal).IsSupersetOf(columns)) ? Preview?.Sheets.ElementAtOrDefault(Sheet - 1) : null;

    static string Plain(int n) => n.ToString(CultureInfo.InvariantCulture);

    static string Short(string text) => text.Length > LongestChoice ? text[..LongestChoice] + "…" : text;
}
