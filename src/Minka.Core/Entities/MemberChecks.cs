using System.Globalization;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>What a seat must fulfil before it is written. Pure; used by the form and by the import.</summary>
public static class MemberChecks
{
    const int LongestText = 200;

    /// <summary>All faults of one input against the template and the other members of the entity.</summary>
    public static IEnumerable<RuleBroken> Faults(MemberInput input, CompositionTemplate template, IEnumerable<Member> others)
    {
        if (string.IsNullOrWhiteSpace(input.Organisation)) yield return new(EntitiesRules.OrganisationMissing);
        if (input.Organisation.Length > LongestText || input.RepresentativeName.Length > LongestText) yield return new(EntitiesRules.TextTooLong, LongestText);
        if (Blank(input.Ruc) is { } ruc && !Entities.Ruc.IsValid(ruc)) yield return new(EntitiesRules.MemberRucInvalid, ruc);
        if (InterestGroups.Find(input.InterestGroup) is not { } group) yield return new(EntitiesRules.GroupUnknown, input.InterestGroup);
        else if (group.Sector != input.Sector) yield return new(EntitiesRules.GroupOfOtherSector, input.InterestGroup);
        if (input.Votes is < 1 or > 1_000) yield return new(EntitiesRules.VotesOutOfRange, 1, 1_000);
        if (Blank(input.DistrictCode) is { } district && (district.Length != 6 || !district.All(char.IsAsciiDigit))) yield return new(EntitiesRules.DistrictInvalid, district);
        if (string.IsNullOrWhiteSpace(input.RepresentativeName)) yield return new(EntitiesRules.RepresentativeMissing);
        if (input.MandateTo < input.MandateFrom) yield return new(EntitiesRules.MandateReversed, input.MandateFrom, input.MandateTo);
        else if (template.Term is { } term && term.Sectors.Contains(input.Sector) && input.MandateTo >= input.MandateFrom.AddYears(term.Years))
            yield return new(EntitiesRules.MandateTooLong, term.Years, input.MandateFrom.AddYears(term.Years).AddDays(-1));
        if (others.FirstOrDefault(o => IsSame(input, o) && o.MandateFrom <= input.MandateTo && input.MandateFrom <= o.MandateTo) is { } same)
            yield return new(EntitiesRules.AlreadyAccredited, same.Organisation, same.MandateTo);
    }

    public static void MustHold(MemberInput input, CompositionTemplate template, IEnumerable<Member> others)
    {
        if (Faults(input, template, others).FirstOrDefault() is { } fault) throw fault;
    }

    internal static bool IsSame(MemberInput input, Member other) =>
        Blank(input.Ruc) is { } ruc && other.Ruc is { } known ? ruc == known : Plain(input.Organisation) == Plain(other.Organisation);

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
