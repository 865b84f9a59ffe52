using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

/// <summary>What is typed of a member, as text.</summary>
public sealed class MemberForm
{
    public string? Organisation { get; set; }
    public string? Ruc { get; set; }
    public string? Group { get; set; }
    public string? Votes { get; set; } = "1";
    public string? District { get; set; }
    public string? Representative { get; set; }
    public string? Person { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }

    public static MemberForm Of(Member member, string? person) => new()
    {
        Organisation = member.Organisation,
        Ruc = member.Ruc,
        Group = member.InterestGroup,
        Votes = member.Votes.ToString(CultureInfo.InvariantCulture),
        District = member.DistrictCode,
        Representative = member.RepresentativeName,
        Person = person,
        From = TypedTime.OfDay(member.MandateFrom),
        To = TypedTime.OfDay(member.MandateTo),
    };

    /// <summary>The input, or null after telling each fault to the field.</summary>
    public async Task<MemberInput?> ReadAsync(AppDb db, Action<string, string, IReadOnlyList<object?>> fault)
    {
        var sound = true;
        void Wrong(string field, string rule, params IReadOnlyList<object?> args)
        {
            fault($"Input.{field}", "rule." + rule, args);
            sound = false;
        }

        if (string.IsNullOrWhiteSpace(Organisation)) Wrong(nameof(Organisation), EntitiesRules.OrganisationMissing);
        if (!string.IsNullOrWhiteSpace(Ruc) && !Core.Entities.Ruc.IsValid(Ruc.Trim())) Wrong(nameof(Ruc), EntitiesRules.MemberRucInvalid, Ruc.Trim());
        var group = InterestGroups.Find(Group);
        if (group is null) Wrong(nameof(Group), EntitiesRules.GroupUnknown, Group);
        if (!int.TryParse(Votes, NumberStyles.None, CultureInfo.InvariantCulture, out var votes)) Wrong(nameof(Votes), EntitiesRules.VotesOutOfRange, 1, 1_000);
        if (string.IsNullOrWhiteSpace(Representative)) Wrong(nameof(Representative), EntitiesRules.RepresentativeMissing);
        if (!TypedTime.TryDay(From, out var from)) Wrong(nameof(From), EntitiesRules.CsvDateInvalid, From);
        if (!TypedTime.TryDay(To, out var to)) Wrong(nameof(To), EntitiesRules.CsvDateInvalid, To);
        Guid? person = null;
        if (!string.IsNullOrWhiteSpace(Person))
        {
            var name = Person.Trim().ToUpperInvariant();
            person = await db.People.Where(p => p.NormalizedUserName == name).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
            if (person is null)
            {
                fault("Input.Person", "entities.member.person-unknown", [Person.Trim()]);
                sound = false;
            }
        }
        return sound ? new MemberInput(Organisation!, Ruc, group!.Sector, group.Code, votes, District, Representative!, from, to, person) : null;
    }

    public static IReadOnlyList<Components.Choice> Groups(T t) =>
        [.. InterestGroups.All.Select(g => new Components.Choice(g.Code, $"{t.Of(g.Sector)}: {g.Name(t)}"))];
}
