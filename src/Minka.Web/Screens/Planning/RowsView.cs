using Minka.Core.Planning.Panels;

namespace Minka.Web.Screens.Planning;

/// <summary>One page of the rows behind a panel, with the way to the other tables.</summary>
/// <param name="Address">The address of the tables, before their word.</param>
public sealed record RowsView(PanelTable Table, PanelRows Of, string Address, int Number)
{
    public const int Size = 50;

    public IEnumerable<IReadOnlyList<object?>> Shown => Of.Rows.Skip((Number - 1) * Size).Take(Size);
}
