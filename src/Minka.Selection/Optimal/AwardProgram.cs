namespace Minka.Selection.Optimal;

/// <summary>A rule of the model that can be part of a conflict.</summary>
/// <param name="Kind"><c>budget</c>, <c>floor</c>, <c>ceiling</c>, <c>cap-count</c>, <c>cap-amount</c>, <c>programme</c>, <c>prerequisite</c>, <c>exclusion</c> or <c>forced</c>.</param>
/// <param name="Of">Whom or what it concerns: an envelope as <c>dimension:group</c>, an applicant, an id.</param>
/// <param name="Amount">The money or count that it sets; 0 where it sets none.</param>
public sealed record AwardConstraint(string Kind, string Of, long Amount)
{
    /// <summary>The rule in words, in English; other languages take the values.</summary>
    public override string ToString() => Kind switch
    {
        "budget" => $"the budget of {Amount}",
        "floor" => $"the floor of {Amount} for {Of}",
        "ceiling" => $"the ceiling of {Amount} for {Of}",
        "cap-count" => $"at most {Amount} funded proposals for {Of}",
        "cap-amount" => $"at most {Amount} for {Of}",
        "programme" => $"programme {Of} is funded whole or not at all",
        "prerequisite" => $"prerequisite {Of}",
        "exclusion" => $"exclusion {Of}: at most {Amount}",
        "forced" => $"{Of} is to be funded",
        _ => $"{Kind} {Of}",
    };
}

/// <summary>
/// A model written as a 0/1 program: a column for each level of each proposal in the published order, then one for each synergy and penalty.
/// </summary>
internal sealed class AwardProgram
{
    public readonly AwardModel Model;
    public readonly ZeroOneProgram Program;

    /// <summary>The first column of each proposal; one more at the end.</summary>
    public readonly int[] First;

    public readonly Dictionary<string, int> Index;

    /// <summary>The rule behind each row; null for rows that only express what a level, a synergy or a penalty is.</summary>
    public readonly List<AwardConstraint?> Rules = [];

    private readonly List<long[]> _stages = [];

    public AwardProgram(AwardModel model, Func<AwardConstraint, bool>? keep = null)
    {
        ModelCheck.Demand(model);
        Model = model;
        Program = new ZeroOneProgram();
        First = new int[model.Proposals.Count + 1];
        Index = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            for (var p = 0; p < model.Proposals.Count; p++)
            {
                First[p] = Program.Columns;
                Index[model.Proposals[p].Id] = p;
                foreach (var level in model.Proposals[p].Levels)
                    Program.AddColumn(level.Value);
            }

            First[^1] = Program.Columns;
            foreach (var synergy in model.Synergies)
                Program.AddColumn(synergy.Value);
            foreach (var penalty in model.Penalties)
                Program.AddColumn(-penalty.Value);
            AddRows(keep ?? (_ => true));
        }
        catch (OverflowException e)
        {
            throw new InvalidAwardModelException("overflow", "", e.Message);
        }

        Stages();
        Program.OrderBy([.. PublishedOrder(model).SelectMany(Columns)]);
    }

    /// <summary>The objectives as coefficients to maximise, in their order.</summary>
    public IReadOnlyList<long[]> Objectives => _stages;

    /// <summary>Proposals in the order that resolves ties.</summary>
    public static IEnumerable<int> PublishedOrder(AwardModel model) => model.Objectives.Contains(AwardObjective.Draw)
        ? Enumerable.Range(0, model.Proposals.Count).OrderBy(p => model.Proposals[p].DrawNumber)
        : Enumerable.Range(0, model.Proposals.Count);

    /// <summary>The columns of a proposal's levels.</summary>
    public IEnumerable<int> Columns(int proposal) => Enumerable.Range(First[proposal], First[proposal + 1] - First[proposal]);

    /// <summary>The row that lets a proposal of several levels have one at most.</summary>
    public int LevelRow(int proposal) => _levelRows[proposal];

    /// <summary>What all proposals cost at their dearest level: a greater budget changes nothing.</summary>
    public long AllMoney => Model.Proposals.Sum(p => p.Levels.Max(l => l.Amount));

    /// <summary>The minor units in one unit of a row of money, which the program has divided by the common divisor.</summary>
    public long Unit(int row)
    {
        var entries = Program.Rows[row];
        return entries.Columns.Count == 0 ? 1 : AmountOf(entries.Columns[0]) / entries.Coefficients[0];
    }

    /// <summary>The rows of money that a level takes part in.</summary>
    public MoneyRow[] MoneyRowsOf(int column) => [.. Enumerable.Range(0, Program.Rows.Count)
        .Where(i => Rules[i]?.Kind is "budget" or "floor" or "ceiling" or "cap-amount" && Program.Rows[i].Columns.Contains(column))
        .Select(i => new MoneyRow(i, Rules[i]!.Kind != "floor", Rules[i]!.Amount, Unit(i)))];

    private long AmountOf(int column)
    {
        var proposal = Array.BinarySearch(First, column);
        if (proposal < 0)
            proposal = ~proposal - 1;
        return Model.Proposals[proposal].Levels[column - First[proposal]].Amount;
    }

    private readonly Dictionary<int, int> _levelRows = [];

    private IEnumerable<(int, long)> Ones(int proposal, long factor = 1) => Columns(proposal).Select(c => (c, factor));

    private IEnumerable<(int, long)> Money(int proposal) => Columns(proposal).Select(c => (c, Model.Proposals[proposal].Levels[c - First[proposal]].Amount));

    /// <summary>The level of each proposal that a solution funds, or −1.</summary>
    public int[] Levels(IReadOnlyList<bool> chosen)
    {
        var levels = new int[Model.Proposals.Count];
        for (var p = 0; p < levels.Length; p++)
        {
            levels[p] = -1;
            foreach (var c in Columns(p))
            {
                if (chosen[c])
                    levels[p] = c - First[p];
            }
        }

        return levels;
    }

    /// <summary>A solution from levels: synergies and penalties follow.</summary>
    public bool[] Chosen(IReadOnlyList<int> levels)
    {
        var chosen = new bool[Program.Columns];
        for (var p = 0; p < levels.Count; p++)
        {
            if (levels[p] >= 0)
                chosen[First[p] + levels[p]] = true;
        }

        var at = First[^1];
        foreach (var set in Model.Synergies.Concat(Model.Penalties))
            chosen[at++] = set.Members.All(m => levels[Index[m]] >= 0);
        return chosen;
    }

    private void AddRows(Func<AwardConstraint, bool> keep)
    {
        var model = Model;
        var all = Enumerable.Range(0, model.Proposals.Count).ToArray();
        void Add(string name, IEnumerable<(int, long)> terms, long? lower, long? upper, AwardConstraint? rule)
        {
            if (rule is not null && !keep(rule))
                return;
            Program.AddRow(name, terms, lower, upper);
            Rules.Add(rule);
        }

        Add("budget", all.SelectMany(Money), null, model.Budget, new AwardConstraint("budget", "", model.Budget));
        foreach (var p in all)
        {
            if (model.Proposals[p].Levels.Count > 1)
            {
                _levelRows[p] = Program.Rows.Count;
                Add("one level of " + model.Proposals[p].Id, Ones(p), null, 1, null);
            }
        }

        foreach (var envelope in model.Envelopes)
        {
            var members = all.Where(p => model.Proposals[p].Groups.TryGetValue(envelope.Dimension, out var g) && g == envelope.Group).ToArray();
            var of = $"{envelope.Dimension}:{envelope.Group}";
            if (envelope.Floor > 0)
                Add("floor " + of, members.SelectMany(Money), envelope.Floor, null, new AwardConstraint("floor", of, envelope.Floor));
            if (envelope.Ceiling is { } ceiling)
                Add("ceiling " + of, members.SelectMany(Money), null, ceiling, new AwardConstraint("ceiling", of, ceiling));
        }

        for (var k = 0; k < model.Caps.Count; k++)
        {
            var cap = model.Caps[k];
            foreach (var group in all.Where(p => Holder(cap.By, p) is { } h && (cap.Only is null || cap.Only == h)).GroupBy(p => Holder(cap.By, p)!, StringComparer.Ordinal))
            {
                var of = (cap.By == CapBy.Applicant ? "applicant:" : "planWriter:") + group.Key;
                if (cap.MaxCount is { } count && count < group.Count())
                    Add($"cap {k} count {of}", group.SelectMany(p => Ones(p)), null, count, new AwardConstraint("cap-count", of, count));
                if (cap.MaxAmount is { } amount)
                    Add($"cap {k} amount {of}", group.SelectMany(Money), null, amount, new AwardConstraint("cap-amount", of, amount));
            }
        }

        foreach (var programme in model.Programmes)
        {
            var first = Index[programme.Members[0]];
            foreach (var member in programme.Members.Skip(1))
                Add($"programme {programme.Id}: {member}", Ones(first).Concat(Ones(Index[member], -1)), 0, 0, new AwardConstraint("programme", programme.Id, 0));
        }

        for (var k = 0; k < model.Prerequisites.Count; k++)
        {
            var (a, b) = (model.Prerequisites[k].Proposal, model.Prerequisites[k].Requires);
            Add($"prerequisite {k}", Ones(Index[a]).Concat(Ones(Index[b], -1)), null, 0, new AwardConstraint("prerequisite", $"{a} → {b}", 0));
        }

        foreach (var exclusion in model.Exclusions)
            Add("exclusion " + exclusion.Id, exclusion.Members.SelectMany(m => Ones(Index[m])), null, exclusion.AtMost, new AwardConstraint("exclusion", exclusion.Id, exclusion.AtMost));

        var at = First[^1];
        foreach (var synergy in model.Synergies)
        {
            foreach (var member in synergy.Members)
                Add($"synergy {synergy.Id}: {member}", Ones(Index[member], -1).Append((at, 1)), null, 0, null);
            at++;
        }

        foreach (var penalty in model.Penalties)
        {
            Add("penalty " + penalty.Id, penalty.Members.SelectMany(m => Ones(Index[m])).Append((at, -1)), null, penalty.Members.Count - 1, null);
            at++;
        }
    }

    private string? Holder(CapBy by, int proposal) => by == CapBy.Applicant ? Model.Proposals[proposal].Applicant : Model.Proposals[proposal].PlanWriter;

    private void Stages()
    {
        foreach (var objective in Model.Objectives)
        {
            if (objective == AwardObjective.Draw)
                continue;
            var values = new long[Program.Columns];
            if (objective == AwardObjective.Merit)
            {
                values = [.. Program.Values];
            }
            else
            {
                for (var p = 0; p < Model.Proposals.Count; p++)
                {
                    foreach (var c in Columns(p))
                    {
                        var level = Model.Proposals[p].Levels[c - First[p]];
                        values[c] = objective switch
                        {
                            AwardObjective.Equity => level.Equity,
                            AwardObjective.FewestProjects => -1,
                            _ => -level.Amount,
                        };
                    }
                }
            }

            _stages.Add(values);
        }
    }
}
