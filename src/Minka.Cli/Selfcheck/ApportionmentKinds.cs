using System.Globalization;
using System.Text.Json;
using Minka.Selection.Allocation;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>apportionment.json</c>: whole units from shares. <c>seatsN</c> asks for N units by the largest remainder.</summary>
static class ApportionmentKinds
{
    const string Seats = "seats";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new("apportionment", c => c.InputHas("weights") && c.InputHasOnly("weights", Seats) && c.Expected.ValueKind == JsonValueKind.Object, Apportion),
    ];

    static object? Apportion(KnownCase known)
    {
        var claims = known.Input.ExactList("weights").Select((w, i) => new Claim(EnvelopeKinds.Code(i), w)).ToList();
        return known.Expected.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(
            p => p.Name,
            object? (p) => p.Name switch
            {
                "largest_remainder_hare" => LargestRemainder(claims, known.Input.Whole(Seats)),
                "sainte_lague" => Averages(claims, known.Input.Whole(Seats), DivisorSeries.SainteLague),
                "dhondt" => Averages(claims, known.Input.Whole(Seats), DivisorSeries.DHondt),
                _ when p.Name.StartsWith(Seats, StringComparison.Ordinal) && int.TryParse(p.Name.AsSpan(Seats.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seats) => LargestRemainder(claims, seats),
                _ => throw new CaseFails($"{p.Name}: a method that this version does not know"),
            },
            StringComparer.Ordinal);
    }

    static List<long> LargestRemainder(IReadOnlyList<Claim> claims, long seats) => [.. BoundedProportional.Share(seats, claims).Shares.Select(s => s.Amount)];

    static List<int> Averages(IReadOnlyList<Claim> claims, long seats, DivisorSeries series) => [.. HighestAverages.Assign(checked((int)seats), claims, series).Counts.Select(c => c.Count)];
}
