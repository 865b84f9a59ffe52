using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Proposals;

/// <summary>An agent proposes a project with its code; the team types one from paper, or proposes one of the entity's own.</summary>
[Public]
public sealed class SubmitModel(AppDb db, Gazetteer gazetteer, ProposeWorks propose) : ProposalScreen(db, gazetteer)
{
    [BindProperty]
    public string? Number { get; set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!Process.IsPublic) throw new NotFound("budget", Process.Slug);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        int? number = null;
        if (IsTeam && !string.IsNullOrWhiteSpace(Number))
        {
            if (int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var read)) number = read;
            else Fault(nameof(Number), "planning.field.number");
        }
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            var (id, code) = IsTeam ? await propose.ByTeamAsync(Process.Id, number, input, Actor) : await propose.ByAgentAsync(Process.Id, Code ?? "", input, Anybody);
            Say("budget.propose.done", code);
            return Redirect($"{Address}/propuestas/{id.Value}");
        }
        catch (RuleBroken broken) when (FieldOf(broken.Code) is { } field)
        {
            ModelState.AddModelError(field, T.Of(broken));
            return await AgainAsync();
        }
    }

    public static string? FieldOf(string code) => code switch
    {
        BudgetRules.CodeUnknown or BudgetRules.AgentNotAccredited => nameof(Code),
        BudgetRules.OverAmount or BudgetRules.CostMissing => "Input.Cost",
        BudgetRules.NothingAsked or BudgetRules.CoFundingWrong => "Input.CoFunding",
        BudgetRules.PlacesMissing or BudgetRules.DistrictOutside => "Input.Places",
        BudgetRules.CuiWrong => "Input.Cui",
        BudgetRules.RollUnknown => nameof(Number),
        _ => null,
    };
}
