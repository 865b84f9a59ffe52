using Minka.Observatory.Duck;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>Whole budgets of municipalities: tables with codes, and exports of the ministry's consultation with code and name in one cell.</summary>
internal sealed class BudgetRows : RowLoader
{
    private readonly int _year, _ubigeo, _entity, _name;
    private readonly int[] _labels;
    private readonly char[] _place = new char[6];
    private int _yearOfRow;
    private int _placeLength;
    private string _entityOfRow = "";
    private string _nameOfRow = "";

    public BudgetRows(LoaderContext context)
        : base(context, StoreTable.Budgets, [["pia", "montopia"], ["pim", "montopim"], ["certificacion", "certificado", "montocertificado"], ["compromisoanual", "montocomprometidoanual"], ["devengado", "montodevengado"], ["girado", "montogirado"]])
    {
        (_year, _ubigeo, _entity, _name) = (Column("anio", "ano", "anoeje"), Column("ubigeo"), Column("secejec"), Column("municipalidad", "entidad", "nombre"));
        // The narrowest place stands last.
        _labels = [.. context.Plain.Select((p, i) => (p, i)).Where(c => c.p is not ("pia" or "pim" or "certificacion" or "certificado" or "compromisoanual" or "devengado" or "girado" or "ano" or "anio" or "avance" or "")).Select(c => c.i).Reverse()];
        if (_year < 0 && context.Year is null)
            throw new TableFault("year-unknown");
    }

    public override void Write(TableRow row, DuckCells to)
    {
        var place = _place.AsSpan(0, _placeLength);
        to.Int(_yearOfRow);
        to.Text(_placeLength == 0 ? "00" : place[..2]);
        to.Text(_entityOfRow);
        to.Text(place);
        to.Text(_nameOfRow);
        foreach (var value in Values)
            to.Money(value);
        to.EndRow();
        if (_placeLength == 6 && place[2..].SequenceEqual("0000"))
            Context.Names.Add(NameOf.Department, place[..2], _nameOfRow);
        else if (_placeLength == 6 && place[4..].SequenceEqual("00"))
            Context.Names.Add(NameOf.Province, place[..4], _nameOfRow);
        Context.Names.Add(NameOf.Entity, _entityOfRow, _nameOfRow);
        foreach (var column in _labels)
        {
            var (code, name) = Label(row[column]);
            if (code.Length is 2 or 4)
                Context.Names.Add(code.Length == 2 ? NameOf.Department : NameOf.Province, code, name);
        }
    }

    protected override string? Refuse(TableRow row)
    {
        if (_year < 0)
            _yearOfRow = Context.Year!.Value;
        else if (!TryYear(row[_year], out _yearOfRow))
            return "year-unreadable";
        if (_ubigeo >= 0)
        {
            Span<char> six = stackalloc char[6];
            var place = Ubigeo(row[_ubigeo], six);
            if (place.IsEmpty)
                return "ubigeo-unreadable";
            place.CopyTo(_place);
            _placeLength = 6;
            _entityOfRow = _entity < 0 ? place.ToString() : Code(row[_entity]).ToString();
            _nameOfRow = row[_name].Trim().ToString();
            return null;
        }

        foreach (var column in _labels)
        {
            if (row[column].Trim().StartsWith("TOTAL", StringComparison.OrdinalIgnoreCase))
                return "row-of-totals";
            var (code, name) = Label(row[column]);
            if (code.Length == 0)
                continue;
            // «010101-300001»: place and office; «0101», «01»: a province, a department.
            var dash = code.IndexOf('-', StringComparison.Ordinal);
            var place = (dash > 0 ? code[..dash] : code).PadRight(6, '0');
            place.CopyTo(_place);
            (_placeLength, _entityOfRow, _nameOfRow) = (6, dash > 0 ? code[(dash + 1)..] : place, name);
            return null;
        }

        return "place-unreadable";
    }

    /// <summary>«010101-300001: MUNICIPALIDAD», «0101: CHACHAPOYAS», «01: AMAZONAS»; no code for anything else.</summary>
    private static (string Code, string Name) Label(ReadOnlySpan<char> cell)
    {
        var colon = cell.IndexOf(':');
        if (colon < 0)
            return ("", "");
        var code = cell[..colon].Trim();
        var dash = code.IndexOf('-');
        var place = dash < 0 ? code : code[..dash];
        var fine = (dash < 0 ? place.Length is 2 or 4 or 6 : place.Length == 6) && !place.ContainsAnyExceptInRange('0', '9') && (dash < 0 || (dash < code.Length - 1 && !code[(dash + 1)..].ContainsAnyExceptInRange('0', '9')));
        return fine ? (code.ToString(), cell[(colon + 1)..].Trim().ToString()) : ("", "");
    }
}
