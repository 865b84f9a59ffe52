using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Rules.Calendars;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Prioritisation;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

/// <summary>Everything that must stand before a process is called, and what may change later with its reason.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class PrepareModel(AppDb db, Gazetteer gazetteer, PrepareBudget prepare, MoveBudget move) : BudgetScreen(db)
{
    [BindProperty]
    public BudgetForm Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Paper { get; set; }

    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public PriorityMethod Method { get; set; }

    [BindProperty]
    public bool Skip { get; set; }

    [BindProperty]
    public string? Votes { get; set; }

    [BindProperty]
    public BallotForm Form { get; set; } = BallotForm.Several;

    [BindProperty]
    public int Most { get; set; } = 3;

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public TeamRole TeamRole { get; set; }

    [BindProperty]
    public string? Office { get; set; }

    [BindProperty]
    public string? PersonName { get; set; }

    [BindProperty]
    public string? NewAmount { get; set; }

    [BindProperty]
    public string? NewSource { get; set; }

    [BindProperty]
    public string? AmountWhy { get; set; }

    public IReadOnlyList<BudgetTeamMember> Members { get; private set; } = [];

    public IReadOnlyList<(string Key, bool Done)> Tasks { get; private set; } = [];

    public IEnumerable<Choice> VoteRules => PriorityWords.Rules.Select(r => new Choice(r.Key, T["selection.rule." + r.Key]));

    public IEnumerable<Choice> Forms => new[] { BallotForm.Several, BallotForm.Points, BallotForm.Ranking }.Select(f => new Choice(f.ToString(), T.Of(f)));

    /// <summary>Whether no district of the territory is known: then nobody could propose.</summary>
    public bool LacksDistricts { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Process.Id;
        Members = await Db.BudgetTeamMembers.Where(m => m.ProcessId == id && m.EndedOn == null).OrderBy(m => m.Role).ThenBy(m => m.From).ToListAsync();
        LacksDistricts = Process.PlaceCode.Length < 6 && !(await gazetteer.DistrictsAsync()).Any(d => Process.Covers(d.Code));
        Tasks =
        [
            ("data", Process.Ordinance is not null && Process.Concerns.Length > 0), ("rule", Process.Rule is not null),
            ("schedule", BudgetSchedule.Faults(Process.Pack, Process.FiscalYear, Process.Schedule, BusinessCalendar.Peru).Count == 0), ("team", Members.Any(m => m.Role == TeamRole.Chair)),
        ];
        var handler = Request.Query["handler"].ToString();
        if (HttpMethods.IsGet(Request.Method) || handler.Length > 0) (Input, Seen) = (BudgetForm.Of(Process), Process.Version);
        if ((HttpMethods.IsGet(Request.Method) || handler != "Rule") && Process.Rule is { } rule)
        {
            (Method, Skip, Form, Most) = (rule.Method, rule.SkipUnaffordable, rule.Form, rule.Most);
            if (rule.Votes is { } votes) Votes = PriorityWords.KeyOf(votes);
        }
        else if (HttpMethods.IsGet(Request.Method))
        {
            Skip = true;
        }
    }

    public string PointsOf(PackCriterion criterion) =>
        Request.HasFormContentType && Request.Form.TryGetValue("c-" + criterion.Code, out var typed) ? typed.ToString()
        : (Process.Rule is { Method: PriorityMethod.Criteria } rule ? rule.Criteria.FirstOrDefault(c => c.Code == criterion.Code)?.Most ?? 0 : criterion.Most).ToString(CultureInfo.InvariantCulture);

    public string DayOf(string end, BudgetStep step) =>
        Request.HasFormContentType && Request.Form.TryGetValue($"{end}-{step}", out var typed) ? typed.ToString()
        : Process.Schedule.FirstOrDefault(s => s.Step == step) is { } planned ? TypedTime.OfDay(end == "from" ? planned.From : planned.To) : "";

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        var paper = await BudgetPaper.ReadAsync(Paper, this);
        if (!ModelState.IsValid) return await AgainAsync();
        await prepare.ChangeAsync(Process.Id, input, paper, Seen, Actor);
        return Done("data");
    }

    public async Task<IActionResult> OnPostRuleAsync()
    {
        await LoadAsync();
        var criteria = new List<ChosenCriterion>();
        foreach (var criterion in Process.Pack.Criteria)
        {
            if (!int.TryParse(PointsOf(criterion), NumberStyles.None, CultureInfo.InvariantCulture, out var points)) Fault("c-" + criterion.Code, "planning.field.number");
            else if (points > 0) criteria.Add(new(criterion.Code, criterion.Name.In(Texts.Spanish), points));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        var votes = PriorityWords.Rules.FirstOrDefault(r => r.Key == Votes).Rule ?? PriorityWords.Rules[0].Rule;
        await prepare.SetRuleAsync(Process.Id, Method == PriorityMethod.Criteria ? new(Method, null, Form, Most, Skip, criteria) : new(Method, votes, Form, Most, true, []), Actor);
        return Done("rule");
    }

    public async Task<IActionResult> OnPostPlanAsync()
    {
        await LoadAsync();
        var steps = new List<ScheduledStep>();
        foreach (var step in Enum.GetValues<BudgetStep>())
        {
            if (TypedTime.TryDay(DayOf("from", step), out var from) && TypedTime.TryDay(DayOf("to", step), out var to)) steps.Add(new(step, from, to));
        }
        await prepare.PlanAsync(Process.Id, steps, Why, Actor);
        return Done("schedule");
    }

    public async Task<IActionResult> OnPostTeamAsync()
    {
        await LoadAsync();
        await prepare.AddToTeamAsync(Process.Id, TeamRole, Office ?? "", PersonName ?? "", Actor);
        return Done("team");
    }

    public async Task<IActionResult> OnPostEndTeamAsync(Guid member)
    {
        await LoadAsync();
        await prepare.EndInTeamAsync(Process.Id, new(member), Actor);
        return Done("team");
    }

    public async Task<IActionResult> OnPostAmountAsync()
    {
        await LoadAsync();
        if (!MoneyText.TryParse(NewAmount, out var amount, out var problem)) Fault(nameof(NewAmount), "planning." + problem);
        if (!ModelState.IsValid) return await AgainAsync();
        await prepare.ChangeAmountAsync(Process.Id, amount, NewSource ?? "", AmountWhy ?? "", Actor);
        return Done("amount");
    }

    public async Task<IActionResult> OnPostConveneAsync()
    {
        await LoadAsync();
        await move.ConveneAsync(Process.Id, Actor);
        Say("budget.convened");
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostCancelAsync(string? cancelWhy)
    {
        await LoadAsync();
        await move.CancelAsync(Process.Id, cancelWhy ?? "", Actor);
        Say("budget.cancelled");
        return Redirect(Address);
    }

    RedirectResult Done(string part)
    {
        Say("budget.saved");
        return Redirect($"{Address}/preparacion#{part}");
    }
}
