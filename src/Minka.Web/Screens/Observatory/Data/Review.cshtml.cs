using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Observatory.Data;

/// <summary>What a file that waits holds, every trap in it, and what importing it would do; nothing is kept until then.</summary>
[May(Role.Admin)]
public sealed class ReviewModel(SpendingDesk desk) : Screen
{
    [BindProperty(SupportsGet = true, Name = "nombre")]
    public string? FileName { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public bool Replace { get; set; }

    public SpendingDesk Desk => desk;

    public WaitingFile Kept { get; private set; } = null!;

    public FileDescription? Description => Kept.Description;

    /// <summary>It was examined last and could not be read.</summary>
    public bool Failed => Description is null && desk.Last is { Fault: not null } last && last.File == Kept.Name;

    public static string Href(string name) => $"/observatorio/datos/archivo?nombre={Uri.EscapeDataString(name)}";

    /// <summary>The kind in words; a mapped file is not the publication as which it is read.</summary>
    public static string KindOf(T t, string kind, bool mapped = false) =>
        mapped && MappableKind.All.FirstOrDefault(k => k.Kind.Name == kind) is { } read ? t["data-room.mapping.read-as", t["data-room.mapping." + read.Name]] : t["spend-kind." + kind];

    /// <summary>Céntimos as soles, whole to the last.</summary>
    public static string Exact(decimal minor) => Format.Number(minor / 100, 2);

    /// <summary>Years that are known: rows without one lie under 0.</summary>
    public static string YearsOf(IReadOnlyList<int> years)
    {
        int[] known = [.. years.Where(y => y > 0)];
        return known.Length > 4 ? string.Create(CultureInfo.InvariantCulture, $"{known.Min()}–{known.Max()}") : string.Join(", ", known.Select(y => y.ToString(CultureInfo.InvariantCulture)));
    }

    public override Task LoadAsync()
    {
        Kept = desk.Find(FileName) ?? throw new NotFound("file", FileName ?? "");
        if (desk.Work is not null) Response.Headers["Refresh"] = "2";
        return Task.CompletedTask;
    }

    public override async Task<IActionResult> OnGetAsync()
    {
        // What was imported, or thrown away elsewhere, is told where the files are.
        if (desk.Find(FileName) is null) return Redirect("/observatorio/datos");
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostExamineAsync()
    {
        await LoadAsync();
        desk.Examine(Kept);
        return Redirect(Href(Kept.Name));
    }

    public async Task<IActionResult> OnPostImportAsync()
    {
        await LoadAsync();
        int? year = null;
        if (!string.IsNullOrWhiteSpace(Year))
        {
            if (int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && typed is >= 1990 and <= 2100) year = typed;
            else Fault(nameof(Year), "data-room.year-wrong", Year);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        if (desk.Import(Kept, year, Replace, Actor)) return Redirect("/observatorio/datos");
        Fault("", "data-room.busy");
        return await AgainAsync();
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await LoadAsync();
        desk.Discard(Kept);
        Say("data-room.discarded", Kept.Name);
        return Redirect("/observatorio/datos");
    }
}
