using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Minka.Web.Layout;

namespace Minka.Web.Components;

/// <summary>One option of a select, a radio group or a group of checkboxes.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);

/// <summary>What every field shares: label, hint, error, name, id and the value to show again.</summary>
public abstract class FieldTag : TagHelper
{
    /// <summary>A model expression ("Input.Name"); or give <see cref="Name"/> and <see cref="Value"/>.</summary>
    public ModelExpression? For { get; set; }
    public string? Name { get; set; }
    public object? Value { get; set; }
    public string Label { get; set; } = "";
    public string? Hint { get; set; }
    public string? Error { get; set; }
    public bool Optional { get; set; }

    /// <summary>The label is for screen readers only (a search box beside its button).</summary>
    public bool Quiet { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    protected string FieldName => Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For?.Name ?? "");

    protected string Id => IdOf(FieldName);

    protected string? Fault => Error ?? (ViewContext.ViewData.ModelState.TryGetValue(FieldName, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null);

    protected Markup LabelMark => Markup.Of($"<label for=\"{Id}\"{(Quiet ? Markup.Of($" class=\"sr\"") : Markup.None)}>{Label}{OptionalMark}</label>");

    protected Markup OptionalMark => Optional ? Markup.Of($" <span class=\"opt\">({Words.Say("optional")})</span>") : Markup.None;

    protected Markup HintAndFault =>
        Markup.Of($"{(string.IsNullOrEmpty(Hint) ? Markup.None : Markup.Of($"<p class=\"hint\" id=\"{Id}-hint\">{Hint}</p>"))}{(Fault is null ? Markup.None : Markup.Of($"<p class=\"fault\" id=\"{Id}-error\"><span aria-hidden=\"true\">■</span> <span class=\"sr\">{Words.Say("error")}:</span> {Fault}</p>"))}");

    protected Markup Described
    {
        get
        {
            var ids = string.Join(' ', new[] { string.IsNullOrEmpty(Hint) ? null : Id + "-hint", Fault is null ? null : Id + "-error" }.OfType<string>());
            return Markup.Of($"{Markup.Attribute("aria-describedby", ids)}{(Fault is null ? Markup.None : Markup.Of($" aria-invalid=\"true\""))}");
        }
    }

    protected IReadOnlySet<string> Chosen()
    {
        if (Attempted() is { } attempted) return attempted.Split(',').ToHashSet(StringComparer.Ordinal);
        var value = Value ?? For?.Model;
        return value is IEnumerable many and not string
            ? many.Cast<object?>().Select(TextOf).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal) { TextOf(value) };
    }

    protected string Shown() => Attempted() ?? TextOf(Value ?? For?.Model);

    protected static string TextOf(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Attributes that the page wrote and that no property took go to the control itself.</summary>
    protected static Markup Rest(TagHelperOutput output) =>
        Markup.Join(output.Attributes, a => a.ValueStyle == HtmlAttributeValueStyle.Minimized
            ? new Markup(" " + a.Name)
            : Markup.Of($" {new Markup(a.Name)}=\"{a.Value?.ToString()}\""));

    protected void Write(TagHelperOutput output, Markup control, string? css = null)
    {
        if (Fault is not null) ErrorSummary.Name(ViewContext.HttpContext, FieldName, Label);
        output.TagName = null;
        output.Attributes.Clear();
        output.Content.SetHtmlContent(Markup.Of($"<div class=\"field{(Fault is null ? "" : " wrong")}{(css is null ? "" : " " + css)}\">{control}</div>"));
    }

    /// <summary>A module of wwwroot/js, asked for once a page however many fields need it.</summary>
    protected Markup Module(string name) =>
        ViewContext.HttpContext.Items.TryAdd("module:" + name, true) ? Markup.Of($"<script type=\"module\" src=\"{Assets.Url($"js/{name}.js")}\"></script>") : Markup.None;

    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    private string? Attempted() =>
        ViewContext.ViewData.ModelState.TryGetValue(FieldName, out var entry) ? entry.AttemptedValue : null;
}

/// <summary>&lt;m-field for="Input.Name" label="…" hint="…" type="text|number|date|datetime|textarea|file|email|tel|password|search|code" width="20" rows="4"/&gt;</summary>
[HtmlTargetElement("m-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextField : FieldTag
{
    public string? Type { get; set; }

    /// <summary>Characters that the value usually has: 4, 8, 12, 20 or 40; none takes the whole measure.</summary>
    public int Width { get; set; }
    public int Rows { get; set; }
    public string? Unit { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var kind = Type ?? (Rows > 0 ? "textarea" : (Value ?? For?.Model) switch
        {
            DateOnly => "date",
            DateTime => "datetime",
            int or long => "number",
            _ => "text",
        });
        var rest = Rest(output);
        var css = Width > 0 ? $"w{Width}" : null;
        var control = kind == "textarea"
            ? Markup.Of($"<textarea id=\"{Id}\" name=\"{FieldName}\" rows=\"{(Rows > 0 ? Rows : 4)}\"{Described}{rest}>\n{Shown()}</textarea>")
            : Markup.Of($"<input id=\"{Id}\" name=\"{FieldName}\" type=\"{InputType(kind)}\"{Extra(kind)}{Markup.Attribute("class", css)}{(kind is "file" or "password" ? Markup.None : Markup.Of($" value=\"{Shown()}\""))}{Described}{rest}>");
        if (Unit is not null) control = Markup.Of($"<span class=\"with-unit\">{control}<span class=\"unit\">{Unit}</span></span>");
        Write(output, Markup.Of($"{LabelMark}{HintAndFault}{control}"));
    }

    private static string InputType(string kind) => kind switch { "datetime" => "datetime-local", "number" or "code" => "text", _ => kind };

    private static Markup Extra(string kind) => kind switch
    {
        "number" => Markup.Of($" inputmode=\"decimal\""),
        "code" => Markup.Of($" inputmode=\"numeric\" autocomplete=\"one-time-code\""),
        _ => Markup.None,
    };
}

/// <summary>&lt;m-money for="Input.Amount" label="…" understood="Model.AmountMinor"/&gt;: takes any separators and says what was understood.</summary>
[HtmlTargetElement("m-money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyField : FieldTag
{
    /// <summary>The amount that the server read, in céntimos; shown under the field.</summary>
    public long? Understood { get; set; }
    public string Symbol { get; set; } = "S/";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var rest = Rest(output);
        var shown = Shown();
        if (shown.Length == 0 && Understood is { } read) shown = Format.Plain(read);
        var echo = Understood is { } minor && Fault is null ? Markup.Of($"{Words.Say("understood")} <b>{Format.Money(minor, Symbol)}</b>") : Markup.None;
        Write(output, Markup.Of($"{LabelMark}{HintAndFault}<span class=\"with-unit money\"><span class=\"unit\">{Symbol}</span><input id=\"{Id}\" name=\"{FieldName}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" class=\"w12\" data-money value=\"{shown}\"{Described}{rest}></span><output class=\"echo\" for=\"{Id}\" data-word=\"{Words.Say("understood")}\">{echo}</output>{Module("money")}"));
    }
}

/// <summary>&lt;m-select for="Input.Kind" label="…" options="Model.Kinds" blank/&gt;</summary>
[HtmlTargetElement("m-select", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SelectField : FieldTag
{
    public IEnumerable<Choice> Options { get; set; } = [];

    /// <summary>The text of an empty first option; the default is "Elija"; "" leaves it out.</summary>
    public string? Blank { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var rest = Rest(output);
        var chosen = Chosen();
        var blank = Blank ?? Words.Say("choose");
        var first = blank.Length == 0 ? Markup.None : Markup.Of($"<option value=\"\">{blank}</option>");
        var options = Markup.Join(Options, o => Markup.Of($"<option value=\"{o.Value}\"{Markup.Flag("selected", chosen.Contains(o.Value))}>{o.Text}</option>"));
        Write(output, Markup.Of($"{LabelMark}{HintAndFault}<select id=\"{Id}\" name=\"{FieldName}\"{Described}{rest}>{first}{options}</select>"));
    }
}

/// <summary>A question with its answers: fieldset and legend.</summary>
public abstract class ChoiceGroup(string type) : FieldTag
{
    public IEnumerable<Choice> Options { get; set; } = [];

    /// <summary>Short answers side by side (sí, no).</summary>
    public bool Inline { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var rest = Rest(output);
        var chosen = Chosen();
        var options = Markup.Join(Options.Index(), o =>
        {
            var id = o.Index == 0 ? Id : $"{Id}_{o.Index}";
            var hint = o.Item.Hint is null ? Markup.None : Markup.Of($"<span class=\"hint\" id=\"{id}-more\">{o.Item.Hint}</span>");
            return Markup.Of($"<div class=\"choice\"><input type=\"{type}\" id=\"{id}\" name=\"{FieldName}\" value=\"{o.Item.Value}\"{Markup.Flag("checked", chosen.Contains(o.Item.Value))}{Markup.Attribute("aria-describedby", o.Item.Hint is null ? null : id + "-more")}{rest}><label for=\"{id}\">{o.Item.Text}</label>{hint}</div>");
        });
        Write(output, Markup.Of($"<fieldset{Described}><legend{(Quiet ? Markup.Of($" class=\"sr\"") : Markup.None)}>{Label}{OptionalMark}</legend>{HintAndFault}<div class=\"choices{(Inline ? " inline" : "")}\">{options}</div></fieldset>"));
    }
}

/// <summary>&lt;m-radios for="Input.Vote" label="…" options="Model.Votes"/&gt;</summary>
[HtmlTargetElement("m-radios", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RadioGroup() : ChoiceGroup("radio");

/// <summary>&lt;m-checks for="Input.Places" label="…" options="Model.Places"/&gt;</summary>
[HtmlTargetElement("m-checks", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CheckGroup() : ChoiceGroup("checkbox");

/// <summary>&lt;m-check for="Input.Declares" label="Declaro que …"/&gt;: one yes.</summary>
[HtmlTargetElement("m-check", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CheckField : FieldTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var rest = Rest(output);
        var chosen = Chosen();
        Write(output, Markup.Of($"{HintAndFault}<div class=\"choice\"><input type=\"checkbox\" id=\"{Id}\" name=\"{FieldName}\" value=\"true\"{Markup.Flag("checked", chosen.Contains("true"))}{Described}{rest}><label for=\"{Id}\">{Label}{OptionalMark}</label></div>"));
    }
}

/// <summary>&lt;m-errors/&gt;: every fault of the form in one place, each with the name of its field and linked to it. Takes the focus without script.</summary>
[HtmlTargetElement("m-errors", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummary : TagHelper
{
    /// <summary>A longer label is a question or a declaration: it would hide what is wrong.</summary>
    private const int LongestName = 60;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>A field that is wrong tells its label. It stands after the summary, which is therefore written once the page is whole.</summary>
    internal static void Name(HttpContext http, string field, string label) => LabelsOf(http).Add((field, label));

    /// <summary>In the order of the page.</summary>
    private static List<(string Field, string Label)> LabelsOf(HttpContext http)
    {
        if (http.Items[typeof(ErrorSummary)] is not List<(string Field, string Label)> labels) http.Items[typeof(ErrorSummary)] = labels = [];
        return labels;
    }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var faults = ViewContext.ViewData.ModelState
            .SelectMany(entry => entry.Value!.Errors.Take(1).Select(e => (entry.Key, e.ErrorMessage)))
            .Distinct()
            .ToList();
        if (faults.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        var title = faults.Count == 1 ? Words.Say("errors.one") : Words.Say("errors.many", faults.Count);
        output.Content.SetHtmlContent(new Later(() =>
        {
            var labels = LabelsOf(ViewContext.HttpContext);
            var lines = Markup.Join(faults.OrderBy(f => Place(f.Key, labels)), f => f.Key.Length == 0
                ? Markup.Of($"<li>{f.ErrorMessage}</li>")
                : Markup.Of($"<li><a href=\"#{FieldTag.IdOf(f.Key)}\">{Named(f.Key, f.ErrorMessage)}</a></li>"));
            return Markup.Of($"<div class=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus><h2><span aria-hidden=\"true\">■</span> {title}</h2><ul>{lines}</ul></div>");
        }));
    }

    /// <summary>The message after the field's name, and the row's number in a table, unless it says the name itself.</summary>
    private string Named(string field, string message)
    {
        if (LabelsOf(ViewContext.HttpContext).Find(l => l.Field == field).Label is not { Length: > 0 and <= LongestName } label) return message;
        var compare = CultureInfo.CurrentCulture.CompareInfo;
        var name = compare.IndexOf(message, label, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0 ? "" : label.TrimEnd(':', '.');
        if (RowOf(field) is { } row) name = name.Length == 0 ? Words.Say("errors.row", row) : $"{Words.Say("errors.row", row)}, {name}";
        return name.Length == 0 ? message : $"{name}: {message}";
    }

    /// <summary>"Lines[2].Amount" is of row 3.</summary>
    private static int? RowOf(string field) =>
        field.IndexOf('[', StringComparison.Ordinal) is > 0 and var open && field.IndexOf(']', open) is > 0 and var close
            && int.TryParse(field.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index + 1 : null;

    /// <summary>The order of the page: faults of the whole first, and last those of no field that it shows.</summary>
    private static int Place(string field, List<(string Field, string Label)> labels) =>
        field.Length == 0 ? -1 : labels.FindIndex(l => l.Field == field) is >= 0 and var at ? at : int.MaxValue;

    private sealed class Later(Func<Markup> html) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => html().WriteTo(writer, encoder);
    }
}

/// <summary>&lt;form method="post" m-settles="/postulaciones/…/guardar"&gt;: a choice that ends what a form that saves by itself still kept on the device.</summary>
[HtmlTargetElement("form", Attributes = "m-settles")]
public sealed class SettlingForm : TagHelper
{
    /// <summary>As the other form's <see cref="AutosaveForm.Address"/>.</summary>
    [HtmlAttributeName("m-settles")]
    public string Address { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("data-settles", Address);
        output.PostElement.AppendHtml($"<script type=\"module\" src=\"{Assets.Url("js/autosave.js")}\"></script>");
    }
}

/// <summary>&lt;form method="post" m-autosave="/postulaciones/…/guardar" m-compare="…"&gt;: saves by itself where there is script; an ordinary form where there is none.</summary>
[HtmlTargetElement("form", Attributes = "m-autosave")]
public sealed class AutosaveForm : TagHelper
{
    [HtmlAttributeName("m-autosave")]
    public string Address { get; set; } = "";

    /// <summary>Where both versions are shown when another editor was faster.</summary>
    [HtmlAttributeName("m-compare")]
    public string? Compare { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("data-autosave", Address);
        if (Compare is not null) output.Attributes.SetAttribute("data-compare-href", Compare);
        foreach (var (name, word) in new[] { ("saving", "saving"), ("saved", "done"), ("failed", "failed"), ("conflict", "conflict"), ("compare", "compare"), ("restored", "restored") })
            output.Attributes.SetAttribute("data-" + name, Words.Say("saved." + word));
        output.PreContent.AppendHtml("<p class=\"saved\" role=\"status\"></p>");
        output.PostElement.AppendHtml($"<script type=\"module\" src=\"{Assets.Url("js/autosave.js")}\"></script>");
    }
}
