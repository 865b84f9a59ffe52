using Minka.Observatory.Duck;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>Agreements of co-financing: Brazil's, grants of 360Giving, contracts of OCDS.</summary>
internal sealed class AgreementRows : RowLoader
{
    private readonly int _code, _year, _title, _entity, _place, _status, _currency, _starts, _ends;

    public AgreementRows(LoaderContext context)
        : base(context, StoreTable.Agreements, [["vlglobalconv", "amountawarded", "amount", "total"], ["vlrepasseconv", "transferencia"], ["vlcontrapartidaconv", "contrapartida"]])
    {
        (_code, _year) = (Column("nrconvenio", "identifier", "ocid", "codigo"), Column("ano", "anio"));
        (_title, _entity) = (Column("objeto", "title", "nombre"), Column("proponentes", "recipientorganization", "recipientorgname", "buyer", "entidad"));
        (_place, _status, _currency) = (Column("uf", "place", "region", "departamento"), Column("situacao", "status", "estado"), Column("currency", "moneda"));
        (_starts, _ends) = (Column("diainicvigencconv", "awarddate", "date", "inicio"), Column("diafimvigencconv", "fin"));
        Require(_code, "NR_CONVENIO");
    }

    public override void Write(TableRow row, DuckCells to)
    {
        var starts = Day(row[_starts]);
        to.Int(_year >= 0 && TryYear(row[_year], out var year) ? year : starts?.Year ?? Context.Year ?? 0);
        var department = Departments.CodeOf(row[_place]);
        var place = row[_place].Trim();
        to.Text(!department.IsEmpty ? department : place.Length is 2 && !place.ContainsAnyExceptInRange('A', 'Z') ? place : "00");
        to.Int((int)Math.Min(int.MaxValue, row.Line));
        to.Text(Context.Kind.Name);
        to.Text(Code(row[_code]));
        to.Text(row[_title].Trim());
        to.Text(row[_entity].Trim());
        to.Text(place);
        to.Text(row[_status].Trim());
        to.Text(row[_currency].Trim());
        to.Date(starts);
        to.Date(Day(row[_ends]));
        foreach (var value in Values)
            to.Money(value);
        to.EndRow();
    }

    protected override string? Refuse(TableRow row) => Code(row[_code]).IsEmpty ? "code-empty" : null;
}
