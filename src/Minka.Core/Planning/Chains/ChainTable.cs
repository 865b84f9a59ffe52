using System.Globalization;
using Minka.Core.Planning.Economy;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Chains;

/// <summary>A chain as a table told it, before it is checked.</summary>
sealed class ReadChain(string name, string cell)
{
    public string Name => name;
    public string Cell => cell;
    public ChainInput? Input { get; set; }
    public List<(string Key, ChainActor Actor, string Cell)> Actors { get; } = [];
    public List<(string Key, ChainStandard Standard)> Standards { get; } = [];
    public List<ChainDemand> Demands { get; } = [];
    public List<(string Key, Bottleneck Bottleneck)> Bottlenecks { get; } = [];
    public List<(ChainEffect Effect, string Cell)> Effects { get; } = [];
}

/// <summary>
/// Chains as one long table: a row tells one thing of one chain, and its column <c>fila</c> says which (cadena, actor, norma, comprador,
/// cuello, proyecto). What an export wrote, an import reads.
/// </summary>
public static class ChainTable
{
    /// <summary>The columns by the name that the page shows, and what else they may be called.</summary>
    public static readonly IReadOnlyList<string[]> Columns =
    [
        ["cadena", "chain"], ["fila", "row", "tipo"], ["codigo", "code"], ["nombre", "name"], ["eslabon", "link"], ["campana", "campanas", "season"],
        ["cantidad", "volumen", "amount"], ["unidad", "unit"], ["normas", "standards"], ["actor"], ["cuellos", "bottlenecks"], ["detalle", "detail"], ["fuente", "source"],
    ];

    static readonly (string Word, ChainLink Link)[] Links =
    [
        ("insumos", ChainLink.Inputs), ("produccion", ChainLink.Production), ("acopio", ChainLink.Gathering), ("transformacion", ChainLink.Processing), ("comercializacion", ChainLink.Marketing),
        ("inputs", ChainLink.Inputs), ("production", ChainLink.Production), ("gathering", ChainLink.Gathering), ("processing", ChainLink.Processing), ("marketing", ChainLink.Marketing),
    ];

    static readonly (string Word, StandardKind Kind)[] Kinds =
        [("calidad", StandardKind.Quality), ("sanitaria", StandardKind.Sanitary), ("empaque", StandardKind.Packaging), ("otra", StandardKind.Other)];

    public static string Word(ChainLink link) => Links.First(l => l.Link == link).Word;

    /// <summary>The rows of a chain, in the order of <see cref="Columns"/>.</summary>
    public static IEnumerable<IReadOnlyList<object?>> Rows(ValueChain c)
    {
        yield return [c.Name, "cadena", null, c.Product, Word(c.Counted), string.Join(" | ", c.Seasons), null, c.Unit, null, null, null, c.Note, null];
        foreach (var s in c.Standards) yield return [c.Name, "norma", s.Code, s.Name, Kinds.First(k => k.Kind == s.Kind).Word, null, null, null, null, null, null, s.Requirement, s.Source];
        foreach (var a in c.Actors)
        {
            foreach (var v in a.Volumes.DefaultIfEmpty())
                yield return [c.Name, "actor", a.Code, a.Name, Word(a.Link), v?.Season, v?.Volume.Plain(), null, string.Join(' ', a.Meets), null, null, null, null];
        }
        foreach (var b in c.Bottlenecks) yield return [c.Name, "cuello", b.Code, null, Word(b.Link), null, null, null, null, null, null, b.Text, null];
        foreach (var d in c.Demands) yield return [c.Name, "comprador", d.Code, d.Buyer, null, d.Season, d.MinimumLot.Plain(), null, string.Join(' ', d.Requires), null, null, d.Note, null];
        foreach (var e in c.Effects)
        {
            foreach (var v in e.Adds.DefaultIfEmpty())
                yield return [c.Name, "proyecto", e.Code, e.Title, null, v?.Season, v?.Volume.Plain(), null, string.Join(' ', e.Brings), e.Actor, string.Join(' ', e.Relieves), null, null];
        }
    }

    internal static IReadOnlyList<ReadChain> Read(byte[] file, List<SheetProblem> problems)
    {
        var sheet = SheetTable.Read(file, ["cadena"], ["fila"], ["nombre"]);
        problems.AddRange(sheet.Problems);
        if (problems.Count > 0) return [];
        var at = Columns.ToDictionary(c => c[0], c => sheet.Column(c), StringComparer.Ordinal);
        foreach (var needed in new[] { "cadena", "fila", "nombre" }.Where(n => at[n] is null))
            problems.Add(new("", "column-missing", needed, string.Join(", ", sheet.Headings.Select(h => h.Text))));
        if (problems.Count > 0) return [];
        var chains = new List<ReadChain>();
        foreach (var row in sheet.Rows) new RowReader(row, at, problems).Read(chains);
        foreach (var chain in chains.Where(c => c.Input is null)) problems.Add(new(chain.Cell, "chain-row-missing", chain.Name));
        return chains;
    }

    sealed class RowReader((int Line, SheetCell[] Cells) row, Dictionary<string, int?> at, List<SheetProblem> problems)
    {
        SheetCell Cell(string column) => at[column] is { } index ? SheetTable.At(row, index) : new(SheetTable.NameOf(0, row.Line), "", null);

        string? Text(string column) => Cell(column) is { IsEmpty: false } cell ? cell.Text : null;

        public void Read(List<ReadChain> chains)
        {
            if (Text("cadena") is not { } name)
            {
                Fault("cadena", "name-empty");
                return;
            }
            var chain = chains.FirstOrDefault(c => Country.PlainText(c.Name) == Country.PlainText(name));
            if (chain is null) chains.Add(chain = new(name, Cell("cadena").Name));
            switch (Country.PlainText(Text("fila") ?? ""))
            {
                case "cadena" or "chain" when chain.Input is null: Chain(chain); break;
                case "cadena" or "chain": Fault("fila", "chain-twice", name); break;
                case "actor": Actor(chain); break;
                case "norma" or "standard": Standard(chain); break;
                case "comprador" or "buyer": Demand(chain); break;
                case "cuello" or "bottleneck": chain.Bottlenecks.Add((Text("codigo") ?? "", new(Link(ChainLink.Production), Needed("detalle")))); break;
                case "proyecto" or "project": Effect(chain); break;
                default: Fault("fila", "row-kind", Text("fila") ?? ""); break;
            }
        }

        void Chain(ReadChain chain) => chain.Input = new()
        {
            Name = chain.Name,
            Product = Needed("nombre"),
            Unit = Needed("unidad"),
            Seasons = (Text("campana") ?? "").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } seasons ? seasons : [Needed("campana")],
            Counted = Link(ChainLink.Production),
            Note = Text("detalle"),
        };

        // An actor has a row for each season; the first one says who it is.
        void Actor(ReadChain chain)
        {
            var key = Text("codigo") ?? Text("nombre") ?? "";
            var known = chain.Actors.FindIndex(a => a.Key == key);
            var volumes = Volumes();
            if (known < 0) chain.Actors.Add((key, new(Link(ChainLink.Production), Needed("nombre"), volumes, Codes("normas")), Cell("nombre").Name));
            else if (volumes.Select(v => v.Season).Intersect(chain.Actors[known].Actor.Volumes.Select(v => v.Season)).FirstOrDefault() is { } twice) Fault("campana", "season-twice", key, twice);
            else chain.Actors[known] = chain.Actors[known] with { Actor = chain.Actors[known].Actor with { Volumes = [.. chain.Actors[known].Actor.Volumes, .. volumes] } };
        }

        void Standard(ReadChain chain)
        {
            var word = Country.PlainText(Text("eslabon") ?? "otra");
            var kind = Kinds.Where(k => k.Word == word).Select(k => (StandardKind?)k.Kind).FirstOrDefault() ?? StandardKind.Other;
            chain.Standards.Add((Text("codigo") ?? Text("nombre") ?? "", new(kind, Needed("nombre"), Needed("detalle"), Text("fuente"))));
        }

        void Demand(ReadChain chain) => chain.Demands.Add(new(Needed("nombre"), Needed("campana"), Amount() ?? Missing(), Codes("normas"), Text("detalle")));

        void Effect(ReadChain chain)
        {
            var (title, actor) = (Needed("nombre"), Needed("actor"));
            var known = chain.Effects.FindIndex(e => e.Effect.Title == title && e.Effect.Actor == actor);
            if (known < 0) chain.Effects.Add((new(null, title, actor, Codes("cuellos"), Volumes(), Codes("normas")), Cell("actor").Name));
            else chain.Effects[known] = chain.Effects[known] with { Effect = chain.Effects[known].Effect with { Adds = [.. chain.Effects[known].Effect.Adds, .. Volumes()] } };
        }

        IReadOnlyList<SeasonVolume> Volumes()
        {
            if (Text("cantidad") is null) return [];
            return Amount() is { } amount ? [new(Needed("campana"), amount)] : [];
        }

        Quantity? Amount()
        {
            var cell = Cell("cantidad");
            if (cell.IsEmpty) return null;
            if (cell.Number is { } number && number is >= 0 and < 99_999_999_999m) return Quantity.Of(number);
            if (QuantityText.TryParse(cell.Text, out var amount, out var fault)) return amount;
            problems.Add(new(cell.Name, fault, cell.Text));
            return null;
        }

        Quantity Missing()
        {
            if (Cell("cantidad").IsEmpty) Fault("cantidad", "value-empty");
            return new(1);
        }

        ChainLink Link(ChainLink otherwise)
        {
            if (Text("eslabon") is not { } text) return otherwise;
            foreach (var (word, link) in Links) if (word == Country.PlainText(text)) return link;
            Fault("eslabon", "link-unknown", text, string.Join(", ", Links.Take(5).Select(l => l.Word)));
            return otherwise;
        }

        IReadOnlyList<string> Codes(string column) => Text(column)?.Split([' ', '|', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

        string Needed(string column)
        {
            if (Text(column) is { } text) return text;
            Fault(column, at[column] is null ? "column-missing-row" : "name-empty", column, row.Line.ToString(CultureInfo.InvariantCulture));
            return "?";
        }

        void Fault(string column, string code, params IReadOnlyList<object?> args) => problems.Add(new(Cell(column).Name, code, args));
    }
}
