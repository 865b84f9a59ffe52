using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// The fractional form of equal shares (FrES, arXiv 2409.15005), from which bounded overspending is rounded: projects may be funded in part. Again and again the part of a project with the least price
/// per utility is bought, by those of its supporters who have money left, until one of them has none or the project is complete.
/// </summary>
public static class FractionalEqualShares
{
    /// <summary>Computes the parts.</summary>
    /// <param name="election">The election.</param>
    /// <param name="utility">The utility.</param>
    /// <param name="bordaOffset">As in <see cref="PbSettings.BordaOffset"/>.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>For each project the part funded, 0 to 1; they cost together at most the budget. Supported projects without cost are complete.</returns>
    /// <exception cref="InvalidElectionException">The utility does not apply to these ballots.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>Ties go to the lowest identifier. Exact; at most projects + groups rounds of O(named projects), on fractions that grow by a factor each round: meant for elections of some hundred groups.</remarks>
    public static IReadOnlyList<Fraction> Run(Election election, Utility utility, int bordaOffset = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(election);
        var field = election.Field;
        var support = new Support(field, utility, bordaOffset, election.Ballots);
        var parts = new Fraction[field.Projects];
        for (var p = 0; p < field.Projects; p++)
            parts[p] = field.Cost[p] == 0 && support.Weight[p] > 0 ? Fraction.One : Fraction.Zero;
        if (field.Voters == 0)
            return parts;
        var money = new Fraction[field.Groups];
        Array.Fill(money, new Fraction(field.Budget, field.Voters));
        var order = Enumerable.Range(0, field.Projects).Where(p => field.Cost[p] > 0).OrderBy(p => election.Projects[p].Id, StringComparer.Ordinal).ToArray();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var best = -1;
            System.Numerics.BigInteger bestWeight = 0;
            foreach (var p in order)
            {
                if (parts[p] == Fraction.One)
                    continue;
                System.Numerics.BigInteger weight = 0;
                for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
                {
                    if (money[support.Group[i]].Sign > 0)
                        weight += (System.Numerics.BigInteger)support.UtilityAt(p, i) * field.Multiplicity[support.Group[i]];
                }

                // Least cost / weight.
                if (!weight.IsZero && (best < 0 || field.Cost[p] * bestWeight < field.Cost[best] * weight))
                    (best, bestWeight) = (p, weight);
            }

            if (best < 0)
                return parts;
            var price = new Fraction(field.Cost[best], bestWeight);
            var bought = Fraction.One - parts[best];
            for (var i = support.Start[best]; i < support.Start[best + 1]; i++)
            {
                var left = money[support.Group[i]];
                if (left.Sign > 0)
                    bought = Fraction.Min(bought, left / (price * support.UtilityAt(best, i)));
            }

            parts[best] += bought;
            for (var i = support.Start[best]; i < support.Start[best + 1]; i++)
            {
                var g = support.Group[i];
                if (money[g].Sign > 0)
                    money[g] -= bought * price * support.UtilityAt(best, i);
            }
        }
    }
}
