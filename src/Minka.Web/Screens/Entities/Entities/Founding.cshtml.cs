using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

/// <summary>The facts from which the founding papers are drafted.</summary>
[May(Role.Secretary, Role.Manager, Role.Representative, Role.Auditor)]
public sealed class FoundingModel(AppDb db, SetStatute setStatute, SetBoard setBoard) : Screen
{
    /// <summary>Offices that the form has room for.</summary>
    public const int Offices = 7;

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? Domicile { get; set; }

    [BindProperty]
    public string? Most { get; set; }

    [BindProperty]
    public string? Sessions { get; set; }

    [BindProperty]
    public string? BoardYears { get; set; }

    /// <summary>Percentage.</summary>
    [BindProperty]
    public string? Women { get; set; }

    [BindProperty]
    public string? Zone { get; set; }

    /// <summary>The clock that holds where the statutes fix none.</summary>
    public string UsualZone => EntityZones.CountryOf(Entity.Template).Zone.Value;

    [BindProperty]
    public int Version { get; set; } = -1;

    [BindProperty]
    public string? From { get; set; }

    /// <summary>The election whose elected are to hold the offices.</summary>
    [BindProperty(SupportsGet = true, Name = "eleccion")]
    public Guid? ElectionId { get; set; }

    /// <summary>A decided election of this entity.</summary>
    public OrganElection? Election { get; private set; }

    /// <summary>Elected candidates by their names, with the member of that name.</summary>
    public IReadOnlyList<(string Name, MemberId? Member)> Elected { get; private set; } = [];

    public CoordinationEntity Entity { get; private set; } = null!;

    public EntityDuty Duty => EntityDuties.Of(Entity.TemplateId);

    public IReadOnlyList<BoardSeat> Board { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Members { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Board = await db.BoardSeats.Where(b => b.EntityId == Entity.Id && b.EndedAt == null).OrderBy(b => b.Order).ToListAsync();
        var today = Today;
        Members = [.. (await db.Members.Where(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Organisation).Take(300).Select(m => new { m.Id, m.Organisation }).ToListAsync())
            .Select(m => new Components.Choice(m.Id.Value.ToString(), m.Organisation))];
        From ??= TypedTime.OfDay(Today);
        await LoadElectedAsync();
        if (HttpMethods.IsPost(Request.Method) && Request.Query["handler"] == "Statute") return;
        if (await db.EntityStatutes.SingleOrDefaultAsync(s => s.EntityId == Entity.Id) is not { } statute) return;
        (Purpose, Domicile, Version) = (statute.Purpose, statute.Domicile, statute.Version);
        (Most, Sessions, BoardYears) = (Text(statute.MostMembers), Text(statute.SessionsPerYear), Text(statute.BoardYears));
        (Women, Zone) = (Text(statute.LeastWomen?.Value / 100), statute.Zone);
    }

    async Task LoadElectedAsync()
    {
        if (ElectionId is not { } id) return;
        var election = OrganElectionId.From(id);
        Election = await (from e in db.OrganElections where e.Id == election && e.State == ElectionState.Decided join a in db.Assemblies on e.AssemblyId equals a.Id where a.EntityId == Entity.Id select e).SingleOrDefaultAsync();
        // A candidate is an organisation; what it is called in the election may differ by case and accents.
        var byName = Members.GroupBy(m => Slugs.From(m.Text)).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => MemberId.From(Guid.Parse(g.Single().Value)));
        Elected = [.. from elected in Election?.Result?.Elected ?? [] let name = Election!.Candidates.FirstOrDefault(c => c.Id == elected)?.Label ?? elected select (name, byName.TryGetValue(Slugs.From(name), out var member) ? member : (MemberId?)null)];
    }

    public string OfficeAt(int at) => Sent("Office", at) ?? (at < 5 ? T["entities.founding.office-" + (at + 1).ToString(CultureInfo.InvariantCulture)] : "");

    public string HolderAt(int at) => Sent("Holder", at) ?? (Elected.ElementAtOrDefault(at).Member is { } member ? member.Value.ToString() : "");

    string? Sent(string field, int at) => Request.HasFormContentType && Request.Form.TryGetValue($"{field}[{at}]", out var value) ? value.ToString() : null;

    public async Task<IActionResult> OnPostStatuteAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Purpose)) Fault(nameof(Purpose), "rule." + EntitiesRules.PurposeMissing);
        if (string.IsNullOrWhiteSpace(Domicile)) Fault(nameof(Domicile), "rule." + EntitiesRules.DomicileMissing);
        var (most, sessions, years) = (Number(nameof(Most), Most), Number(nameof(Sessions), Sessions), Number(nameof(BoardYears), BoardYears));
        var women = Number(nameof(Women), Women);
        if (women is > 50) Fault(nameof(Women), "rule." + EntitiesRules.WomenOutOfRange, 50);
        if (!string.IsNullOrWhiteSpace(Zone) && !LegalZone.TryFind(Zone.Trim(), out _)) Fault(nameof(Zone), "rule." + EntitiesRules.ZoneUnknown, Zone);
        if (!ModelState.IsValid) return await AgainAsync();
        await setStatute.ExecuteAsync(Entity.Id, Version, new(Purpose!, Domicile!, most, sessions, years, women is > 0 ? BasisPoints.Percent(women.Value) : null, Zone), Actor);
        Say("entities.founding.saved");
        return Redirect($"/entidades/{Entity.Slug}/constitucion");
    }

    public async Task<IActionResult> OnPostBoardAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!TypedTime.TryDay(From, out var from)) Fault(nameof(From), "rule." + EntitiesRules.CsvDateInvalid, From);
        var seats = new List<BoardInput>();
        for (var at = 0; at < Offices; at++)
        {
            if (Guid.TryParse(HolderAt(at), out var member)) seats.Add(new(OfficeAt(at), MemberId.From(member)));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await setBoard.ExecuteAsync(Entity.Id, from, seats, Actor);
        Say("entities.founding.board-saved");
        return Redirect($"/entidades/{Entity.Slug}/constitucion");
    }

    int? Number(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(field, "rule." + EntitiesRules.CsvNumberInvalid, text);
        return null;
    }

    static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
