using System.Globalization;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>What a seat must fulfil before it is written. Pure; used by the form and by the import.</summary>
public static class MemberChecks
{
    internal const int LongestText = 200;

    /// <summary>All faults of one input against the template and those who sit in the entity, each with its column of the table.</summary>
    /// <param name="admitted">The day of the admission: a mandate that ended before it is none. Null: a member is corrected.</param>
    public static IReadOnlyList<MemberFault> Faults(MemberInput input, CompositionTemplate template, Roster roster, DateOnly? admitted) =>
        [.. Alone(input, template, admitted), .. roster.Faults(input)];

    /// <summary>The faults that the input has by itself.</summary>
    static IEnumerable<MemberFault> Alone(MemberInput input, CompositionTemplate template, DateOnly? admitted)
    {
        if (string.IsNullOrWhiteSpace(input.Organisation)) yield return new("organizacion", EntitiesRules.OrganisationMissing);
        foreach (var (column, text) in (IReadOnlyList<(string, string?)>)[("organizacion", input.Organisation), ("representante", input.RepresentativeName), ("alterno", input.Alternate?.Name), ("poder", input.Power)])
        {
            if (text?.Length > LongestText) yield return new(column, EntitiesRules.TextTooLong, LongestText);
        }
        if (Blank(input.Ruc) is { } ruc && !Ruc.IsValid(ruc)) yield return new("ruc", EntitiesRules.MemberRucInvalid, ruc);
        if (Blank(input.RegistryNumber) is { } number)
        {
            if (RegistryNumbers.Find(Blank(input.RegistryKind)) is not { } registry) yield return new("registro", EntitiesRules.RegistryUnknown, input.RegistryKind);
            else if (!RegistryNumbers.IsValid(registry, number)) yield return new("numero_registro", EntitiesRules.RegistryNumberInvalid, number, registry.Code);
        }
        if (Blank(input.Kind) is { } kind)
        {
            if (OrganisationKinds.Find(kind) is not { } known) yield return new("clase", EntitiesRules.KindUnknown, kind);
            else if (!known.Sectors.Contains(input.Sector)) yield return new("clase", EntitiesRules.KindOfOtherSector, kind);
        }
        if (InterestGroups.Find(input.InterestGroup) is not { } group) yield return new("grupo", EntitiesRules.GroupUnknown, input.InterestGroup);
        else if (group.Sector != input.Sector) yield return new("grupo", EntitiesRules.GroupOfOtherSector, input.InterestGroup);
        if (input.Votes is < 1 or > 1_000) yield return new("votos", EntitiesRules.VotesOutOfRange, 1, 1_000);
        if (Blank(input.DistrictCode) is { } district && (district.Length is not (4 or 6) || !district.All(char.IsAsciiDigit))) yield return new("distrito", EntitiesRules.DistrictInvalid, district);
        if (string.IsNullOrWhiteSpace(input.RepresentativeName)) yield return new("representante", EntitiesRules.RepresentativeMissing);
        if (input.Alternate is { } alternate)
        {
            if (Plain(alternate.Name) == Plain(input.RepresentativeName)) yield return new("alterno", EntitiesRules.AlternateIsRepresentative, alternate.Name.Trim());
            if (!template.Attendance.MayDelegate(input.InterestGroup)) yield return new("alterno", EntitiesRules.NotDelegable, input.Organisation, template.Attendance.Source);
        }
        if (input.MandateTo < input.MandateFrom) yield return new("hasta", EntitiesRules.MandateReversed, input.MandateFrom, input.MandateTo);
        else if (input.MandateTo < admitted) yield return new("hasta", EntitiesRules.MandateExpired, input.MandateTo);
        else if (template.Term is { } term && term.Sectors.Contains(input.Sector) && input.MandateTo >= input.MandateFrom.AddYears(term.Years))
            yield return new("hasta", EntitiesRules.MandateTooLong, term.Years, input.MandateFrom.AddYears(term.Years).AddDays(-1));
    }

    public static void MustHold(MemberInput input, CompositionTemplate template, Roster roster, DateOnly? admitted)
    {
        if (Faults(input, template, roster, admitted) is [var fault, ..]) throw new RuleBroken(fault.Code, [.. fault.Args]);
    }

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A name without case, accents and double spaces, so that one organisation is not written twice.</summary>
    internal static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToUpperInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }
        return plain.ToString().Trim();
    }
}
