using Microsoft.AspNetCore.Mvc;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Items;

/// <summary>A list with the form of one row under it: the same page for every list that people write row by row.</summary>
public abstract class ItemsScreen : Screen, IListed
{
    Dictionary<string, string>? typed;

    /// <summary>Code of the row that is being changed; empty: a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "fila")]
    public string? Row { get; set; }

    /// <summary>Seal of the row that the form was made from.</summary>
    [BindProperty]
    public string? Seal { get; set; }

    public ItemSchema Schema { get; protected set; } = null!;

    public ItemScene Scene { get; protected set; } = null!;

    public IReadOnlyList<PartItem> Items { get; protected set; } = [];

    /// <summary>Whether rows may be written now.</summary>
    public bool MayWrite { get; protected set; }

    /// <summary>Why not, where the person could otherwise.</summary>
    public string? Locked { get; protected set; }

    /// <summary>Address of the list.</summary>
    public string Here { get; protected set; } = "";

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public IReadOnlyList<ItemField> Fields => Schema.FieldsOf(Scene);

    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    protected abstract Task SaveItemAsync(string? code, PartItem item, string? seal);

    protected abstract Task RemoveItemAsync(string code);

    protected abstract Task LoadListAsync();

    /// <summary>What a new row begins with.</summary>
    protected virtual IReadOnlyDictionary<string, string> Beginning => new Dictionary<string, string>();

    public sealed override async Task LoadAsync()
    {
        await LoadListAsync();
        if (typed is not null)
        {
            Values = typed;
            return;
        }
        if (string.IsNullOrEmpty(Row))
        {
            Values = Beginning;
            return;
        }
        var item = Items.FirstOrDefault(i => i.Code == Row) ?? throw new NotFound("row", Row);
        (Values, Seal) = (Schema.ValuesOf(item), item.Seal());
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadListAsync();
        typed = Fields.ToDictionary(f => f.Name, f => string.Join(',', Request.Form[$"Input.{f.Name}"].OfType<string>()), StringComparer.Ordinal);
        var form = new FormReader(ModelState, T, "Input.");
        var item = Schema.ReadItem(new ItemReader(form, typed), Scene);
        if (!form.IsClean) return await AgainAsync();
        try
        {
            await SaveItemAsync(string.IsNullOrEmpty(Row) ? null : Row, item, Seal);
        }
        catch (RuleBroken broken)
        {
            ModelState.AddModelError(FieldOf(broken), T.Of(broken));
            return await AgainAsync();
        }
        catch (ChangedMeanwhile)
        {
            await LoadListAsync();
            var stored = Items.FirstOrDefault(i => i.Code == Row) ?? throw new NotFound("row", Row);
            var values = Schema.ValuesOf(stored);
            Conflict = [.. Fields.Select(f => new Difference(Schema.LabelOf(f, T), ItemSchema.Shown(f, typed[f.Name]), ItemSchema.Shown(f, values.GetValueOrDefault(f.Name))))];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seal));
            Seal = stored.Seal();
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return LocalRedirect(Here);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? code)
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadListAsync();
        await RemoveItemAsync(code ?? "");
        Say("items.removed", code);
        return LocalRedirect(Here);
    }

    public TableFile ToFile() => new(Slugs.From($"{Schema.Slug}-{Title}"),
        [T["planning.code"], .. Fields.Select(f => Schema.LabelOf(f, T))],
        Items.Select(i => Schema.ValuesOf(i) is var values ? (IReadOnlyList<object?>)[i.Code, .. Fields.Select(f => ItemSchema.Shown(f, values.GetValueOrDefault(f.Name)))] : []));

    protected virtual string Title => "";

    /// <summary>The field at which a rule of the core is broken, so that its message stands where the remedy is.</summary>
    string FieldOf(RuleBroken broken)
    {
        var field = broken.Code switch
        {
            WritingRules.WeightOutOfRange => "Weight",
            WritingRules.TargetBeforeBaseline => "TargetOn",
            WritingRules.TargetIsBaseline => "Target",
            WritingRules.CoreTwice => "Role",
            WritingRules.ParentUnknown or WritingRules.TreeCycle => "Under",
            WritingRules.ParticipantsDiffer => "SocialSector",
            WritingRules.NobodyCame => "Women",
            WritingRules.DayAhead => "On",
            WritingRules.PersonalNumber => "Contact",
            WritingRules.AmountNotPositive => Fields.Any(f => f.Name == "MinimumLot") ? "MinimumLot" : "Amount",
            PlanningRules.YearsReversed => "YearTo",
            Core.Planning.Chains.ChainRules.AllyTaken => "Name",
            PlanningRules.TextMissing or PlanningRules.TextLong when broken.Args[0] is string { Length: > 0 } name => char.ToUpperInvariant(name[0]) + name[1..],
            _ => "",
        };
        return field.Length > 0 && Fields.Any(f => f.Name == field) ? $"Input.{field}" : "";
    }
}
