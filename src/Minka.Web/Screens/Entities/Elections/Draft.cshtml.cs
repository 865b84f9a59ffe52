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

namespace Minka.Web.Screens.Entities.Elections;

/// <summary>Organ, rule, quotas and candidates of an election, typed once and hashed when the box opens.</summary>
[May(Role.Secretary)]
public sealed class DraftModel(AppDb db, DraftElection draft) : Screen
{
    [BindProperty]
    public string? Organ { get; set; }

    [BindProperty]
    public int Seats { get; set; } = 1;

    [BindProperty]
    public ElectionMajority Majority { get; set; }

    [BindProperty]
    public int? Women { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Beacon { get; set; }

    [BindProperty]
    public string? List { get; set; }

    /// <summary>The public rule that is followed; null: one is typed.</summary>
    [BindProperty(SupportsGet = true, Name = "regla")]
    public string? Regla { get; set; }

    /// <summary>The election that is held again: its form comes filled in.</summary>
    [BindProperty(SupportsGet = true, Name = "de")]
    public Guid? From { get; set; }

    public ElectionPack? Pack => ElectionPacks.Of(Template).FirstOrDefault(p => p.Id == Regla);

    public IReadOnlyList<ElectionPack> Packs => ElectionPacks.Of(Template);

    string Template { get; set; } = "";

    public Assembly Assembly { get; private set; } = null!;

    public IEnumerable<Components.Choice> Majorities => Enum.GetValues<ElectionMajority>().Select(m => new Components.Choice(m.ToString(), T.Of(m)));

    public string QuotaOf(QuotaRule quota) => T["elections.pack-quota",
        quota.Kind switch { QuotaKind.Women => T["elections.women"], QuotaKind.NonPublic => T["elections.non-public"], _ => T["elections.quota-of", quota.Sector] },
        quota.Share is { } share ? T["elections.pack-share", share] : quota.Least];

    public string? TypedOf(Sector sector) => Request.HasFormContentType
        ? Request.Form[$"sector-{sector}"].ToString()
        : Before?.Rule.Quotas.FirstOrDefault(q => q.Kind == QuotaKind.Sector && q.Sector == sector)?.Least.ToString(CultureInfo.InvariantCulture);

    OrganElection? Before { get; set; }

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Template = await db.CoordinationEntities.Where(e => e.Id == Assembly.EntityId).Select(e => e.TemplateId).SingleAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        if (From is { } from && OrganElectionId.From(from) is var before) Before = await db.OrganElections.SingleOrDefaultAsync(e => e.Id == before && e.AssemblyId == id);
        if (Before is not null) FillIn(Before);
        else if (Pack is { } pack) (Organ, Seats) = (pack.Organ.In(T.Language), pack.Seats ?? Seats);
    }

    void FillIn(OrganElection before)
    {
        var rule = before.Rule;
        (Organ, Seats, Majority, Source, Beacon, Regla) = (before.Organ, rule.Seats, rule.Majority, rule.Source, rule.Beacon, rule.Pack);
        Women = rule.Quotas.FirstOrDefault(q => q.Kind == QuotaKind.Women)?.Least;
        List = string.Join('\n', before.Candidates.Select(c => $"{c.Label}; {c.Person}; {T.Of(c.Sector).ToLower(CultureInfo.CurrentUICulture)}; {T[c.IsWoman ? "elections.woman" : "elections.man"]}"));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return await AgainAsync();
        await LoadAsync();
        List<Quota> quotas = [];
        if (Women > 0) quotas.Add(new Quota(QuotaKind.Women, Women.Value));
        foreach (var sector in Enum.GetValues<Sector>())
        {
            if (int.TryParse(TypedOf(sector), NumberStyles.None, CultureInfo.InvariantCulture, out var least) && least > 0) quotas.Add(new Quota(QuotaKind.Sector, least, sector));
        }
        if (Read() is not { } candidates) return await AgainAsync();
        var id = await draft.ExecuteAsync(AssemblyId.From(RouteId("assembly")), Organ ?? "", new ElectionRule(Seats, Majority, quotas, Source?.Trim() ?? "", Beacon?.Trim() ?? "") { Pack = Pack?.Id }, candidates, Actor);
        return Redirect($"/asambleas/{RouteId("assembly")}/elecciones/{id.Value}");
    }

    List<Candidate>? Read()
    {
        var candidates = new List<Candidate>();
        var lines = (List ?? "").ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var cells = lines[i].Split(';', StringSplitOptions.TrimEntries);
            var sector = cells.Length == 4 ? Enum.GetValues<Sector>().Where(s => Same(cells[2], T.Of(s)) || Same(cells[2], s.ToString())).Select(s => (Sector?)s).FirstOrDefault() : null;
            bool? woman = cells.Length != 4 ? null : cells[3].ToLowerInvariant() switch { "mujer" or "woman" or "m" or "f" => true, "hombre" or "man" or "h" or "varón" => false, _ => null };
            if (sector is null || woman is null || cells[0].Length == 0 || cells[0].Length > 200 || cells[1].Length > 200)
            {
                Fault(nameof(List), "rule." + ElectionRules.CandidateUnreadable, i + 1);
                return null;
            }
            candidates.Add(new Candidate(string.Create(CultureInfo.InvariantCulture, $"c{candidates.Count + 1}"), cells[0], cells[1].Length == 0 ? null : cells[1], woman.Value, sector.Value));
        }
        return candidates;
    }

    // Case and accents aside: people type «publico» too.
    static bool Same(string a, string b) => Slugs.From(a) == Slugs.From(b);
}
