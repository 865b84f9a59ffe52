using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>Projects that may have been kept twice, each pair with what speaks for it, to be decided once.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class DuplicatesModel(AppDb db, DuplicateList list, DecideDuplicate decide, Gazetteer gazetteer) : BankScreen(db), IListed
{
    public const int Size = 10;

    IReadOnlyDictionary<string, string> names = new Dictionary<string, string>();

    public IReadOnlyList<DuplicatePair> Pairs { get; private set; } = [];

    public IReadOnlyList<DuplicatePair> Shown { get; private set; } = [];

    public int PageNumber { get; private set; } = 1;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Pairs = await list.OpenAsync(Entity.Id);
        PageNumber = PageOf(Pairs.Count, Size);
        Shown = [.. Pairs.Skip((PageNumber - 1) * Size).Take(Size)];
        names = await ProgrammeView.NamesAsync(Pairs.SelectMany(p => p.Places.Take(4)).Distinct(), gazetteer);
    }

    public string Why(DuplicatePair pair)
    {
        var reasons = new List<string>();
        if (pair.SameCode) reasons.Add(T["bank.duplicates.same-code", pair.First.InvestmentCode]);
        if (pair.Words.Count > 0) reasons.Add(T["bank.duplicates.words", BankWords.Short(pair.Text), string.Join(", ", pair.Words)]);
        if (pair.Places.Count > 0) reasons.Add(T["bank.duplicates.places", string.Join(", ", pair.Places.Take(4).Select(p => names.GetValueOrDefault(p, p)))]);
        if (pair.Amount is { } amount) reasons.Add(T["bank.duplicates.amount", BankWords.Short(amount)]);
        return string.Join(" ", reasons);
    }

    public async Task<IActionResult> OnPostAsync(Guid a, Guid b, Guid? kept, int at)
    {
        await base.LoadAsync();
        var why = Request.Form[$"why-{at.ToString(CultureInfo.InvariantCulture)}"].ToString();
        await decide.ExecuteAsync(Entity.Id, new(a), new(b), kept is { } id ? new ProjectId(id) : null, why, Actor);
        Say(kept is null ? "bank.duplicates.said-two" : "bank.duplicates.said-one");
        return Redirect($"{Home}/duplicados");
    }

    public TableFile ToFile() => new($"cartera-{Entity.Slug}-repetidos",
        [T["planning.code"], T["planning.project"], T["planning.code"], T["planning.project"], T["bank.duplicates.why"]],
        Pairs.Select(p => (IReadOnlyList<object?>)[p.First.Code, p.First.Title, p.Second.Code, p.Second.Title, Why(p)]));
}
