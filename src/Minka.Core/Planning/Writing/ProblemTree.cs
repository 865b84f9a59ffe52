using Minka.Core.Kernel;

namespace Minka.Core.Planning.Writing;

/// <summary>A node with its depth, in the order of reading.</summary>
public sealed record TreeLine(TreeNode Node, int Depth);

/// <summary>The problem tree: one core problem, causes under it, effects above it; without circles and orphans.</summary>
/// <param name="Effects">The farthest first, as the tree is drawn from its top.</param>
/// <param name="Orphans">Nodes that hang on none: their parent was taken away, or there is no core problem.</param>
public sealed record ProblemTree(TreeNode? Core, IReadOnlyList<TreeLine> Effects, IReadOnlyList<TreeLine> Causes, IReadOnlyList<TreeNode> Orphans)
{
    public static ProblemTree Of(IReadOnlyList<TreeNode> nodes)
    {
        var core = nodes.FirstOrDefault(n => n.Role == TreeRole.Core);
        if (core is null) return new(null, [], [], nodes);
        var (effects, causes) = (Walk(TreeRole.Effect), Walk(TreeRole.Cause));
        var placed = effects.Concat(causes).Select(l => l.Node.Code).Append(core.Code).ToHashSet(StringComparer.Ordinal);
        return new(core, effects, causes, [.. nodes.Where(n => !placed.Contains(n.Code))]);

        List<TreeLine> Walk(TreeRole role)
        {
            var lines = new List<TreeLine>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            Visit(core.Code, 1);
            return lines;

            void Visit(string parent, int depth)
            {
                foreach (var node in nodes.Where(n => n.Role == role && (n.Under ?? core.Code) == parent).OrderBy(n => n.Code, CodeOrder.Natural))
                {
                    if (!seen.Add(node.Code)) continue;
                    lines.Add(new(node, depth));
                    Visit(node.Code, depth + 1);
                }
            }
        }
    }

    /// <summary>The leaves among the causes: what an objective or a project takes hold of.</summary>
    public IReadOnlyList<TreeNode> Leaves => [.. Causes.Where(l => Causes.All(o => o.Node.Under != l.Node.Code)).Select(l => l.Node)];

    internal static void MustHold(TreeNode node, IReadOnlyList<TreeNode> others)
    {
        if (node.Role == TreeRole.Core && others.Any(o => o.Role == TreeRole.Core)) throw new RuleBroken(WritingRules.CoreTwice);
        var path = new List<string> { node.Code };
        for (var (at, under) = (node, node.Under); under is not null; under = at.Under)
        {
            path.Add(under);
            if (under == node.Code) throw new RuleBroken(WritingRules.TreeCycle, string.Join(" → ", path));
            at = others.FirstOrDefault(o => o.Code == under) ?? throw new RuleBroken(WritingRules.ParentUnknown, under);
            if (at.Role != node.Role && at.Role != TreeRole.Core) throw new RuleBroken(WritingRules.ParentUnknown, under);
            if (path.Count > others.Count + 2) throw new RuleBroken(WritingRules.TreeCycle, string.Join(" → ", path));
        }
    }
}

/// <summary>
/// A first wording of the objective that mirrors a problem, for people to correct. It turns the openings that Spanish diagnoses use;
/// anything else is answered with a sentence that is true of every problem.
/// </summary>
public static class ObjectiveDraft
{
    static readonly (string Problem, string Objective)[] Openings =
    [
        ("bajos ", "Mayores "), ("bajas ", "Mayores "), ("bajo ", "Mayor "), ("baja ", "Mayor "),
        ("escasos ", "Suficientes "), ("escasas ", "Suficientes "), ("escaso ", "Suficiente "), ("escasa ", "Suficiente "),
        ("insuficientes ", "Suficientes "), ("insuficiente ", "Suficiente "),
        ("limitados ", "Amplios "), ("limitadas ", "Amplias "), ("limitado ", "Amplio "), ("limitada ", "Amplia "),
        ("deficientes ", "Adecuados "), ("deficiente ", "Adecuado manejo de "),
        ("débiles ", "Fuertes "), ("débil ", "Fuerte "),
        ("inadecuados ", "Adecuados "), ("inadecuadas ", "Adecuadas "), ("inadecuado ", "Adecuado "), ("inadecuada ", "Adecuada "),
        ("malos ", "Buenos "), ("malas ", "Buenas "), ("malo ", "Buen "), ("mala ", "Buena "),
        ("altos ", "Menores "), ("altas ", "Menores "), ("alto ", "Menor "), ("alta ", "Menor "),
        ("falta de ", "Se cuenta con "), ("no hay ", "Hay "), ("no se ", "Se "), ("pérdida de ", "Conservación de "), ("inexistencia de ", "Existencia de "),
    ];

    public static string From(string problem)
    {
        var text = problem.Trim();
        foreach (var (opening, turned) in Openings)
        {
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) return turned + text[opening.Length..];
        }
        return text.Length == 0 ? "" : $"Se ha superado: {char.ToLowerInvariant(text[0])}{text[1..]}";
    }
}
