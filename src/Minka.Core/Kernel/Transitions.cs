namespace Minka.Core.Kernel;

/// <summary>One allowed step of a state machine.</summary>
/// <param name="Verb">Name of the verb, as in the act ("publish").</param>
/// <param name="Who">Role that may ask for it, as a word of <c>Roles</c>.</param>
public sealed record Transition<TState>(TState From, string Verb, TState To, string Who)
    where TState : struct, Enum;

/// <summary>
/// The table of a state machine: the only place where its steps are written. Verbs, buttons, diagrams and tests read it;
/// a step that is not in it is refused.
/// </summary>
public sealed class Transitions<TState>(string machine, params IReadOnlyList<Transition<TState>> rows)
    where TState : struct, Enum
{
    public string Machine { get; } = machine;

    public IReadOnlyList<Transition<TState>> Rows { get; } = rows;

    /// <summary>The state after the verb.</summary>
    /// <exception cref="RuleBroken"><c>state.forbidden</c> with machine, state and verb.</exception>
    public TState Next(TState from, string verb)
    {
        foreach (var row in Rows)
        {
            if (EqualityComparer<TState>.Default.Equals(row.From, from) && row.Verb == verb) return row.To;
        }
        throw new RuleBroken("state.forbidden", Machine, from, verb);
    }

    public bool May(TState from, string verb) =>
        Rows.Any(r => EqualityComparer<TState>.Default.Equals(r.From, from) && r.Verb == verb);
}
