using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Register.Acts;

[Public]
public sealed class ListModel(RegisterPages pages, Checkpoints checkpoints, AppDb db) : Screen, IListed
{
    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    [BindProperty(SupportsGet = true, Name = "de")]
    public string? About { get; set; }

    string? about;

    public IReadOnlyList<ActRow> Acts { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public int PageSize => RegisterPages.Size;

    public IReadOnlyList<FilterChoice> Contexts { get; private set; } = [];

    public StoredCheckpoint? Head { get; private set; }

    public IReadOnlyList<RegisterKey> Keys { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var contexts = await pages.ContextsAsync();
        Contexts = [new FilterChoice("", T["register.list.all"]), .. contexts.Where(c => Texts.Has("register.about." + c)).Select(c => new FilterChoice(c, T["register.about." + c]))];
        about = About is { Length: > 0 } && contexts.Contains(About) ? About : null;
        // What is no number is the first page: an old link is no error.
        var page = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var shown = await pages.ListAsync(page, about);
        (Acts, Total, PageNumber) = (shown.Acts, shown.Total, shown.Page);
        Head = await checkpoints.LatestAsync();
        Keys = await db.RegisterKeys.OrderByDescending(k => k.From).ToListAsync();
    }

    public TableFile ToFile() => new("registro",
        [T["register.list.index"], T["register.list.what"], T["register.list.role"], T["register.list.when"], T["register.list.digest"]],
        pages.AllAsync(about).Select(a => (IReadOnlyList<object?>)[a.Index, Verb(a.Kind), RoleWord(a.Role), a.At, a.LeafHash.Hex]));

    public string Verb(string kind) => ActWords.Verb(T, kind);

    public string RoleWord(string role) => ActWords.Role(T, role);
}
