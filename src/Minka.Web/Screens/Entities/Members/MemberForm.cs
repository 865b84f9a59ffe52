using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Territories;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

/// <summary>What is typed of a member, as text.</summary>
public sealed class MemberForm
{
    public string? Organisation { get; set; }
    public string? Kind { get; set; }
    public string? Ruc { get; set; }
    public string? Registry { get; set; }
    public string? RegistryNumber { get; set; }
    public string? Group { get; set; }
    public string? Votes { get; set; } = "1";
    public string? District { get; set; }
    public string? Representative { get; set; }
    public string? Woman { get; set; }
    public string? Power { get; set; }
    public string? Person { get; set; }
    public string? Alternate { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }

    public static MemberForm Of(Member member, MemberProfile? profile, Representation? speaks, Representation? alternate, string? person) => new()
    {
        Organisation = member.Organisation,
        Kind = profile?.Kind,
        Ruc = member.Ruc,
        Registry = profile?.RegistryKind,
        RegistryNumber = profile?.RegistryNumber,
        Group = member.InterestGroup,
        Votes = member.Votes.ToString(CultureInfo.InvariantCulture),
        District = member.DistrictCode,
        Representative = member.RepresentativeName,
        Woman = WomanOf(speaks?.IsWoman),
        Power = speaks?.Power,
        Person = person,
        Alternate = alternate?.Name,
        From = TypedTime.OfDay(member.MandateFrom),
        To = TypedTime.OfDay(member.MandateTo),
    };

    /// <summary>The input, or null after telling each fault to the field.</summary>
    public async Task<MemberInput?> ReadAsync(AppDb db, Country country, Action<string, string, IReadOnlyList<object?>> fault)
    {
        var sound = true;
        void Wrong(string field, string rule, params IReadOnlyList<object?> args)
        {
            fault($"Input.{field}", "rule." + rule, args);
            sound = false;
        }

        if (string.IsNullOrWhiteSpace(Organisation)) Wrong(nameof(Organisation), EntitiesRules.OrganisationMissing);
        if (!string.IsNullOrWhiteSpace(Ruc) && !Core.Entities.Ruc.IsValid(Ruc.Trim())) Wrong(nameof(Ruc), EntitiesRules.MemberRucInvalid, Ruc.Trim());
        if (!string.IsNullOrWhiteSpace(RegistryNumber))
        {
            if (RegistryNumbers.Find(Registry) is not { } registry) Wrong(nameof(Registry), EntitiesRules.RegistryUnknown, Registry ?? "");
            else if (!RegistryNumbers.IsValid(registry, RegistryNumber)) Wrong(nameof(RegistryNumber), EntitiesRules.RegistryNumberInvalid, RegistryNumber.Trim(), registry.Code);
        }
        var group = InterestGroups.Find(Group);
        if (group is null) Wrong(nameof(Group), EntitiesRules.GroupUnknown, Group);
        else if (OrganisationKinds.Find(Kind) is { } kind && !kind.Sectors.Contains(group.Sector)) Wrong(nameof(Kind), EntitiesRules.KindOfOtherSector, kind.Code);
        if (!int.TryParse(Votes, NumberStyles.None, CultureInfo.InvariantCulture, out var votes)) Wrong(nameof(Votes), EntitiesRules.VotesOutOfRange, 1, 1_000);
        if (!string.IsNullOrWhiteSpace(District) && !IsPlace(country, District.Trim())) Wrong(nameof(District), EntitiesRules.DistrictInvalid, District.Trim());
        if (string.IsNullOrWhiteSpace(Representative)) Wrong(nameof(Representative), EntitiesRules.RepresentativeMissing);
        if (!TypedTime.TryDay(From, out var from)) Wrong(nameof(From), EntitiesRules.CsvDateInvalid, From);
        if (!TypedTime.TryDay(To, out var to)) Wrong(nameof(To), EntitiesRules.CsvDateInvalid, To);
        var person = await PersonAsync(db, Person);
        if (!string.IsNullOrWhiteSpace(Person) && person is null)
        {
            fault("Input.Person", "entities.member.person-unknown", [Person.Trim()]);
            sound = false;
        }
        return !sound ? null : new MemberInput(Organisation!, Ruc, group!.Sector, group.Code, votes, District, Representative!, from, to, person)
        {
            Kind = Kind,
            RegistryKind = Registry,
            RegistryNumber = RegistryNumber,
            RepresentativeIsWoman = IsWoman(Woman),
            Power = Power,
            Alternate = string.IsNullOrWhiteSpace(Alternate) ? null : new AlternateInput(Alternate),
        };
    }

    // Where the pack has the districts of the province a code must be one of them; else six digits do.
    static bool IsPlace(Country country, string code) =>
        code.Length is 4 or 6 && code.All(char.IsAsciiDigit) && (country.Find(code) is not null || (code.Length == 6 && country.ChildrenOf(code[..4]).Count == 0 && country.Find(code[..4]) is not null));

    public static async Task<Guid?> PersonAsync(AppDb db, string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var normal = name.Trim().ToUpperInvariant();
        return await db.People.Where(p => p.NormalizedUserName == normal).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
    }

    public static bool? IsWoman(string? answer) => answer switch { "si" => true, "no" => false, _ => null };

    static string? WomanOf(bool? isWoman) => isWoman switch { true => "si", false => "no", _ => null };

    public static IReadOnlyList<Components.Choice> Groups(T t) =>
        [.. InterestGroups.All.Select(g => new Components.Choice(g.Code, $"{t.Of(g.Sector)}: {g.Name(t)}"))];

    public static IReadOnlyList<Components.Choice> Kinds(T t) => [.. OrganisationKinds.All.Select(k => new Components.Choice(k.Code, k.Name(t)))];

    public static IReadOnlyList<Components.Choice> Registries(T t) => [.. RegistryNumbers.All.Select(k => new Components.Choice(k.Code, t.Language == Texts.English ? k.En : k.Es))];

    public static IReadOnlyList<Components.Choice> Genders(T t) => [new("si", t["entities.member.woman.yes"]), new("no", t["entities.member.woman.no"])];
}
