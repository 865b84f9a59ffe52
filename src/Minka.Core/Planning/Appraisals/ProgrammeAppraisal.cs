using System.Globalization;
using Minka.Core.Kernel;
using Minka.Measures.Finance;

namespace Minka.Core.Planning.Appraisals;

/// <summary>One project of a programme's evaluation; figures are null where nobody wrote any.</summary>
public sealed record AppraisedProject(ProjectContent Project, AppraisalInput? Input, AppraisalFigures? Figures);

/// <summary>One doubt of a programme: a part of one project.</summary>
public sealed record ProgrammeDoubt(string Project, FlowKind Part, BasisPoints Low, BasisPoints High, string? Source, TornadoBar Bar);

/// <summary>
/// The ex-ante evaluation of a whole programme. Each project is valued at its own rate, so values are added as present values; social and
/// private ones are also told apart, for they answer different questions.
/// </summary>
public sealed record ProgrammeAppraisal
{
    public const int Draws = 10_000;
    public const long FirstSeed = 1;

    public required IReadOnlyList<AppraisedProject> Projects { get; init; }

    /// <summary>Codes of the projects without figures.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Null where no project is valued at a social rate.</summary>
    public required double? NetSocial { get; init; }

    /// <summary>Null where no project is valued at a private rate.</summary>
    public required double? NetPrivate { get; init; }
    public required double Benefits { get; init; }
    public required double Costs { get; init; }
    public required int Jobs { get; init; }

    /// <summary>Greatest swing first.</summary>
    public required IReadOnlyList<ProgrammeDoubt> Doubts { get; init; }

    public double Net => (NetSocial ?? 0) + (NetPrivate ?? 0);

    public double? Ratio => Costs == 0 ? null : Benefits / Costs;

    readonly IReadOnlyList<UncertainProject> uncertain;
    readonly IReadOnlyList<UncertainFactor> factors;

    ProgrammeAppraisal(IReadOnlyList<UncertainProject> uncertain, IReadOnlyList<UncertainFactor> factors) => (this.uncertain, this.factors) = (uncertain, factors);

    public static ProgrammeAppraisal Of(ProgrammeContent content, IReadOnlyDictionary<ProjectId, AppraisalInput> inputs)
    {
        List<AppraisedProject> projects = [.. content.Projects.Select(p => inputs.TryGetValue(p.Id, out var input) ? new AppraisedProject(p, input, AppraisalFigures.Of(p, input)) : new AppraisedProject(p, null, null))];
        var valued = projects.Where(p => p.Figures is not null).ToList();
        var (uncertain, factors, doubts) = Doubt(valued);
        return new(uncertain, factors)
        {
            Projects = projects,
            Missing = [.. projects.Where(p => p.Figures is null).Select(p => p.Project.Code)],
            NetSocial = NetAt(RateKind.Social),
            NetPrivate = NetAt(RateKind.Private),
            Benefits = valued.Sum(p => p.Figures!.Present.Benefits),
            Costs = valued.Sum(p => p.Figures!.Present.Costs),
            Jobs = valued.Sum(p => p.Figures!.Jobs),
            Doubts = doubts,
        };

        double? NetAt(RateKind kind) => valued.Where(p => p.Figures!.Kind == kind).Select(p => (double?)p.Figures!.Present.Net).DefaultIfEmpty(null).Aggregate((a, b) => a + b);
    }

    /// <summary>Draws each doubt from its triangle, apart from the others. The same seed gives the same figures; null where nothing is in doubt.</summary>
    public SimulatedValue? Simulate(long seed, int draws = Draws) => factors.Count == 0 ? null : Uncertainty.Simulate(uncertain, factors, 0, draws, seed);

    /// <summary>Parts are handed on as present values at each project's own rate: one flow of year 0.</summary>
    static (List<UncertainProject> Projects, List<UncertainFactor> Factors, List<ProgrammeDoubt> Doubts) Doubt(List<AppraisedProject> valued)
    {
        var projects = new List<UncertainProject>();
        var factors = new Dictionary<string, (UncertainFactor Factor, string Code, FlowRange Range)>(StringComparer.Ordinal);
        foreach (var (project, input, figures) in valued)
        {
            var rate = figures!.Rate.Value / 10_000.0;
            var parts = new List<FlowPart>();
            foreach (var part in Enum.GetValues<FlowKind>())
            {
                var value = CashFlow.PresentValue([.. figures.Flow.Select(y => part switch
                {
                    FlowKind.Investment => -y.Investment.Minor / 100.0,
                    FlowKind.Operation => -y.Operation.Minor / 100.0,
                    _ => y.Benefits.Minor / 100.0,
                })], rate);
                var range = input!.Ranges.FirstOrDefault(r => r.Part == part && r.Low != r.High);
                if (value == 0) continue;
                var name = string.Create(CultureInfo.InvariantCulture, $"{project.Code}:{part}");
                parts.Add(new([value], range is null ? null : name));
                if (range is not null) factors[name] = (new(name, range.Low.Value / 10_000.0, 1, range.High.Value / 10_000.0), project.Code, range);
            }
            projects.Add(new(project.Code, parts));
        }
        List<UncertainFactor> all = [.. factors.Values.Select(f => f.Factor)];
        return (projects, all, [.. Uncertainty.Tornado(projects, all, 0).Select(b =>
        {
            var (_, code, range) = factors[b.Factor];
            return new ProgrammeDoubt(code, range.Part, range.Low, range.High, range.Source, b);
        })]);
    }
}
