using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>The short address on a slip, for who types it: straight to the ballot where one voting is open, else a choice.</summary>
[Public]
public sealed class ChooseModel(AppDb db) : Screen
{
    const int Most = 50;

    public IReadOnlyList<(Guid Id, string Title, string Entity)> Open { get; private set; } = [];

    public override async Task LoadAsync() =>
        Open = [.. (await (from s in db.PrioritisationSessions where s.State == PrioritisationState.Open join e in db.CoordinationEntities on s.EntityId equals e.Id orderby s.Title select new { s.Id, s.Title, e.Name }).Take(Most).ToListAsync()).Select(s => (s.Id.Value, s.Title, s.Name))];

    public override async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Open.Count == 1 ? Redirect($"/priorizar/{Open[0].Id}") : Page();
    }
}
