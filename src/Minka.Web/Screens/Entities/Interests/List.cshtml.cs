using Microsoft.AspNetCore.Mvc;
using Minka.Core.Entities;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Interests;

/// <summary>A person's own declarations of interest: nobody else opens this page with them.</summary>
[SignedIn]
public sealed class ListModel(InterestVault vault, DeclareInterest declare) : Screen
{
    [BindProperty]
    public string Kind { get; set; } = nameof(InterestKind.Member);

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Degree { get; set; }

    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Ended { get; set; }

    [BindProperty]
    public Guid Interest { get; set; }

    public IReadOnlyList<(Interest Interest, InterestInput Said)> Rows { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Kinds => [.. Enum.GetValues<InterestKind>().Select(k => new Components.Choice(k.ToString(), T.Of(k)))];

    public IReadOnlyList<Components.Choice> Degrees => [new("1", T["interests.degree-1"]), new("2", T["interests.degree-2"])];

    public override async Task LoadAsync()
    {
        Rows = await vault.OfAsync(Person!.Id);
        From ??= TypedTime.OfDay(Today);
    }

    public async Task<IActionResult> OnPostDeclareAsync()
    {
        if (!Enum.TryParse<InterestKind>(Kind, out var kind) || !Enum.IsDefined(kind)) kind = InterestKind.Member;
        if (string.IsNullOrWhiteSpace(Organisation)) Fault(nameof(Organisation), "rule." + EntitiesRules.OrganisationMissing);
        if (!TypedTime.TryDay(From, out var from)) Fault(nameof(From), "rule." + EntitiesRules.CsvDateInvalid, From);
        DateOnly? ended = null;
        if (!string.IsNullOrWhiteSpace(Ended))
        {
            if (TypedTime.TryDay(Ended, out var day)) ended = day;
            else Fault(nameof(Ended), "rule." + EntitiesRules.CsvDateInvalid, Ended);
        }
        int? degree = kind != InterestKind.Kin ? null : Degree switch { "1" => 1, "2" => 2, _ => null };
        if (kind == InterestKind.Kin && degree is null) Fault(nameof(Degree), "rule." + EntitiesRules.DegreeMissing);
        if (!ModelState.IsValid) return await AgainAsync();
        await declare.ExecuteAsync(Person!.Id, new(kind, Organisation!, Number, degree, Who, from, ended), Actor);
        Say("interests.declared");
        return Redirect("/cuenta/intereses");
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        var why = Request.Form[$"why-{Interest:N}"].ToString();
        await declare.WithdrawAsync(InterestId.From(Interest), Person!.Id, why, Actor);
        Say("interests.taken-back");
        return Redirect("/cuenta/intereses");
    }
}
