using Minka.Observatory.Duck;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>The investment bank: details, closed and deactivated investments, and the reduced files that people pass on.</summary>
internal sealed class InvestmentRows : RowLoader
{
    private readonly int _code, _snip, _name, _level, _sector, _entity, _status, _situation, _function, _programme, _ubigeo, _departmentName, _provinceName, _districtName;
    private readonly int _people, _progress, _registered, _viability, _plannedStart, _plannedEnd, _actualStart, _actualEnd, _latitude, _longitude, _reported, _lastAccrual;

    public InvestmentRows(LoaderContext context)
        : base(context, StoreTable.Investments, [["montoviable"], ["costoactualizado"], ["devenacumulanioant", "devenacumulado"], ["devanioactual"], ["pimanioactual"]])
    {
        (_code, _snip) = (Column("codigounicodeinversion", "codigounico", "cui"), Column("codigosnip", "codsnip"));
        _name = Column("nombreinversion", "nombredelainversion", "nombre");
        (_level, _sector, _entity) = (Column("nivel"), Column("sector"), Column("entidad"));
        (_status, _situation) = (Column("estado", "estadodelainversion"), Column("situacion"));
        (_function, _programme) = (Column("funcion"), Column("programa"));
        (_ubigeo, _departmentName, _provinceName, _districtName) = (Column("ubigeo"), Column("departamento"), Column("provincia"), Column("distrito"));
        (_people, _progress) = (Column("beneficiarios", "numhabitantesbenef"), Column("avancefisico"));
        (_registered, _viability) = (Column("fecharegistro", "fechaderegistro"), Column("fechaviabilidad", "fechadeviabilidad"));
        (_plannedStart, _plannedEnd) = (Column("feciniejecucion"), Column("fecfinejecucion"));
        (_actualStart, _actualEnd) = (Column("feciniejecfisica", "inicioejecfisica"), Column("fecfinejecfisica", "culminaejecfisica"));
        (_latitude, _longitude) = (Column("latitud"), Column("longitud"));
        (_reported, _lastAccrual) = (Column("ultfecdeclaestim"), Column("ultimodevengado"));
        Require(_code, "CODIGO_UNICO");
        Require(Column("montoviable", "costoactualizado"), "MONTO_VIABLE");
    }

    public override void Write(TableRow row, DuckCells to)
    {
        Span<char> six = stackalloc char[6];
        var place = Ubigeo(row[_ubigeo], six);
        var department = place.IsEmpty ? Departments.CodeOf(row[_departmentName]) : place[..2];
        var registered = Day(row[_registered]);
        to.Int(registered?.Year ?? Context.Year ?? 0);
        to.Text(department.IsEmpty ? "00" : department);
        to.Int((int)Math.Min(int.MaxValue, row.Line));
        to.Text(Context.Kind.Name);
        to.Text(Code(row[_code]));
        to.Text(Code(row[_snip]));
        to.Text(row[_name].Trim());
        to.Text(row[_level].Trim());
        to.Text(row[_sector].Trim());
        to.Text(row[_entity].Trim());
        to.Text(row[_status].Trim());
        to.Text(row[_situation].Trim());
        to.Text(row[_function].Trim());
        to.Text(row[_programme].Trim());
        to.Text(place);
        foreach (var value in Values)
            to.Money(value);
        to.Real(Number(row[_people]));
        to.Real(Number(row[_progress]));
        to.Date(registered);
        to.Date(Day(row[_viability]));
        to.Date(Day(row[_plannedStart]));
        to.Date(Day(row[_plannedEnd]));
        to.Date(Day(row[_actualStart]));
        to.Date(Day(row[_actualEnd]));
        to.Real(Degrees(row[_latitude], 90));
        to.Real(Degrees(row[_longitude], 180));
        to.Date(Day(row[_reported]));
        to.Int(Month(row[_lastAccrual]));
        to.EndRow();

        if (place.IsEmpty)
            return;
        var names = Context.Names;
        names.Add(NameOf.Department, place[..2], row[_departmentName]);
        if (!place[2..4].SequenceEqual("00"))
            names.Add(NameOf.Province, place[..4], row[_provinceName]);
        if (!place[4..].SequenceEqual("00"))
            names.Add(NameOf.District, place, row[_districtName]);
    }

    protected override string? Refuse(TableRow row) => null;

    /// <summary>«202312»; nothing for anything else.</summary>
    private static int? Month(ReadOnlySpan<char> cell) =>
        int.TryParse(Code(cell), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var month) && month is > 190_000 and < 220_000 && month % 100 is >= 1 and <= 12 ? month : null;
}
