using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Panels;

/// <summary>The rows from which a panel of the builder was computed.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class RowsModel(AppDb db) : ProgrammeScreen(db), IListed
{
    public RowsView View { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var table = PanelRows.Table(Route("tabla"));
        var rows = PanelRows.Of(table, ProgrammePanels.Of(await Db.ProgrammeContentAsync(Programme), PlanningLimits.Reference), T);
        View = new(table, rows, $"{Address}/constructor/filas", PageOf(rows.Rows.Count, RowsView.Size));
    }

    public TableFile ToFile() => new($"{Programme.Slug}-{PanelRows.Word(View.Table)}", View.Of.Head, View.Of.Rows);
}
