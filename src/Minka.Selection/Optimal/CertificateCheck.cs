using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Minka.Selection.Optimal;

/// <summary>A claim of a certificate and whether it holds.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Passed">Whether it was confirmed.</param>
/// <param name="Detail">Figures, or what is wrong.</param>
public sealed record CertificateClaim(string Claim, bool Passed, string Detail);

/// <summary>
/// Replays a certificate of <see cref="AwardCertificate"/> without any of the search's code: hashes the input, evaluates the rules of the call
/// on the list of awards, and walks the branching tree, adding in whole numbers.
/// </summary>
/// <remarks>
/// Feasibility is judged on the model's own terms (money per envelope, counts per applicant, …) and, apart from that, on the rows of the
/// program; both have to agree. A leaf is accepted only if its multipliers, summed in big integers, leave no room for a better solution
/// (where the certificate says so: nor for an equal one that comes first in the published order). Linear in the size of the certificate times
/// the rows that its multipliers name.
/// </remarks>
public static class CertificateCheck
{
    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">UTF-8 JSON.</param>
    /// <returns>The claims in order; the certificate holds only if all pass.</returns>
    public static IReadOnlyList<CertificateClaim> Verify(ReadOnlyMemory<byte> certificate)
    {
        var claims = new List<CertificateClaim>();
        try
        {
            using var document = JsonDocument.Parse(certificate);
            Run(document.RootElement, claims);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException or InvalidAwardModelException or CertificateRejectedException)
        {
            claims.Add(new CertificateClaim("certificate", false, e.Message));
        }

        return claims;
    }

    private static void Run(JsonElement root, List<CertificateClaim> claims)
    {
        if (root.GetProperty("kind").GetString() != AwardCertificate.Kind || root.GetProperty("version").GetInt32() != 1)
            throw new CertificateRejectedException("this is not a certificate of an award, version 1.");
        var input = root.GetProperty("input").GetBytesFromBase64();
        var hash = Convert.ToHexStringLower(SHA256.HashData(input));
        var told = root.GetProperty("inputSha256").GetString();
        claims.Add(new CertificateClaim("input", hash == told, hash == told ? "sha256 " + hash : $"sha256 is {hash}, the certificate says {told}"));
        if (hash != told)
            return;

        var tasks = AwardFile.Read(input);
        var index = root.GetProperty("index").GetInt32();
        if (index < 0 || index >= tasks.Count)
            throw new CertificateRejectedException("the input has no such task.");
        var task = tasks[index];
        var award = task.Model is { } model ? new AwardProgram(model) : null;
        var program = award?.Program ?? task.Program!;
        var chosen = new bool[program.Columns];
        foreach (var c in root.GetProperty("chosen").EnumerateArray())
            chosen[c.GetInt32()] = true;
        var status = root.GetProperty("status").GetString();
        var stages = root.GetProperty("stages").EnumerateArray().ToArray();
        var objectives = award?.Objectives ?? [[.. program.Values]];
        if (status == "infeasible")
        {
            if (stages.Length != 1)
                throw new CertificateRejectedException("one stage is expected where nothing is feasible.");
            Walk(program.With(objectives[0]), stages[0], null, null, claims, "nothing is feasible");
            return;
        }

        if (status != "optimal" || stages.Length != objectives.Count)
            throw new CertificateRejectedException("an optimum needs one stage for each objective.");
        if (award is not null)
        {
            var broken = BrokenRule(award.Model, award.Levels(chosen), chosen, award);
            claims.Add(new CertificateClaim("the award keeps every rule of the call", broken is null, broken ?? string.Create(CultureInfo.InvariantCulture, $"{award.Levels(chosen).Count(l => l >= 0)} funded")));
        }

        var rowsHold = program.Rows.All(r => r.Holds(chosen));
        claims.Add(new CertificateClaim("every row holds", rowsHold, string.Create(CultureInfo.InvariantCulture, $"{program.Rows.Count} rows")));
        var reached = new List<long>();
        for (var k = 0; k < stages.Length; k++)
        {
            var stage = program.With(objectives[k]);
            for (var before = 0; before < k; before++)
                stage.AddRow("objective " + before.ToString(CultureInfo.InvariantCulture), objectives[before].Select((v, j) => (j, v)), reached[before], null);
            var value = stage.Objective(chosen);
            var said = stages[k].GetProperty("value").GetInt64();
            var name = string.Create(CultureInfo.InvariantCulture, $"objective {k + 1}");
            claims.Add(new CertificateClaim(name + " is reached", value == said, string.Create(CultureInfo.InvariantCulture, $"{value}, certificate {said}")));
            reached.Add(said);
            var canonical = stages[k].GetProperty("canonical").GetBoolean() && k == stages.Length - 1;
            Walk(stage, stages[k], said, canonical ? chosen : null, claims, canonical ? name + ": nothing is better, nor equal and earlier" : name + ": nothing is better");
        }
    }

    // The rules as the call states them, not as rows.
    private static string? BrokenRule(AwardModel model, int[] levels, bool[] chosen, AwardProgram award)
    {
        var amounts = new Dictionary<string, BigInteger>(StringComparer.Ordinal);
        for (var p = 0; p < levels.Length; p++)
        {
            var taken = Enumerable.Range(award.First[p], award.First[p + 1] - award.First[p]).Count(c => chosen[c]);
            if (taken > 1)
                return $"{model.Proposals[p].Id} has {taken} levels";
            if (levels[p] >= 0)
                amounts[model.Proposals[p].Id] = model.Proposals[p].Levels[levels[p]].Amount;
        }

        BigInteger Sum(IEnumerable<AwardProposal> proposals) => proposals.Aggregate(BigInteger.Zero, (s, p) => s + amounts.GetValueOrDefault(p.Id));
        int Count(IEnumerable<string> ids) => ids.Count(amounts.ContainsKey);
        if (Sum(model.Proposals) > model.Budget)
            return $"{Sum(model.Proposals)} is awarded, the budget is {model.Budget}";
        foreach (var e in model.Envelopes)
        {
            var sum = Sum(model.Proposals.Where(p => p.Groups.TryGetValue(e.Dimension, out var g) && g == e.Group));
            if (sum < e.Floor || sum > e.Ceiling)
                return $"{e.Dimension} {e.Group} gets {sum}, allowed {e.Floor} to {e.Ceiling}";
        }

        foreach (var cap in model.Caps)
        {
            foreach (var holder in model.Proposals.GroupBy(p => cap.By == CapBy.Applicant ? p.Applicant : p.PlanWriter).Where(g => g.Key is not null && (cap.Only is null || cap.Only == g.Key)))
            {
                if (Count(holder.Select(p => p.Id)) > cap.MaxCount || Sum(holder) > cap.MaxAmount)
                    return $"{holder.Key} is above its cap";
            }
        }

        foreach (var programme in model.Programmes)
        {
            if (Count(programme.Members) is var n && n != 0 && n != programme.Members.Count)
                return $"programme {programme.Id} is funded in part";
        }

        foreach (var (proposal, requires) in model.Prerequisites)
        {
            if (amounts.ContainsKey(proposal) && !amounts.ContainsKey(requires))
                return $"{proposal} is funded without {requires}";
        }

        foreach (var exclusion in model.Exclusions)
        {
            if (Count(exclusion.Members) > exclusion.AtMost)
                return $"exclusion {exclusion.Id} is not kept";
        }

        return null;
    }

    private static void Walk(ZeroOneProgram program, JsonElement stage, long? value, bool[]? first, List<CertificateClaim> claims, string claim)
    {
        var full = program.With(program.Values);
        var added = 0;
        foreach (var row in stage.GetProperty("added").EnumerateArray())
        {
            var columns = Ints(row.GetProperty("columns"));
            var weights = Longs(row.GetProperty("weights"));
            var bound = row.GetProperty("bound").GetInt64();
            if (columns.Length != weights.Length || columns.Distinct().Count() != columns.Length)
                throw new CertificateRejectedException("an added row is malformed.");
            if (row.TryGetProperty("rounding", out var rounding))
            {
                Rounded(full, rounding, columns, weights, bound);
                full.AddRow("added " + added.ToString(CultureInfo.InvariantCulture), columns.Zip(weights), null, bound);
            }
            else
            {
                // Bounded by the sum of its positive weights, whatever the rows say.
                if (weights.Aggregate(BigInteger.Zero, (s, w) => s + BigInteger.Max(w, 0)) > bound)
                    throw new CertificateRejectedException("an added row is not bounded as it says.");
                full.AddRow("count", columns.Zip(weights), weights.All(w => w >= 0) ? 0 : null, bound);
            }

            added++;
        }

        var check = new TreeCheck(full, value, first);
        check.Walk(stage.GetProperty("tree"));
        claims.Add(new CertificateClaim(claim, true, string.Create(CultureInfo.InvariantCulture, $"{check.Leaves} leaves, {check.Fixings} fixings, {added} added rows, summed in integers")));
    }

    // A row by rounding: Σ multiplier·row is an equation in whole, non-negative y (columns, turned columns 1 − x, slacks of rows). With the
    // fraction f of its right side, Σ (⌊a⌋ + max(0, frac(a) − f)/(1 − f))·y ≤ ⌊b⌋. Here everything is times scale, then times (scale − f).
    private static void Rounded(ZeroOneProgram program, JsonElement rounding, int[] columns, long[] weights, long bound)
    {
        BigInteger scale = rounding.GetProperty("scale").GetInt64(), divisor = rounding.GetProperty("divisor").GetInt64();
        var rows = Ints(rounding.GetProperty("rows"));
        var multipliers = Longs(rounding.GetProperty("multipliers"));
        var atUpper = Ints(rounding.GetProperty("atUpper"));
        var turned = Ints(rounding.GetProperty("turned")).ToHashSet();
        if (scale.Sign <= 0 || divisor.Sign <= 0 || rows.Length != multipliers.Length || rows.Length != atUpper.Length)
            throw new CertificateRejectedException("a rounded row is malformed.");
        var sums = new BigInteger[program.Columns];
        BigInteger right = 0;
        var bounds = new BigInteger[rows.Length];
        for (var k = 0; k < rows.Length; k++)
        {
            var row = program.Rows[rows[k]];
            bounds[k] = (atUpper[k] == 1 ? row.Upper : row.Lower) ?? throw new CertificateRejectedException($"row {row.Name} has no bound on that side.");
            right += multipliers[k] * bounds[k];
            for (var q = 0; q < row.Columns.Count; q++)
                sums[row.Columns[q]] += (BigInteger)multipliers[k] * row.Coefficients[q];
        }

        foreach (var j in turned)
            right -= sums[j];
        static BigInteger Floor(BigInteger value, BigInteger by) => BigInteger.Divide(value - (((value % by) + by) % by), by);
        var fraction = right - (Floor(right, scale) * scale);
        BigInteger Round(BigInteger value)
        {
            var floor = Floor(value, scale);
            return (floor * (scale - fraction)) + BigInteger.Max(0, value - (floor * scale) - fraction);
        }

        var total = Floor(right, scale) * (scale - fraction);
        for (var j = 0; j < sums.Length; j++)
        {
            if (!turned.Contains(j))
            {
                sums[j] = Round(sums[j]);
                continue;
            }

            sums[j] = -Round(-sums[j]);
            total += sums[j];
        }

        for (var k = 0; k < rows.Length; k++)
        {
            var row = program.Rows[rows[k]];
            if (row.Lower == row.Upper)
                continue;

            // The slack is bound − row above and row − bound below; the equation has multiplier·(bound − slack) or multiplier·(bound + slack).
            var factor = atUpper[k] == 1 ? Round(multipliers[k]) : -Round(-multipliers[k]);
            total -= factor * bounds[k];
            for (var q = 0; q < row.Columns.Count; q++)
                sums[row.Columns[q]] -= factor * row.Coefficients[q];
        }

        // What the row told has more than its share of the exact one counts against it as if the column were 1.
        var told = new BigInteger[program.Columns];
        for (var k = 0; k < columns.Length; k++)
            told[columns[k]] = weights[k];
        for (var j = 0; j < told.Length; j++)
            total += BigInteger.Max(0, (told[j] * divisor) - sums[j]);
        if (Floor(total, divisor) > bound)
            throw new CertificateRejectedException("a rounded row does not follow.");
    }

    private static int[] Ints(JsonElement e) => [.. e.EnumerateArray().Select(x => x.GetInt32())];

    private static long[] Longs(JsonElement e) => [.. e.EnumerateArray().Select(x => x.GetInt64())];

    private sealed class CertificateRejectedException(string message) : Exception(message);

    /// <summary>Walks one tree: every solution must end in a leaf that leaves no room for more than the value.</summary>
    private sealed class TreeCheck(ZeroOneProgram program, long? value, bool[]? first)
    {
        private readonly int[] _fixed = [.. Enumerable.Repeat(-1, program.Columns)];
        private readonly long?[] _lower = [.. program.Rows.Select(r => r.Lower)];
        private readonly long?[] _upper = [.. program.Rows.Select(r => r.Upper)];
        private readonly int[] _order = program.Order.Count > 0 ? [.. program.Order] : [.. Enumerable.Range(0, program.Columns)];
        private readonly BigInteger[] _left = new BigInteger[program.Columns];

        public long Leaves { get; private set; }

        public long Fixings { get; private set; }

        public void Walk(JsonElement tree)
        {
            // What to undo when a subtree is done, and what to apply before the next.
            var trail = new List<(int Column, int Row, long? Lower, long? Upper)>();
            var pending = new Stack<(int Mark, int Column, int Value, int Row, long? Lower, long? Upper)>();
            var open = true;
            foreach (var node in tree.EnumerateArray())
            {
                if (!open)
                    throw new CertificateRejectedException("the tree goes on after its end.");
                if (node.TryGetProperty("s", out var steps))
                {
                    foreach (var step in steps.EnumerateArray())
                        Fix(step, trail);
                }

                if (node.TryGetProperty("b", out var branch) && !node.TryGetProperty("c", out _))
                {
                    var b = branch.GetInt32();
                    if (b >= 0)
                    {
                        if (b >= program.Columns || _fixed[b] >= 0)
                            throw new CertificateRejectedException("a branching on a column that is fixed or does not exist.");
                        pending.Push((trail.Count, b, 1, -1, null, null));
                        trail.Add((b, -1, null, null));
                        _fixed[b] = 0;
                    }
                    else
                    {
                        // The sum of whole coefficients is whole: at most k, or at least k + 1.
                        var (row, k) = (-2 - b, node.GetProperty("k").GetInt64());
                        if (row < 0 || row >= program.Rows.Count)
                            throw new CertificateRejectedException("a branching on a row that does not exist.");
                        var low = _lower[row] is { } l ? Math.Max(l, k + 1) : k + 1;
                        var high = _upper[row] is { } u ? Math.Min(u, k) : k;
                        pending.Push((trail.Count, -1, 0, row, low, _upper[row]));
                        trail.Add((-1, row, _lower[row], _upper[row]));
                        _upper[row] = high;
                    }

                    continue;
                }

                Leaves++;
                if (node.TryGetProperty("c", out var closing))
                {
                    if (!Excludes(closing, -1))
                        throw new CertificateRejectedException(string.Create(CultureInfo.InvariantCulture, $"leaf {Leaves} leaves room for a better solution."));
                }
                else
                {
                    Point();
                }

                if (!pending.TryPop(out var next))
                {
                    open = false;
                    continue;
                }

                while (trail.Count > next.Mark)
                {
                    var (column, row, lower, upper) = trail[^1];
                    trail.RemoveAt(trail.Count - 1);
                    if (column >= 0)
                        _fixed[column] = -1;
                    else
                        (_lower[row], _upper[row]) = (lower, upper);
                }

                if (next.Column >= 0)
                {
                    trail.Add((next.Column, -1, null, null));
                    _fixed[next.Column] = next.Value;
                }
                else
                {
                    trail.Add((-1, next.Row, _lower[next.Row], _upper[next.Row]));
                    (_lower[next.Row], _upper[next.Row]) = (next.Lower, next.Upper);
                }
            }

            if (open)
                throw new CertificateRejectedException("the tree ends before all is covered.");
        }

        private void Fix(JsonElement step, List<(int Column, int Row, long? Lower, long? Upper)> trail)
        {
            var (columns, values) = (Ints(step[3]), Ints(step[4]));
            if (columns.Length != values.Length)
                throw new CertificateRejectedException("a fixing is malformed.");

            // All columns of a step are judged on the same node: fix only after each was confirmed.
            var total = Total(step, out var scale);
            for (var k = 0; k < columns.Length; k++)
            {
                var (j, v) = (columns[k], values[k]);
                if (_fixed[j] >= 0 || v is not (0 or 1))
                    throw new CertificateRejectedException("a fixing of a column that is fixed already.");

                // With the other value: without the best of the two, with what the other gives.
                var other = total - BigInteger.Max(_left[j], 0) + (v == 0 ? _left[j] : 0);
                if (!Closes(other, scale, j, 1 - v))
                    throw new CertificateRejectedException(string.Create(CultureInfo.InvariantCulture, $"column {j} is fixed to {v} without reason."));
            }

            for (var k = 0; k < columns.Length; k++)
            {
                if (_fixed[columns[k]] >= 0)
                    throw new CertificateRejectedException("a column is fixed twice.");
                _fixed[columns[k]] = values[k];
                trail.Add((columns[k], -1, null, null));
                Fixings++;
            }
        }

        private bool Excludes(JsonElement step, int column) => Closes(Total(step, out var scale), scale, column, 0);

        private BigInteger Total(JsonElement step, out BigInteger scale)
        {
            scale = step[0].GetInt64();
            if (scale.Sign < 0)
                throw new CertificateRejectedException("a negative scale.");
            var (rows, multipliers) = (Ints(step[1]), Longs(step[2]));
            if (rows.Length != multipliers.Length)
                throw new CertificateRejectedException("multipliers are malformed.");
            BigInteger total = 0;
            for (var j = 0; j < program.Columns; j++)
                _left[j] = scale.IsZero ? BigInteger.Zero : scale * program.Values[j];
            for (var k = 0; k < rows.Length; k++)
            {
                var (row, y) = (program.Rows[rows[k]], multipliers[k]);
                var bound = y > 0 ? _upper[rows[k]] : _lower[rows[k]];
                if (y == 0)
                    continue;
                if (bound is not { } b)
                    throw new CertificateRejectedException($"row {row.Name} has no bound on that side.");
                total += (BigInteger)y * b;
                for (var q = 0; q < row.Columns.Count; q++)
                    _left[row.Columns[q]] -= (BigInteger)y * row.Coefficients[q];
            }

            for (var j = 0; j < program.Columns; j++)
            {
                if (_fixed[j] < 0 ? _left[j].Sign > 0 : _fixed[j] == 1)
                    total += _left[j];
            }

            return total;
        }

        private bool Closes(BigInteger total, BigInteger scale, int column, int columnValue)
        {
            if (scale.IsZero)
                return total.Sign < 0;
            if (value is not { } best)
                return false;
            var floor = BigInteger.Divide(total - (total.Sign < 0 ? scale - 1 : 0), scale);
            if (floor < best || (floor == best && first is null))
                return true;
            return floor == best && !CouldComeFirst(column, columnValue);
        }

        private bool CouldComeFirst(int column, int columnValue)
        {
            foreach (var j in _order)
            {
                var at = j == column ? columnValue : _fixed[j];
                if (first![j] ? at == 0 : at != 0)
                    return !first[j];
            }

            return false;
        }

        // Every column is fixed: the point itself must not be better.
        private void Point()
        {
            var point = new bool[program.Columns];
            for (var j = 0; j < point.Length; j++)
            {
                if (_fixed[j] < 0)
                    throw new CertificateRejectedException("a leaf has no reason.");
                point[j] = _fixed[j] == 1;
            }

            for (var i = 0; i < program.Rows.Count; i++)
            {
                var sum = program.Rows[i].Activity(point);
                if (sum < _lower[i] || sum > _upper[i])
                    return;
            }

            var worth = program.Objective(point);
            if (value is not { } best || worth > best || (worth == best && first is not null && CouldComeFirst(-1, 0)))
                throw new CertificateRejectedException("a leaf is a better solution than the one certified.");
        }
    }
}
