using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>
/// A table that was sent: what is good in it, and every fault beside its cell, to be corrected here or in a file of the faulty rows. A large one is taken
/// in beside the pages; this one tells how far it is and asks the browser to look again, without a script.
/// </summary>
[May(Role.Manager, Role.Secretary)]
public sealed class ReviewModel(AppDb db, Country country, StageProjects stage, AddDistrict addDistrict, BankDesk desk) : BankScreen(db), IListed
{
    public const int Size = 15;
    const int MostDistricts = 40;

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Null while the table is being taken in: a look then costs no judging of all its rows.</summary>
    public BankReview? Review { get; private set; }

    /// <summary>What is being done with this table, or was done last.</summary>
    public BankWork? Work { get; private set; }

    public IReadOnlyList<JudgedProject> Shown { get; private set; } = [];

    /// <summary>Districts of known provinces that the table names and no list has, with the province's name.</summary>
    public IReadOnlyList<(string Code, string Province)> Missing { get; private set; } = [];

    public int PageNumber { get; private set; } = 1;

    public static string FieldOf(int line, string column) => $"c-{line.ToString(CultureInfo.InvariantCulture)}-{column}";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Work = desk.Of(Entity.Id);
        if (Work is { Ended: false })
        {
            Response.Headers["Refresh"] = "2";
            return;
        }
        Review = await stage.ReviewAsync(Entity.Id);
        if (Review is null) return;
        // The end of an earlier table says nothing of this one.
        if (Work?.Since < Review.Draft.CreatedAt) Work = null;
        Missing = [.. Review.Bad.SelectMany(r => r.Faults).Where(f => f.Code == BankTable.PlaceNotListed).Select(f => $"{f.Args[0]}").Distinct().Order(StringComparer.Ordinal)
            .Select(code => (code, country.Find(code[..4])?.Name)).Where(x => x.Name is not null).Take(MostDistricts).Select(x => (x.code, x.Name!))];
        PageNumber = PageOf(Review.Bad.Count, Size);
        Shown = [.. Review.Bad.Skip((PageNumber - 1) * Size).Take(Size)];
    }

    /// <summary>What was just typed where a save was refused; else what is kept.</summary>
    public string Typed(BankLine line, string column) =>
        Request.HasFormContentType && Request.Form.TryGetValue(FieldOf(line.Line, column), out var typed) ? typed.ToString() : line[column];

    public string? FaultOf(JudgedProject row, string column) => row.Faults.Where(f => f.Column == column).Select(f => BankWords.Of(T, f)).FirstOrDefault();

    public async Task<IActionResult> OnPostCorrectAsync()
    {
        await base.LoadAsync();
        var cells = new Dictionary<int, IReadOnlyDictionary<string, string>>();
        foreach (var row in Request.Form.Where(f => f.Key.StartsWith("c-", StringComparison.Ordinal)).Select(f => (Parts: f.Key.Split('-', 3), Value: f.Value.ToString())).Where(f => f.Parts.Length == 3)
            .GroupBy(f => int.TryParse(f.Parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0))
        {
            cells[row.Key] = row.DistinctBy(f => f.Parts[2]).ToDictionary(f => f.Parts[2], f => f.Value, StringComparer.Ordinal);
        }
        var leftOut = Request.Form.Keys.Where(k => k.StartsWith("fuera-", StringComparison.Ordinal)).Select(k => int.TryParse(k["fuera-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0).ToList();
        await stage.CorrectAsync(Entity.Id, Version, cells, leftOut, Actor);
        Say("bank.review.corrected");
        return Redirect($"{Home}/importar/revision");
    }

    public string TypedDistrict(string code) => Request.HasFormContentType && Request.Form.TryGetValue($"d-{code}", out var typed) ? typed.ToString() : "";

    /// <summary>Adds the districts whose name was typed; the draft is judged again with them.</summary>
    public async Task<IActionResult> OnPostDistrictsAsync()
    {
        await LoadAsync();
        var named = Missing.Select(m => (m.Code, Name: TypedDistrict(m.Code).Trim())).Where(m => m.Name.Length > 0).ToList();
        foreach (var (code, name) in named) await addDistrict.ExecuteAsync(new(code, name, null), Actor);
        Say("bank.review.districts-done", named.Count);
        return Redirect($"{Home}/importar/revision");
    }

    public async Task<IActionResult> OnPostAdmitAsync()
    {
        await LoadAsync();
        if (Work is { Ended: false } || Review?.Good.Count > StageProjects.Portion)
        {
            if (Review is not null) desk.Begin(Entity.Id, Review.Draft.FileName, Review.Good.Count, Actor);
            return Redirect($"{Home}/importar/revision");
        }
        var admitted = await stage.AdmitAsync(Entity.Id, Actor);
        Say("bank.review.done", admitted);
        return Redirect(await Db.BankDrafts.AnyAsync(d => d.EntityId == Entity.Id) ? $"{Home}/importar/revision" : Home);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await base.LoadAsync();
        await stage.DiscardAsync(Entity.Id, Actor);
        Say("bank.review.discarded");
        return Redirect($"{Home}/importar");
    }

    /// <summary>The rows that were not taken in, with what is wrong: corrected, the file can be sent again.</summary>
    public TableFile ToFile() => new($"cartera-{Entity.Slug}-por-corregir", [.. BankTable.Columns, T["bank.review.line"], T["bank.review.fault"]],
        (Review?.Bad ?? []).Select(l => (IReadOnlyList<object?>)[.. l.Line.Cells, l.Line.Line, string.Join(" ", l.Faults.Select(f => (f.Column is null ? "" : f.Column + ": ") + BankWords.Of(T, f)))]));
}
