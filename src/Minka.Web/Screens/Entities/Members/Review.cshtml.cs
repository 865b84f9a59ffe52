using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

/// <summary>A table that was sent: what is good in it, and every fault beside its cell, to be corrected here or in a file of the faulty rows.</summary>
[May(Role.Secretary)]
public sealed class ReviewModel(AppDb db, StageMembers stage) : Screen, IListed
{
    [BindProperty]
    public int Version { get; set; }

    public int Size => 15;

    public CoordinationEntity Entity { get; private set; } = null!;

    public DraftReview? Review { get; private set; }

    public IReadOnlyList<JudgedLine> Shown { get; private set; } = [];

    public int PageNumber { get; private set; } = 1;

    public override async Task LoadAsync()
    {
        await FindAsync();
        Review = await stage.ReviewAsync(Entity.Id, Today);
        if (Review is null) return;
        PageNumber = PageOf(Review.Bad.Count, Size);
        Shown = [.. Review.Bad.Skip((PageNumber - 1) * Size).Take(Size)];
    }

    public static string FieldOf(int line, string column) => $"c-{line.ToString(CultureInfo.InvariantCulture)}-{column}";

    public static string? ListOf(string column) => column switch { "grupo" => "grupos", "clase" => "clases", _ => null };

    /// <summary>What was just typed where a save was refused; else what is kept.</summary>
    public string Typed(TableLine line, string column) =>
        Request.HasFormContentType && Request.Form.TryGetValue(FieldOf(line.Line, column), out var typed) ? typed.ToString() : line[column];

    public string? FaultOf(JudgedLine row, string column) =>
        row.Faults.Where(f => f.Column == column).Select(Said).FirstOrDefault();

    // A word that is almost the name of a group is answered with the name.
    string Said(MemberFault fault) => T["rule." + fault.Code, fault.Args] is var said
        && fault.Code == EntitiesRules.GroupUnknown && InterestGroups.Nearest(fault.Args[0] as string) is { } near ? $"{said} {T["entities.members.review.nearest", near.Name(T)]}" : said;

    public async Task<IActionResult> OnPostCorrectAsync()
    {
        await FindAsync();
        var cells = new Dictionary<int, IReadOnlyDictionary<string, string>>();
        foreach (var row in Request.Form.Where(f => f.Key.StartsWith("c-", StringComparison.Ordinal)).Select(f => (Parts: f.Key.Split('-', 3), Value: f.Value.ToString())).Where(f => f.Parts.Length == 3)
            .GroupBy(f => int.TryParse(f.Parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0))
        {
            cells[row.Key] = row.DistinctBy(f => f.Parts[2]).ToDictionary(f => f.Parts[2], f => f.Value, StringComparer.Ordinal);
        }
        var leftOut = Request.Form.Keys.Where(k => k.StartsWith("fuera-", StringComparison.Ordinal)).Select(k => int.TryParse(k["fuera-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0).ToList();
        await stage.CorrectAsync(Entity.Id, Version, cells, leftOut, Actor);
        Say("entities.members.review.corrected");
        return Redirect($"/entidades/{Entity.Slug}/miembros/importar/revision");
    }

    public async Task<IActionResult> OnPostAdmitAsync()
    {
        await FindAsync();
        var admitted = await stage.AdmitAsync(Entity.Id, Actor);
        Say("entities.members.import.done", admitted);
        var waits = await db.MemberDrafts.AnyAsync(d => d.EntityId == Entity.Id);
        return Redirect(waits ? $"/entidades/{Entity.Slug}/miembros/importar/revision" : $"/entidades/{Entity.Slug}/miembros");
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await FindAsync();
        await stage.DiscardAsync(Entity.Id, Actor);
        Say("entities.members.review.discarded");
        return Redirect($"/entidades/{Entity.Slug}/miembros/importar");
    }

    /// <summary>The rows that were not admitted, in the columns of the template and with what is wrong: corrected, the file can be sent again.</summary>
    public TableFile ToFile() => new($"{Entity.Slug}-por-corregir", [.. MemberTable.Columns, T["entities.members.import.line"], T["entities.members.import.fault"]],
        (Review?.Bad ?? []).Select(l => (IReadOnlyList<object?>)[.. l.Line.Cells, l.Line.Line, string.Join(" ", l.Faults.Select(f => f.Column is null ? Said(f) : $"{f.Column}: {Said(f)}"))]));

    async Task FindAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
    }
}
