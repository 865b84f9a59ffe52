using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund.Calls;
using Minka.Core.Fund.Leagues;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Fund.Preparing;

/// <summary>The needs table: out of indicators of the country pack, or typed and imported with its source.</summary>
[May(Role.Operator)]
public sealed class NeedsModel(AppDb db, Country country, SetNeeds set) : CallScreen(db)
{
    [BindProperty]
    public string? Need { get; set; }

    [BindProperty]
    public bool HigherIsBetter { get; set; }

    [BindProperty]
    public string? Resources { get; set; }

    [BindProperty]
    public bool PerHead { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Table { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<NeedFault> Faults { get; private set; } = [];

    public IReadOnlyList<Choice> NeedIndicators => [.. NeedFill.NeedIndicators(country).Select(i => new Choice(i.Key, i.Heading(T)))];

    public IReadOnlyList<Choice> ResourceIndicators => [.. NeedFill.ResourceIndicators(country).Select(i => new Choice(i.Key, i.Heading(T)))];

    public async Task<IActionResult> OnPostIndicadoresAsync()
    {
        await LoadAsync();
        await set.ExecuteAsync(Call.Id, NeedFill.FromCountry(country, new(Need, HigherIsBetter, Resources, PerHead)), Actor, HttpContext.RequestAborted);
        return Done();
    }

    public async Task<IActionResult> OnPostTablaAsync()
    {
        await LoadAsync();
        var reading = NeedTable.Read(await TextAsync(), Source ?? "", country.Provinces.ToDictionary(p => p.Code, p => p.Name, StringComparer.Ordinal), Call.ProvinceCodes);
        Faults = reading.Faults;
        if (Faults.Count > 0)
        {
            Fault(Faults.All(f => f.Code == Core.Fund.FundRules.NeedsSource) ? nameof(Source) : nameof(Table), Faults.Count == 1 ? "call.needs.faults.one" : "call.needs.faults.many", Faults.Count);
            return await AgainAsync();
        }
        await set.ExecuteAsync(Call.Id, reading.Rows, Actor, HttpContext.RequestAborted);
        return Done();
    }

    /// <summary>The table to be filled: a line for each province of the call.</summary>
    public async Task<IActionResult> OnGetPlantillaAsync()
    {
        await LoadAsync();
        var known = Papers.Needs.ToDictionary(n => n.ProvinceCode, StringComparer.Ordinal);
        var text = new StringBuilder("provincia,poblacion,necesidad,recursos\n");
        foreach (var code in Call.ProvinceCodes)
        {
            var need = known.GetValueOrDefault(code);
            text.Append(CultureInfo.InvariantCulture, $"{code},{need?.Population ?? country.Find(code)?.Population},{NeedFill.Text(need?.NeedBp)},{need?.OwnResourcesPerHead}\n");
        }
        return File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{Call.Slug}-territorios.csv");
    }

    LocalRedirectResult Done()
    {
        Say("call.needs.done");
        return LocalRedirect($"{Base}/preparar/ligas");
    }

    async Task<string> TextAsync()
    {
        if (Upload is not { Length: > 0 and <= NeedTable.LargestText * 4 }) return Table ?? "";
        using var reader = new StreamReader(Upload.OpenReadStream(), new UTF8Encoding(false, throwOnInvalidBytes: false));
        Table = await reader.ReadToEndAsync(HttpContext.RequestAborted);
        ModelState.Remove(nameof(Table));
        return Table;
    }
}
