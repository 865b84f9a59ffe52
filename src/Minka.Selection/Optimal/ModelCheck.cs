using System.Globalization;

namespace Minka.Selection.Optimal;

/// <summary>The checks that a model must pass before anything is solved.</summary>
internal static class ModelCheck
{
    public static void Demand(AwardModel model)
    {
        if (model.Budget < 0)
            throw new InvalidAwardModelException("budget-negative", "budget", $"the budget is {model.Budget}; it cannot be negative.");
        if (model.ValueDecimals is < 0 or > 9)
            throw new InvalidAwardModelException("decimals", "valueDecimals", "values can have 0 to 9 decimals.");
        if (model.Objectives.Count == 0)
            throw new InvalidAwardModelException("no-objective", "objectives", "name at least one objective, such as merit.");
        for (var k = 0; k < model.Objectives.Count; k++)
        {
            if (model.Objectives.Take(k).Contains(model.Objectives[k]))
                throw new InvalidAwardModelException("objective-twice", $"objectives[{k}]", $"{model.Objectives[k]} is there twice.");
            if (model.Objectives[k] == AwardObjective.Draw && (k < model.Objectives.Count - 1 || k == 0))
                throw new InvalidAwardModelException("draw-not-last", $"objectives[{k}]", "the draw resolves what the others leave open: put it last, after at least one other.");
        }

        var ids = Proposals(model);
        foreach (var (envelope, k) in model.Envelopes.Select((e, k) => (e, k)))
        {
            var place = $"envelopes[{k}]";
            if (envelope.Floor < 0)
                throw new InvalidAwardModelException("floor-negative", place + ".floor", $"the floor is {envelope.Floor}; it cannot be negative.");
            if (envelope.Ceiling is { } ceiling && ceiling < 0)
                throw new InvalidAwardModelException("ceiling-negative", place + ".ceiling", $"the ceiling is {ceiling}; it cannot be negative.");
            if (envelope.Ceiling < envelope.Floor)
                throw new InvalidAwardModelException("floor-above-ceiling", place, $"in {envelope.Dimension} {envelope.Group} the floor {envelope.Floor} is above the ceiling {envelope.Ceiling}: correct one of them.");
            if (model.Envelopes.Take(k).Any(e => e.Dimension == envelope.Dimension && e.Group == envelope.Group))
                throw new InvalidAwardModelException("envelope-twice", place, $"there are two envelopes for {envelope.Dimension} {envelope.Group}.");
        }

        foreach (var (cap, k) in model.Caps.Select((c, k) => (c, k)))
        {
            if (cap.MaxCount is null && cap.MaxAmount is null)
                throw new InvalidAwardModelException("cap-empty", $"caps[{k}]", "a cap needs maxCount or maxAmount.");
            if (cap.MaxCount < 0 || cap.MaxAmount < 0)
                throw new InvalidAwardModelException("cap-negative", $"caps[{k}]", "a cap cannot be negative.");
        }

        Sets("programmes", model.Programmes.Select(p => (p.Id, p.Members)), 2, ids);
        Sets("exclusions", model.Exclusions.Select(p => (p.Id, p.Members)), 1, ids);
        Sets("synergies", model.Synergies.Select(p => (p.Id, p.Members)), 2, ids);
        Sets("penalties", model.Penalties.Select(p => (p.Id, p.Members)), 2, ids);
        foreach (var (exclusion, k) in model.Exclusions.Select((e, k) => (e, k)))
        {
            if (exclusion.AtMost < 0)
                throw new InvalidAwardModelException("exclusion-negative", $"exclusions[{k}].atMost", "atMost cannot be negative.");
        }

        foreach (var (kind, list) in new[] { ("synergies", model.Synergies), ("penalties", model.Penalties) })
        {
            for (var k = 0; k < list.Count; k++)
            {
                if (list[k].Value < 0)
                    throw new InvalidAwardModelException("interaction-negative", $"{kind}[{k}].value", $"the value is {list[k].Value}; write what takes value off as a penalty, what adds as a synergy, both without a sign.");
            }
        }

        for (var k = 0; k < model.Prerequisites.Count; k++)
        {
            var p = model.Prerequisites[k];
            foreach (var (field, id) in new[] { ("proposal", p.Proposal), ("requires", p.Requires) })
            {
                if (!ids.Contains(id))
                    throw new InvalidAwardModelException("unknown-id", $"prerequisites[{k}].{field}", $"there is no proposal {id}.");
            }
        }

        Cycles(model);
    }

    /// <summary>
    /// Envelopes and caps that concern nobody. That is no fault: a region in which nobody applied keeps its ceiling. A floor above zero there is a
    /// contradiction, which solving tells.
    /// </summary>
    public static IReadOnlyList<AwardNote> Idle(AwardModel model)
    {
        var notes = new List<AwardNote>();
        var groups = model.Proposals.SelectMany(p => p.Groups).ToHashSet();
        var dimensions = groups.Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (e, k) in model.Envelopes.Select((e, k) => (e, k)))
        {
            if (!groups.Contains(KeyValuePair.Create(e.Dimension, e.Group)))
                notes.Add(new AwardNote(e.Floor > 0 ? "floor" : "ceiling", $"{e.Dimension}:{e.Group}", $"envelopes[{k}]", dimensions.Contains(e.Dimension)));
        }

        foreach (var (cap, k) in model.Caps.Select((c, k) => (c, k)))
        {
            if (cap.Only is { } only && !model.Proposals.Any(p => (cap.By == CapBy.Applicant ? p.Applicant : p.PlanWriter) == only))
                notes.Add(new AwardNote("cap", (cap.By == CapBy.Applicant ? "applicant:" : "planWriter:") + only, $"caps[{k}]", true));
        }

        return notes;
    }

    private static HashSet<string> Proposals(AwardModel model)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var draws = new HashSet<int>();
        var drawn = model.Objectives.Contains(AwardObjective.Draw);
        for (var k = 0; k < model.Proposals.Count; k++)
        {
            var (proposal, place) = (model.Proposals[k], $"proposals[{k}]");
            if (string.IsNullOrWhiteSpace(proposal.Id))
                throw new InvalidAwardModelException("id-empty", place + ".id", "a proposal needs an id.");
            if (!ids.Add(proposal.Id))
                throw new InvalidAwardModelException("id-twice", place + ".id", $"the id {proposal.Id} is there twice.");
            if (proposal.Levels.Count == 0)
                throw new InvalidAwardModelException("no-level", place + ".levels", $"proposal {proposal.Id} has no funding level: give it an amount and a value.");
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var l = 0; l < proposal.Levels.Count; l++)
            {
                var level = proposal.Levels[l];
                if (level.Amount < 0)
                    throw new InvalidAwardModelException("amount-negative", $"{place}.levels[{l}].amount", $"the amount is {level.Amount}; it cannot be negative.");
                if (!names.Add(level.Id))
                    throw new InvalidAwardModelException("level-twice", $"{place}.levels[{l}].id", $"level {level.Id} is there twice.");
            }

            if (drawn && proposal.DrawNumber is null)
                throw new InvalidAwardModelException("draw-absent", place + ".drawNumber", $"proposal {proposal.Id} has no draw number, but the draw is an objective.");
            if (drawn && !draws.Add(proposal.DrawNumber!.Value))
                throw new InvalidAwardModelException("draw-twice", place + ".drawNumber", $"the draw number {proposal.DrawNumber} is there twice.");
        }

        return ids;
    }

    private static void Sets(string kind, IEnumerable<(string Id, IReadOnlyList<string> Members)> sets, int least, HashSet<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var k = 0;
        foreach (var (id, members) in sets)
        {
            var place = $"{kind}[{k++}]";
            if (!seen.Add(id))
                throw new InvalidAwardModelException("set-twice", place + ".id", $"the id {id} is there twice.");
            if (members.Count < least)
                throw new InvalidAwardModelException("set-empty", place + ".members", $"{id} needs at least {least.ToString(CultureInfo.InvariantCulture)} member(s).");
            foreach (var member in members)
            {
                if (!ids.Contains(member))
                    throw new InvalidAwardModelException("unknown-id", place + ".members", $"there is no proposal {member}.");
            }

            if (members.Distinct(StringComparer.Ordinal).Count() != members.Count)
                throw new InvalidAwardModelException("member-twice", place + ".members", $"{id} names a proposal twice.");
        }
    }

    private static void Cycles(AwardModel model)
    {
        var next = model.Prerequisites.ToLookup(p => p.Proposal, p => p.Requires, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in model.Prerequisites.Select(p => p.Proposal))
        {
            // Depth first with an explicit path: a proposal met again on the path closes a cycle.
            var path = new List<string>();
            var onPath = new HashSet<string>(StringComparer.Ordinal);
            var stack = new Stack<(string Id, bool Leave)>([(start, false)]);
            while (stack.TryPop(out var at))
            {
                if (at.Leave)
                {
                    onPath.Remove(at.Id);
                    path.RemoveAt(path.Count - 1);
                    done.Add(at.Id);
                    continue;
                }

                if (onPath.Contains(at.Id))
                {
                    var cycle = path.SkipWhile(p => p != at.Id).Append(at.Id);
                    throw new InvalidAwardModelException("cycle", "prerequisites", $"the prerequisites go in a circle: {string.Join(" → ", cycle)}. If these stand or fall together, declare an all-or-nothing programme.");
                }

                if (done.Contains(at.Id))
                    continue;
                onPath.Add(at.Id);
                path.Add(at.Id);
                stack.Push((at.Id, true));
                foreach (var required in next[at.Id])
                    stack.Push((required, false));
            }
        }
    }
}
