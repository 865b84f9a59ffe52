using System.Security.Cryptography;
using System.Text;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Something that speaks against a registration, with its field.</summary>
public sealed record AgentFault(string Field, string Code, params IReadOnlyList<object?> Args);

/// <summary>
/// Who stands in the register of one process, ready to be asked whether an organisation or a person is there already. Identity numbers are
/// compared by keyed digests. Each question O(1) on average.
/// </summary>
public sealed class AgentsRegister
{
    readonly Dictionary<string, (string Organisation, int Number)> organisations = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Organisation, int Number)> people = new(StringComparer.Ordinal);

    public AgentsRegister(IEnumerable<BudgetAgent> agents, BudgetAgentId? except = null)
    {
        foreach (var agent in agents.Where(a => a.IsStanding && a.Id != except))
            Add(agent.Kind, agent.Organisation, agent.Ruc, [agent.DocumentDigest, agent.AlternateDigest], agent.Number);
    }

    public void Add(AgentKind kind, string organisation, string? ruc, IEnumerable<string?> digests, int number)
    {
        if (kind == AgentKind.CivilSociety)
        {
            foreach (var key in Keys(organisation, ruc)) organisations.TryAdd(key, (organisation, number));
        }
        foreach (var digest in digests.OfType<string>()) people.TryAdd(digest, (organisation, number));
    }

    /// <summary>All faults of a registration: by itself, and against those who are there.</summary>
    public IEnumerable<AgentFault> Faults(BudgetProcess process, AgentInput input, string? document, string? alternate)
    {
        foreach (var fault in Alone(process, input)) yield return fault;
        if (input.Kind == AgentKind.CivilSociety && !string.IsNullOrWhiteSpace(input.Organisation))
        {
            foreach (var key in Keys(input.Organisation, MemberChecks.Blank(input.Ruc)))
            {
                if (!organisations.TryGetValue(key, out var there)) continue;
                yield return new(nameof(AgentInput.Organisation), BudgetRules.OrganisationTwice, there.Organisation, there.Number);
                break;
            }
        }
        if (document is not null && people.TryGetValue(document, out var person)) yield return new(nameof(AgentInput.Document), BudgetRules.PersonTwice, person.Organisation, person.Number);
        if (alternate is not null && people.TryGetValue(alternate, out var second)) yield return new(nameof(AgentInput.AlternateDocument), BudgetRules.PersonTwice, second.Organisation, second.Number);
        if (alternate is not null && alternate == document) yield return new(nameof(AgentInput.AlternateDocument), BudgetRules.AlternateSame);
    }

    static IEnumerable<AgentFault> Alone(BudgetProcess process, AgentInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Organisation)) yield return new(nameof(AgentInput.Organisation), BudgetRules.OrganisationMissing);
        if (string.IsNullOrWhiteSpace(input.Representative)) yield return new(nameof(AgentInput.Representative), BudgetRules.RepresentativeMissing);
        foreach (var (field, text) in (IReadOnlyList<(string, string?)>)[(nameof(AgentInput.Organisation), input.Organisation), (nameof(AgentInput.Representative), input.Representative), (nameof(AgentInput.Accreditation), input.Accreditation), (nameof(AgentInput.Zone), input.Zone), (nameof(AgentInput.Alternate), input.Alternate)])
        {
            if (text?.Length > MemberChecks.LongestText) yield return new(field, EntitiesRules.TextTooLong, MemberChecks.LongestText);
        }
        if (MemberChecks.Blank(input.Ruc) is { } ruc && !Ruc.IsValid(ruc)) yield return new(nameof(AgentInput.Ruc), EntitiesRules.MemberRucInvalid, ruc);
        if (!IsDocument(input.Document)) yield return new(nameof(AgentInput.Document), BudgetRules.DocumentWrong);
        if (MemberChecks.Blank(input.Group) is { } group && InterestGroups.Find(group) is null) yield return new(nameof(AgentInput.Group), EntitiesRules.GroupUnknown, group);
        if (input.Kind == AgentKind.CivilSociety && MemberChecks.Blank(input.Group) is null) yield return new(nameof(AgentInput.Group), BudgetRules.GroupMissing);
        if (string.IsNullOrWhiteSpace(input.Accreditation)) yield return new(nameof(AgentInput.Accreditation), BudgetRules.AccreditationMissing);
        if (MemberChecks.Blank(input.DistrictCode) is { } district && (district.Length != 6 || !district.All(char.IsAsciiDigit) || !process.Covers(district))) yield return new(nameof(AgentInput.DistrictCode), BudgetRules.DistrictOutside, district);
        var named = MemberChecks.Blank(input.Alternate) is not null;
        if (named && !IsDocument(input.AlternateDocument ?? "")) yield return new(nameof(AgentInput.AlternateDocument), BudgetRules.DocumentWrong);
        if (!named && MemberChecks.Blank(input.AlternateDocument) is not null) yield return new(nameof(AgentInput.Alternate), BudgetRules.RepresentativeMissing);
    }

    /// <summary>Eight digits of a DNI, or nine to twelve signs of another document.</summary>
    public static bool IsDocument(string text) => PlainDocument(text) is { Length: >= 8 and <= 12 } plain && (plain.Length > 8 || plain.All(char.IsAsciiDigit));

    internal static string PlainDocument(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    internal static string? DigestOf(DataKey key, string? document) =>
        document is not null && IsDocument(document) ? Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes("minka budget agent 1: " + PlainDocument(document)))) : null;

    static IEnumerable<string> Keys(string organisation, string? ruc)
    {
        if (ruc is not null) yield return "ruc " + ruc;
        yield return "name " + MemberChecks.Plain(organisation);
    }
}
