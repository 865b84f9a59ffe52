using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>The motions by which an assembly adopts what Planning holds. Their text is made from the data, in the language of the minutes.</summary>
public static class PlanningMotions
{
    /// <param name="touched">Organisations that would gain or lose by it, as whoever proposes it says: a strategy names those that answer for it, which is no interest of their own.</param>
    public static MotionInput Of(StrategyContent content, IReadOnlyList<Party>? touched = null)
    {
        var years = string.Create(CultureInfo.InvariantCulture, $"{content.YearFrom}–{content.YearTo}");
        var label = Label($"Estrategia {years}", content.Title);
        var axes = string.Join("; ", content.Axes.Select(a => $"{a.Code} {a.Name}"));
        return new MotionInput(Cut($"Aprobar la {Lower(label)}", 200),
            Cut($"Aprobar la estrategia «{content.Title}», {years}, con los ejes {axes}. El texto aprobado es el de huella SHA-256 {content.Digest().Hex}.", 4_000),
            new MotionSubject(PlanningSubjects.Strategy, content.Id.Value, content.Digest(), label))
        {
            Parties = touched ?? [],
        };
    }

    public static MotionInput Of(ProgrammeVersion version)
    {
        var number = version.Number.ToString(CultureInfo.InvariantCulture);
        var label = Label($"Programa, versión {number}", version.Title);
        return new MotionInput(Cut($"Aprobar el {Lower(label)}", 200),
            $"Aprobar la versión {number} del programa de inversión «{version.Title}»: {version.ProjectCount.ToString(CultureInfo.InvariantCulture)} proyectos, costo total S/\u202F{version.Total.Written()}, de los cuales S/\u202F{version.FundAmount.Written()} se solicitan al fondo. El texto aprobado es el de huella SHA-256 {version.Digest.Hex}.",
            new MotionSubject(PlanningSubjects.ProgrammeVersion, version.Id.Value, version.Digest, label))
        {
            Parties = Touched(version.ReadContent()),
        };
    }

    /// <summary>
    /// The organisations whose own business plans the programme holds: whoever is tied to one of them does not decide on it. Works and services that
    /// serve many bar nobody, or an alliance of those who live there could adopt nothing.
    /// </summary>
    static IReadOnlyList<Party> Touched(ProgrammeContent content) =>
        [.. content.Projects.Where(p => p.More?.Sheet.Kind == ProjectKind.BusinessPlan).SelectMany(p => p.Organisations).Distinct(StringComparer.OrdinalIgnoreCase).Take(ProposeMotion.MostParties).Select(o => new Party(o))];

    /// <summary>Organisations that a strategy names: its allies and those that answer for its actions.</summary>
    public static IReadOnlyList<string> NamedIn(StrategyContent content) =>
        [.. (content.Written.Allies ?? []).Select(a => a.Name).Concat((content.Written.Actions ?? []).Select(a => a.Responsible)).Where(n => !string.IsNullOrWhiteSpace(n)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    internal static async Task<MotionId> ProposeAsync(Work work, EntityId entity, AssemblyId assembly, MotionInput motion, CancellationToken cancel)
    {
        if (!await work.Db.Assemblies.AnyAsync(a => a.Id == assembly && a.EntityId == entity, cancel)) throw new NotFound("assembly", assembly.Value);
        return await ProposeMotion.ProposeAsync(work, assembly, motion, cancel);
    }

    static string Label(string kind, string title) => Cut($"{kind}: {title}", 180);

    static string Lower(string label) => char.ToLowerInvariant(label[0]) + label[1..];

    static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
