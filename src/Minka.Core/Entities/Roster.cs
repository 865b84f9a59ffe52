using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>A fault that names its column, for a form and for a table alike.</summary>
public sealed record MemberFault(string? Column, string Code, params IReadOnlyList<object?> Args);

/// <summary>
/// Who sits in an entity, ready to be asked whether an organisation or a person is there already: by tax number, by another
/// registry's number, by plain name. Each question O(1) on average, so that a table of thousands is judged in one pass.
/// </summary>
public sealed class Roster
{
    readonly Dictionary<string, List<Seat>> organisations = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Seat>> people = new(StringComparer.Ordinal);
    readonly List<(Sector Sector, DateOnly From, DateOnly To)> mandates = [];

    /// <param name="Line">Of the table that is being read; null: sits in the entity.</param>
    sealed record Seat(string Organisation, int? Line, DateOnly From, DateOnly To, string? Ruc, string? Registry);

    /// <summary>Entities of other places whose accreditation shuts this one out, by organisation.</summary>
    readonly Dictionary<string, (string Entity, DateOnly From, DateOnly To)> elsewhere = new(StringComparer.Ordinal);

    /// <summary>The most members that the statutes allow.</summary>
    public int? MostMembers { get; private init; }

    /// <summary>Reads an entity's members, whatever their mandates. Two queries, or three where the kind of entity shuts out others.</summary>
    public static async Task<Roster> ReadAsync(AppDb db, EntityId entity, CancellationToken cancel, MemberId? except = null)
    {
        var most = await db.EntityStatutes.Where(s => s.EntityId == entity).Select(s => s.MostMembers).FirstOrDefaultAsync(cancel);
        var roster = new Roster { MostMembers = most };
        var members = await (from m in db.Members
                             where m.EntityId == entity
                             join p in db.MemberProfiles on m.Id equals p.MemberId into ps
                             from p in ps.DefaultIfEmpty()
                             select new { m.Id, m.Organisation, m.Ruc, m.Sector, m.MandateFrom, m.MandateTo, m.RepresentativeName, m.RepresentativePersonId, RegistryKind = p == null ? null : p.RegistryKind, RegistryNumber = p == null ? null : p.RegistryNumber }).ToListAsync(cancel);
        var alternates = (await db.Representations.Where(r => r.EntityId == entity && r.IsAlternate && r.EndedAt == null).Select(r => new { r.MemberId, r.Name, r.PersonId }).ToListAsync(cancel)).ToLookup(r => r.MemberId);
        foreach (var m in members.Where(m => m.Id != except))
        {
            roster.Add(new(m.Organisation, null, m.MandateFrom, m.MandateTo, m.Ruc, Registry(m.RegistryKind, m.RegistryNumber)), m.Sector,
                [(m.RepresentativeName, m.RepresentativePersonId), .. alternates[m.Id].Select(a => (a.Name, a.PersonId))]);
        }
        var template = await db.CoordinationEntities.Where(e => e.Id == entity).Select(e => e.TemplateId).FirstOrDefaultAsync(cancel);
        if (template is not null && EntityDuties.Of(template).SoleAccreditation.Value) await roster.ReadElsewhereAsync(db, entity, cancel);
        return roster;
    }

    async Task ReadElsewhereAsync(AppDb db, EntityId entity, CancellationToken cancel)
    {
        var sole = EntityDuties.SoleTemplates;
        var others = await (from m in db.Members
                            where m.EntityId != entity && m.Sector != Sector.Public
                            join e in db.CoordinationEntities on m.EntityId equals e.Id
                            where sole.Contains(e.TemplateId) && e.State == EntityState.Active
                            select new { m.Organisation, m.Ruc, m.MandateFrom, m.MandateTo, Entity = e.Name }).ToListAsync(cancel);
        foreach (var other in others)
        {
            // A name alone proves nothing in another province: there are many associations called San Isidro.
            if (other.Ruc is { } ruc) elsewhere[ruc] = (other.Entity, other.MandateFrom, other.MandateTo);
        }
    }

    /// <summary>Takes a seat of the table in, so that the next line is judged against it too.</summary>
    public void Add(MemberInput input, int line)
    {
        (string Name, Guid? Person)[] who = input.Alternate is { } alternate
            ? [(input.RepresentativeName, input.RepresentativePersonId), (alternate.Name, alternate.PersonId)]
            : [(input.RepresentativeName, input.RepresentativePersonId)];
        Add(new(input.Organisation.Trim(), line, input.MandateFrom, input.MandateTo, MemberChecks.Blank(input.Ruc), Registry(input.RegistryKind, input.RegistryNumber)), input.Sector, who);
    }

    void Add(Seat seat, Sector sector, IEnumerable<(string Name, Guid? Person)> who)
    {
        mandates.Add((sector, seat.From, seat.To));
        foreach (var key in Keys(seat.Organisation, seat.Ruc, seat.Registry)) Put(organisations, key, seat);
        foreach (var (name, person) in who)
        {
            if (PersonKey(name) is { } key) Put(people, key, seat);
            if (person is { } id) Put(people, id.ToString("N"), seat);
        }
    }

    /// <summary>All that speaks against this seat because of those that are there.</summary>
    public IEnumerable<MemberFault> Faults(MemberInput input)
    {
        var (ruc, registry) = (MemberChecks.Blank(input.Ruc), Registry(input.RegistryKind, input.RegistryNumber));
        var same = Keys(input.Organisation, ruc, registry).SelectMany(k => organisations.GetValueOrDefault(k) ?? [])
            .FirstOrDefault(s => s.From <= input.MandateTo && input.MandateFrom <= s.To && !Differ(s.Ruc, ruc) && !Differ(s.Registry, registry));
        if (same is not null)
        {
            yield return same.Line is { } line ? new("organizacion", EntitiesRules.OrganisationTwiceInTable, same.Organisation, line)
                : new("organizacion", EntitiesRules.AlreadyAccredited, same.Organisation, same.To);
        }
        if (input.Sector != Sector.Public && ruc is not null && elsewhere.TryGetValue(ruc, out var other) && other.From <= input.MandateTo && input.MandateFrom <= other.To)
            yield return new("ruc", EntitiesRules.AccreditedElsewhere, input.Organisation, other.Entity);
        if (PersonFault(input.RepresentativeName, input.RepresentativePersonId, input.MandateFrom, input.MandateTo, "representante") is { } fault) yield return fault;
        if (input.Alternate is { } alternate && PersonFault(alternate.Name, alternate.PersonId, input.MandateFrom, input.MandateTo, "alterno") is { } second) yield return second;
        if (MostMembers is { } most)
        {
            var there = mandates.Count(m => m.From <= input.MandateFrom && input.MandateFrom <= m.To);
            if (there >= most) yield return new(null, EntitiesRules.OverTheCap, most, there);
        }
    }

    /// <summary>Whether the person speaks for another member in these days. Full names only: a single word proves nothing.</summary>
    public MemberFault? PersonFault(string name, Guid? person, DateOnly from, DateOnly to, string column)
    {
        List<Seat> seats = [.. PersonKey(name) is { } key ? people.GetValueOrDefault(key) ?? [] : [], .. person is { } id ? people.GetValueOrDefault(id.ToString("N")) ?? [] : []];
        return seats.FirstOrDefault(s => s.From <= to && from <= s.To) is not { } seat ? null
            : seat.Line is { } line ? new(column, EntitiesRules.PersonTwiceInTable, name.Trim(), seat.Organisation, line)
            : new(column, EntitiesRules.PersonForTwo, name.Trim(), seat.Organisation);
    }

    static IEnumerable<string> Keys(string organisation, string? ruc, string? registry)
    {
        if (ruc is not null) yield return "ruc " + ruc;
        if (registry is not null) yield return registry;
        yield return "name " + MemberChecks.Plain(organisation);
    }

    static bool Differ(string? one, string? other) => one is not null && other is not null && one != other;

    static string? PersonKey(string name) => MemberChecks.Plain(name) is var plain && plain.Contains(' ', StringComparison.Ordinal) ? plain : null;

    static string? Registry(string? kind, string? number) => MemberChecks.Blank(number) is { } given ? $"{kind} {RegistryNumbers.Plain(given)}" : null;

    static void Put(Dictionary<string, List<Seat>> into, string key, Seat seat)
    {
        if (into.TryGetValue(key, out var seats)) seats.Add(seat);
        else into[key] = [seat];
    }
}
