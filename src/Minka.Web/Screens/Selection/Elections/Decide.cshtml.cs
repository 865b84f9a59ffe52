using Microsoft.AspNetCore.Mvc;
using Minka.Core.Kernel;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;
using Minka.Selection.Participatory.Pabulib;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Selection.Elections;

/// <summary>Upload, type or choose an election; see what each rule funds, who is represented, and why a project lost. Nothing is kept.</summary>
[Public, RequestFormLimits(MultipartBodyLengthLimit = Largest)]
public sealed class DecideModel : Screen
{
    public const string Address = "/presupuesto-participativo";
    const int Largest = 8 * 1024 * 1024;

    // A public page may not take the machine: one election at a time, seconds each.
    static readonly SemaphoreSlim One = new(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    [BindProperty(SupportsGet = true, Name = "ejemplo")]
    public string? Example { get; set; }

    [BindProperty(SupportsGet = true, Name = "regla")]
    public string? Rule { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? Budget { get; set; }

    [BindProperty]
    public string? Projects { get; set; }

    [BindProperty]
    public string? Votes { get; set; }

    public DecidedElection? Decided { get; private set; }

    /// <summary>The election was too large for the page's seconds.</summary>
    public bool TooLong { get; private set; }

    public InvalidElectionException? Faulty { get; private set; }

    public IEnumerable<Choice> RuleChoices => DecidedElection.Rules.Select(r => new Choice(r.Key, T["selection.rule." + r.Key], T["selection.rule." + r.Key + ".hint"]));

    public override async Task LoadAsync()
    {
        Rule ??= DecidedElection.Rules[2].Key;
        if (Example is null) return;
        await using var file = typeof(DecideModel).Assembly.GetManifestResourceStream($"elections/{Example}.pb") ?? throw new NotFound("ejemplo", Example);
        await DecideAsync(PabulibReader.Read(file, T["selection.example." + Example]));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Example = null;
        Rule ??= DecidedElection.Rules[2].Key;
        if (Read() is not { } election) return await AgainAsync();
        await DecideAsync(election);
        return Page();
    }

    public string Amount(Fraction amount) => Format.Number((double)decimal.Parse(PabulibWriter.Decimal(new Fraction((amount * 100).RoundHalfUp(), 100)), System.Globalization.CultureInfo.InvariantCulture), amount.IsWhole ? 0 : 2);

    public static string Percent(Fraction share) => Format.Percent((long)(share * 10_000).RoundHalfUp());

    public string RuleName(ComparedRule rule) => T["selection.rule." + rule.Key];

    /// <summary>The columns that most files have, in words; others as the file names them.</summary>
    public string AttributeName(string column) => Texts.Has("selection.column." + column) ? T["selection.column." + column] : column;

    /// <summary>Who is represented: voters by how many funded projects they support, rule by rule.</summary>
    public Chart Represented
    {
        get
        {
            var rows = Decided!.Rows;
            var voters = Math.Max(1, Decided.Election.Ballots.Count);
            double Part(ComparisonRow row, int from, int to) => row.Satisfaction.ByProjects.Skip(from).Take(to - from).Sum();
            return new StackedBars(T["selection.chart.title"], T["selection.chart.text"],
                [T["selection.chart.none"], T["selection.chart.one"], T["selection.chart.two"], T["selection.chart.more"]],
                [.. rows.Select(r => new StackedBar(RuleName(r.Rule), [Part(r.Row, 0, 1), Part(r.Row, 1, 2), Part(r.Row, 2, 3), Part(r.Row, 3, int.MaxValue)],
                    T["selection.chart.represented", Percent(1 - r.Row.Satisfaction.All.ShareWithNothing)]))])
            { Shares = true };
        }
    }

    Election? Read()
    {
        try
        {
            if (Upload is { Length: > 0 })
            {
                using var stream = Upload.OpenReadStream();
                return PabulibReader.Read(stream, Path.GetFileName(Upload.FileName), new PabulibOptions { LongestFile = 64L * 1024 * 1024 });
            }
            if (string.IsNullOrWhiteSpace(Projects) && string.IsNullOrWhiteSpace(Votes) && string.IsNullOrWhiteSpace(Budget))
            {
                Fault(nameof(Upload), "selection.nothing");
                return null;
            }
            return TypedElection.Read(T["selection.typed.name"], Budget ?? "", Projects ?? "", Votes ?? "", (field, key, args) => Fault(field, key, args));
        }
        catch (InvalidElectionException faulty)
        {
            Faulty = faulty;
            Fault(nameof(Upload), "selection.fault", faulty.Line, faulty.Column, T.Of(faulty.Fault));
            return null;
        }
    }

    async Task DecideAsync(Election election)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        var entered = false;
        try
        {
            limit.CancelAfter(Patience + Patience);
            await One.WaitAsync(limit.Token);
            entered = true;
            limit.CancelAfter(Patience);
            var rule = DecidedElection.Rules.FirstOrDefault(r => r.Key == Rule) ?? throw new NotFound("regla", Rule!);
            Decided = await Task.Run(() => DecidedElection.Of(election, rule, Patience / 2, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!HttpContext.RequestAborted.IsCancellationRequested)
        {
            TooLong = true;
        }
        finally
        {
            if (entered) One.Release();
        }
    }
}
