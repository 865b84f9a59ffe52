using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;
using TableFault = Minka.Observatory.Tables.TableFault;

namespace Minka.Web.Screens.Observatory.Data;

/// <summary>The files behind the observatory: what was imported, what waits, what is at work.</summary>
[May(Role.Admin)]
[RequestSizeLimit(MostBytes + 1_000_000)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes + 1_000_000)]
public sealed class FilesModel(Spending spending, SpendingDesk desk, MappingShelf shelf) : Screen, IListed
{
    /// <summary>Of a file sent by the browser; larger ones are put into the folder.</summary>
    public const long MostBytes = 2L * 1024 * 1024 * 1024;

    public const int Size = 20;

    public SpendingDesk Desk => desk;

    public MappingShelf Shelf => shelf;

    public SpendingState State { get; private set; }

    public IReadOnlyList<WaitingFile> Waiting { get; private set; } = [];

    /// <summary>Latest first.</summary>
    public IReadOnlyList<ImportRecord> Imports { get; private set; } = [];

    /// <summary>The prices in use; null if the store's cannot be read.</summary>
    public PriceTable? Prices { get; private set; } = PriceTable.Own;

    public int Number { get; private set; } = 1;

    public IEnumerable<ImportRecord> Shown => Imports.Skip((Number - 1) * Size).Take(Size);

    public override async Task LoadAsync()
    {
        if (desk.Work is not null) Response.Headers["Refresh"] = "2";
        else (State, _) = await spending.ReadAsync(HttpContext.RequestAborted);
        Waiting = desk.Waiting();
        try
        {
            var store = SpendStore.Open(spending.Folder);
            Imports = [.. store.Imports.Reverse()];
            Prices = store.Prices;
        }
        catch (StoreFault fault)
        {
            State = SpendingState.Broken;
            if (fault.Code == SpendStore.PricesBroken) Prices = null;
        }
        Number = PageOf(Imports.Count, Size);
    }

    public TableFile ToFile() => new("importaciones",
        [T["data-room.number"], T["data-room.file"], T["data-room.mapping.sheet"], T["data-room.kind"], "SHA-256", T["data-room.at"], T["data-room.read"], T["data-room.taken"], T["data-room.refused"], T["data-room.years"], T["data-room.undone"]],
        Imports.Select(i => (IReadOnlyList<object?>)[i.Number, i.File, i.Sheet, i.Kind, i.Sha256, Exact(i.At), i.Read, i.Accepted, i.Rejected, string.Join(' ', i.Years.Where(y => y > 0)), i.Undone is { } undone ? Exact(undone) : ""]));

    static string Exact(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The rows of an import that were not taken, each with its reason, as they stood in the file.</summary>
    public IActionResult OnGetRejected(int number)
    {
        var path = SpendStore.Open(spending.Folder).RejectedFile(number);
        return System.IO.File.Exists(path) ? PhysicalFile(path, "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"rechazadas-{number:0000}.csv")) : Redirect("/observatorio/datos");
    }

    public async Task<IActionResult> OnPostSendAsync(IFormFile? file)
    {
        if (file is not { Length: > 0 })
        {
            Fault("file", "data-room.no-file");
            return await AgainAsync();
        }
        await using var bytes = file.OpenReadStream();
        var name = await desk.KeepAsync(file.FileName, bytes, HttpContext.RequestAborted);
        if (desk.Find(name) is { } kept) desk.Examine(kept);
        return Redirect(ReviewModel.Href(name));
    }

    public async Task<IActionResult> OnPostUndoAsync(int number)
    {
        try
        {
            await desk.UndoAsync(number, Actor);
        }
        catch (Exception e) when (SpendFault.Of(e) is { } fault)
        {
            Fault("", fault.Key, fault.Args);
            return await AgainAsync();
        }
        Say("data-room.undone-said", number);
        return Redirect("/observatorio/datos");
    }

    /// <summary>The prices in use, as they can be sent again.</summary>
    public async Task<IActionResult> OnGetPricesAsync()
    {
        await LoadAsync();
        return Prices is null ? Redirect("/observatorio/datos") : File(Encoding.UTF8.GetBytes(Prices.ToText()), "text/csv; charset=utf-8", "indice-de-precios.csv");
    }

    public Task<IActionResult> OnPostPricesAsync(IFormFile? prices) => RepriceAsync(prices);

    public Task<IActionResult> OnPostOwnPricesAsync() => RepriceAsync(null, own: true);

    async Task<IActionResult> RepriceAsync(IFormFile? file, bool own = false)
    {
        if (!own && file is not { Length: > 0 })
        {
            Fault("prices", "data-room.no-file");
            return await AgainAsync();
        }
        try
        {
            var prices = own ? null : PriceTable.Read(await BytesAsync(file!));
            await desk.RepriceAsync(prices, own ? null : file!.FileName, Actor);
            var (first, last) = (prices ?? PriceTable.Own).Years;
            Say("data-room.prices-said", first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture));
            return Redirect("/observatorio/datos");
        }
        catch (Exception e) when (SpendFault.Of(e) is { } fault)
        {
            Fault("prices", fault.Key, [.. fault.Args]);
            return await AgainAsync();
        }
    }

    static async Task<byte[]> BytesAsync(IFormFile file)
    {
        if (file.Length > PriceTable.MostBytes) throw new TableFault("file-large", PriceTable.MostBytes / 1024 / 1024);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }

    /// <summary>A mapping as <c>spend import --mapping</c> takes it.</summary>
    public IActionResult OnGetMapping(string name) =>
        shelf.Find(name) is { } kept ? PhysicalFile(shelf.PathOf(kept.Name)!, "application/json", kept.Name + ".json") : Redirect("/observatorio/datos");

    public IActionResult OnPostForget(string name)
    {
        shelf.Remove(name);
        Say("data-room.mapping.forgotten", name);
        return Redirect("/observatorio/datos");
    }

    public IActionResult OnPostCancel()
    {
        desk.Cancel();
        return Redirect("/observatorio/datos");
    }
}
