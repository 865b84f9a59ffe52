using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Applications;

namespace Minka.Web.Screens.Entities.Assemblies;

[May(Role.Secretary), RequestFormLimits(MultipartBodyLengthLimit = Upload.Largest)]
public sealed class ConveneModel(AppDb db, ConveneAssembly convene, FileStore files) : Screen
{
    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? First { get; set; }

    [BindProperty]
    public string? Second { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    /// <summary>One point a line.</summary>
    [BindProperty]
    public string? Agenda { get; set; }

    /// <summary>Papers, each named by the number of its point.</summary>
    [BindProperty]
    public List<IFormFile> Papers { get; set; } = [];

    /// <summary>The session of the plan that this convenes.</summary>
    [BindProperty(SupportsGet = true, Name = "plan")]
    public Guid? Plan { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public int Members { get; private set; }

    public DateOnly Earliest => Today.AddDays(Entity.Template.NoticeDays.Value);

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var today = Today;
        Members = await db.Members.CountAsync(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo);
        var day = Earliest.AddDays(1);
        if (Plan is { } plan && PlannedSessionId.From(plan) is var id)
        {
            var planned = await db.PlannedSessions.SingleOrDefaultAsync(p => p.Id == id && p.EntityId == Entity.Id && p.AssemblyId == null) ?? throw new NotFound("planned-session", plan);
            Subject ??= planned.Title;
            if (planned.On > day) day = planned.On;
        }
        First ??= TypedTime.OfInstant(Format.Zone.ToUtc(day, new TimeOnly(9, 0)));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Subject)) Fault(nameof(Subject), "rule." + EntitiesRules.TitleMissing);
        if (string.IsNullOrWhiteSpace(Place)) Fault(nameof(Place), "rule." + EntitiesRules.PlaceMissing);
        if (!TypedTime.TryInstant(First, out var first)) Fault(nameof(First), "entities.time-invalid", First);
        DateTime? second = null;
        if (!string.IsNullOrWhiteSpace(Second))
        {
            if (TypedTime.TryInstant(Second, out var read)) second = read;
            else Fault(nameof(Second), "entities.time-invalid", Second);
        }
        DateTime? until = null;
        if (!string.IsNullOrWhiteSpace(Until))
        {
            if (TypedTime.TryInstant(Until, out var end)) until = end;
            else Fault(nameof(Until), "entities.time-invalid", Until);
        }
        if (ModelState.IsValid && await MayBeTooShortAsync(first)) Fault(nameof(First), "rule." + EntitiesRules.NoticeTooShort, Entity.Template.NoticeDays.Value, Earliest);
        var points = (Agenda ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((p, i) => Unnumbered(p, i + 1)).Where(p => p.Length > 0).ToList();
        var papers = await ReadPapersAsync(points.Count);
        First ??= "";
        Second ??= "";
        if (!ModelState.IsValid) return await AgainAsync();
        await LoadAsync();
        var id = await convene.ExecuteAsync(Entity.Id, new ConvocationInput(Subject!, Place!, first, second, until)
        {
            Agenda = [.. points.Select((p, i) => new AgendaInput(p, papers.GetValueOrDefault(i + 1)))],
            Planned = Plan is { } plan ? PlannedSessionId.From(plan) : null,
        }, Actor);
        Say("entities.convene.done");
        return Redirect($"/asambleas/{id.Value}");
    }

    async Task<bool> MayBeTooShortAsync(DateTime first)
    {
        await LoadAsync();
        return Format.Zone.DayIn(first) < Earliest;
    }

    /// <summary>A line of the agenda without the number or bullet that people write before it: the list has numbers of its own.</summary>
    public static string Unnumbered(string line, int place)
    {
        var rest = line.TrimStart();
        var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0) return rest.TrimStart('-', '–', '—', '•', '*', ' ');
        // A year or an amount at the beginning is no number of the list.
        var mark = rest[digits..].TrimStart(' ');
        return int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == place && mark.Length > 0 && mark[0] is ('.' or ')' or '-' or '°' or 'º')
            ? mark.TrimStart('.', ')', '-', '–', '°', 'º', ' ') : rest;
    }

    // "2 presupuesto.pdf" belongs to the second point.
    async Task<Dictionary<int, IncomingFile>> ReadPapersAsync(int points)
    {
        var papers = new Dictionary<int, IncomingFile>();
        foreach (var file in Papers)
        {
            var digits = string.Concat(Path.GetFileName(file.FileName).TakeWhile(char.IsAsciiDigit));
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var point) || point < 1 || point > points) Fault(nameof(Papers), "entities.convene.paper-unplaced", file.FileName, points);
            else if (papers.ContainsKey(point)) Fault(nameof(Papers), "entities.convene.paper-twice", point);
            else if (await Upload.ReadAsync(file, HttpContext.RequestAborted) is { } upload)
            {
                if (upload.Fault(T) is { } fault) ModelState.AddModelError(nameof(Papers), fault);
                else papers[point] = await files.PutAsync(upload.Bytes, upload.Name, cancel: HttpContext.RequestAborted);
            }
        }
        return papers;
    }
}
