using System.Globalization;
using Minka.Observatory.Duck;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>The ministry's spending files: monthly, daily, accrued by month, and exports of the consultation by project.</summary>
internal sealed class SpendingRows : RowLoader
{
    /// <summary>Month of rows that hold a whole year.</summary>
    public const int WholeYear = 99;

    private readonly int _year, _month, _level, _levelName, _entity, _entityName, _department, _departmentName, _province, _provinceName, _district, _districtName;
    private readonly int _spent, _kind, _project, _projectName, _function, _functionName, _rubro, _ubigeo;
    private readonly bool _monthly;
    private int _yearOfRow;
    private int _monthOfRow;

    public SpendingRows(LoaderContext context)
        : base(context, StoreTable.Spending,
        [
            ["montopia", "pia"], ["montopim", "pim"], ["montocertificado", "montocertificadoanual", "certificado", "certificacion"], ["montocomprometidoanual", "compromisoanual"], ["montocomprometido", "atenciondecompromisomensual"],
            ["montodevengado", "montodevengadoanual", "devengado"], ["montogirado", "montogiradoanual", "girado"], ["montodevengadodiciembre"],
        ])
    {
        (_year, _month) = (Column("anoeje", "anio", "ano"), Column("meseje", "mes"));
        (_level, _levelName) = (Column("nivelgobierno", "tipogobierno"), Column("nivelgobiernonombre", "tipogobiernonombre"));
        (_entity, _entityName) = (Column("secejec"), Column("ejecutoranombre"));
        (_department, _departmentName) = (Column("departamentoejecutora", "departamento"), Column("departamentoejecutoranombre"));
        (_province, _provinceName) = (Column("provinciaejecutora", "provincia"), Column("provinciaejecutoranombre"));
        (_district, _districtName) = (Column("distritoejecutora", "distrito"), Column("distritoejecutoranombre"));
        _ubigeo = Column("ubigeo");
        (_spent, _kind) = (Column("departamentometa"), Column("tipoactproy"));
        (_project, _projectName) = (Column("productoproyecto", "proyecto", "codigounico", "cui"), Column("productoproyectonombre", "nombre"));
        (_function, _functionName, _rubro) = (Column("funcion"), Column("funcionnombre"), Column("rubro"));
        _monthly = _month >= 0;
        Require(_project, "PRODUCTO_PROYECTO");
        if (_year < 0 && context.Year is null)
            throw new TableFault("year-unknown");
        if (Column("montopim", "pim", "montodevengado", "montodevengadoanual", "devengado") < 0)
            throw new TableFault("column-missing", "MONTO_PIM");
    }

    public override void Write(TableRow row, DuckCells to)
    {
        Span<char> six = stackalloc char[6];
        var place = Place(row, six);
        var department = place.IsEmpty ? "00" : place[..2];
        to.Int(_yearOfRow);
        to.Text(department);
        to.Int(_monthOfRow);
        var level = Code(row[_level]);
        to.Text(level);
        var entity = Code(row[_entity]);
        to.Text(entity);
        to.Text(place);
        to.Text(Two(row[_spent], stackalloc char[2]));
        var project = Split(row[_project]);
        // A file without the column holds projects only.
        to.Text(_kind < 0 ? "2" : Code(row[_kind]));
        to.Text(project.Code);
        var function = Split(row[_function]);
        to.Text(function.Code);
        to.Text(Split(row[_rubro]).Code);
        foreach (var value in Values)
            to.Money(value ?? 0);
        to.EndRow();

        var names = Context.Names;
        names.Add(NameOf.Level, level, row[_levelName]);
        names.Add(NameOf.Entity, entity, row[_entityName]);
        names.Add(NameOf.Project, project.Code, _projectName < 0 ? project.Name : row[_projectName]);
        names.Add(NameOf.Function, function.Code, _functionName < 0 ? function.Name : row[_functionName]);
        if (place.IsEmpty)
            return;
        names.Add(NameOf.Department, place[..2], row[_departmentName]);
        names.Add(NameOf.Province, place[..4], row[_provinceName]);
        names.Add(NameOf.District, place, row[_districtName]);
    }

    protected override string? Refuse(TableRow row)
    {
        if (_year < 0)
            _yearOfRow = Context.Year!.Value;
        else if (!TryYear(row[_year], out _yearOfRow))
            return "year-unreadable";
        _monthOfRow = WholeYear;
        if (_monthly && (!int.TryParse(Code(row[_month]), NumberStyles.None, CultureInfo.InvariantCulture, out _monthOfRow) || _monthOfRow is < 0 or > 12))
            return "month-unreadable";
        // December's money apart, so that a year's rows of either kind can be asked for it.
        if (_monthly)
            Values[7] = _monthOfRow == 12 ? Values[5] : null;
        return row[_project].Trim().StartsWith("TOTAL", StringComparison.OrdinalIgnoreCase) ? "row-of-totals" : null;
    }

    private ReadOnlySpan<char> Place(TableRow row, Span<char> six)
    {
        if (_ubigeo >= 0)
            return Ubigeo(row[_ubigeo], six);
        var department = Two(Split(row[_department]).Code, six);
        if (department.IsEmpty)
            return default;
        if (Two(Tail(Split(row[_province]).Code), six[2..]).IsEmpty)
            "00".CopyTo(six[2..]);
        if (Two(Tail(Split(row[_district]).Code), six[4..]).IsEmpty)
            "00".CopyTo(six[4..]);
        return six;
    }

    /// <summary>«0101» and «010101» tell the department once more.</summary>
    private static ReadOnlySpan<char> Tail(ReadOnlySpan<char> code) => code.Length > 2 ? code[^2..] : code;

    /// <summary>Two digits, a lost zero put back; empty for anything else.</summary>
    private static ReadOnlySpan<char> Two(ReadOnlySpan<char> cell, Span<char> two)
    {
        var code = Code(cell);
        if (code.Length is not (1 or 2) || code.ContainsAnyExceptInRange('0', '9'))
            return default;
        two[0] = '0';
        code.CopyTo(two[(2 - code.Length)..]);
        return two[..2];
    }

    /// <summary>«2001621: ESTUDIOS» into code and name.</summary>
    private static CodeAndName Split(ReadOnlySpan<char> cell)
    {
        var colon = cell.IndexOf(':');
        return colon > 0 && !cell[..colon].Trim().ContainsAnyExceptInRange('0', '9') ? new CodeAndName(cell[..colon].Trim(), cell[(colon + 1)..].Trim()) : new CodeAndName(Code(cell), default);
    }

    private readonly ref struct CodeAndName(ReadOnlySpan<char> code, ReadOnlySpan<char> name)
    {
        public ReadOnlySpan<char> Code { get; } = code;

        public ReadOnlySpan<char> Name { get; } = name;
    }
}
