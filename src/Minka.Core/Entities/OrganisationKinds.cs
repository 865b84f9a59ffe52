using System.Text.RegularExpressions;

namespace Minka.Core.Entities;

/// <summary>One kind of organisation: a code, the sectors that it may sit in, its names by language.</summary>
public sealed record OrganisationKind(string Code, IReadOnlyList<Sector> Sectors, string Es, string En);

/// <summary>The kinds of organisation, from <c>rulepacks/organisation-kinds.json</c>.</summary>
public static class OrganisationKinds
{
    static readonly Lazy<IReadOnlyList<OrganisationKind>> List = new(() => RulePackFiles.Read<Pack>("organisation-kinds").Kinds);

    public static IReadOnlyList<OrganisationKind> All => List.Value;

    public static OrganisationKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);

    /// <summary>By its code or by its name in either language, case and accents aside: what people write in a table.</summary>
    public static OrganisationKind? Read(string text) =>
        Find(text.Trim()) ?? All.FirstOrDefault(k => MemberChecks.Plain(text) is var plain && (MemberChecks.Plain(k.Es) == plain || MemberChecks.Plain(k.En) == plain || MemberChecks.Plain(k.Code) == plain));

    sealed record Pack(IReadOnlyList<OrganisationKind> Kinds);
}

public enum RegistryCheck
{
    None,
    Cnpj,
    Rut,
    Cuit,
    Nit,
}

/// <summary>A registry other than the tax payers' of Peru (that number has a field of its own, <see cref="Ruc"/>).</summary>
/// <param name="Pattern">Of the number without blanks, points and dashes, in capitals.</param>
public sealed record RegistryKind(string Code, string Es, string En, string Pattern, RegistryCheck Check);

/// <summary>Numbers under which an organisation is known elsewhere, from <c>rulepacks/registry-numbers.json</c>.</summary>
public static class RegistryNumbers
{
    static readonly Lazy<IReadOnlyList<RegistryKind>> List = new(() => RulePackFiles.Read<Pack>("registry-numbers").Kinds);

    public static IReadOnlyList<RegistryKind> All => List.Value;

    public static RegistryKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);

    /// <summary>The number as it is kept: capitals, without blanks, points and dashes.</summary>
    public static string Plain(string number) => new([.. number.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-')).Select(char.ToUpperInvariant)]);

    public static bool IsValid(RegistryKind kind, string number)
    {
        var plain = Plain(number);
        return Regex.IsMatch(plain, kind.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) && kind.Check switch
        {
            RegistryCheck.Cnpj => plain[12] == Cnpj(plain[..12]) && plain[13] == Cnpj(plain[..13]),
            RegistryCheck.Rut => plain[^1] == Rut(plain[..^1]),
            RegistryCheck.Cuit => Cuit(plain[..10]) is { } digit && plain[10] == digit,
            RegistryCheck.Nit => plain[^1] == Nit(plain[..^1]),
            _ => true,
        };
    }

    // Weights 2 to 9 from the right, again and again.
    static char Cnpj(string digits) => Weighted(digits, i => 2 + (i % 8)) % 11 is >= 2 and var rest ? Digit(11 - rest) : '0';

    // Weights 2 to 7 from the right; ten is written K.
    static char Rut(string digits) => (11 - (Weighted(digits, i => 2 + (i % 6)) % 11)) switch { 11 => '0', 10 => 'K', var d => Digit(d) };

    // Weights 2 to 7 from the right; ten belongs to no number.
    static char? Cuit(string digits) => (11 - (Weighted(digits, i => 2 + (i % 6)) % 11)) switch { 11 => '0', 10 => null, var d => Digit(d) };

    static readonly int[] NitWeights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

    static char Nit(string digits) => Weighted(digits, i => NitWeights[i]) % 11 is > 1 and var rest ? Digit(11 - rest) : Digit(Weighted(digits, i => NitWeights[i]) % 11);

    static int Weighted(string digits, Func<int, int> weightFromTheRight) =>
        digits.Reverse().Index().Sum(d => (d.Item - '0') * weightFromTheRight(d.Index));

    static char Digit(int value) => (char)('0' + value);

    sealed record Pack(IReadOnlyList<RegistryKind> Kinds);
}
