namespace Minka.Selection.Allocation;

internal static class Claims
{
    public static void Validate(long total, IReadOnlyList<Claim> claims)
    {
        if (total < 0)
            throw new ArgumentException("The total is negative.", nameof(total));

        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            if (string.IsNullOrEmpty(claim.Code) || !codes.Add(claim.Code))
                throw new ArgumentException($"The code '{claim.Code}' is empty or occurs twice.", nameof(claims));
            if (claim.Weight.Sign < 0 || claim.Floor < 0)
                throw new ArgumentException($"The weight or the floor of '{claim.Code}' is negative.", nameof(claims));
        }
    }
}
