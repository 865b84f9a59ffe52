using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Versions;

/// <summary>The rows from which the panels of a frozen version are computed.</summary>
[Public]
public sealed class RowsModel(AppDb db) : VersionScreen(db), IListed
{
    public RowsView View { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var table = PanelRows.Table(Route("tabla"));
        var rows = PanelRows.Of(table, ProgrammePanels.Of(Version.ReadContent(), PlanningLimits.Reference), T);
        View = new(table, rows, $"{Address}/version/{Version.Number}/filas", PageOf(rows.Rows.Count, RowsView.Size));
    }

    public TableFile ToFile() => new($"{Programme.Slug}-v{Version.Number}-{PanelRows.Word(View.Table)}", View.Of.Head, View.Of.Rows);
}
