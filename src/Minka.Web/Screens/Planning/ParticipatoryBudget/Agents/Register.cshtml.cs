using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Rules.Calendars;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>An organisation asks to be registered, without an account; the technical team enters whoever comes to the counter.</summary>
[Public]
public sealed class RegisterModel(AppDb db, Gazetteer gazetteer, RegisterAgents register, RegistrationLimit limit) : BudgetScreen(db)
{
    [BindProperty]
    public AgentForm Input { get; set; } = new();

    public IReadOnlyList<Components.Choice> Districts { get; private set; } = [];

    public AgentSlip? Slip { get; private set; }

    public bool IsShut { get; private set; }

    public DateOnly AnswerBy => BusinessCalendar.Peru.AddBusinessDays(Today, Process.Pack.ReviewBusinessDays.Value);

    public IReadOnlyList<AgentKind> Kinds => IsTeam ? Enum.GetValues<AgentKind>() : [AgentKind.CivilSociety, AgentKind.Unorganised];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!Process.IsPublic) throw new NotFound("budget", Process.Slug);
        var step = Process.StepOf(BudgetStep.Register);
        Districts = await AgentForm.DistrictsAsync(gazetteer, Process);
        IsShut = Process.State != BudgetState.Convened || Today < step.From || Today > step.To;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsTeam && !limit.Allows(HttpContext))
        {
            Fault("", "budget.register.too-many");
            return await AgainAsync(StatusCodes.Status429TooManyRequests);
        }
        try
        {
            Slip = IsTeam ? await register.EnterAsync(Process.Id, Input.Read(), Actor) : await register.RequestAsync(Process.Id, Input.Read(), Anybody);
        }
        catch (AgentRefused refused)
        {
            foreach (var fault in refused.Faults) Fault($"Input.{fault.Field}", "rule." + AgentForm.Told(fault.Code, IsTeam), fault.Args);
            return await AgainAsync();
        }
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
