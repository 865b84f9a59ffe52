using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>One chapter: its guidance, its questions, its lists and what it still lacks.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ChapterModel(AppDb db, SaveStrategyText save) : WritingScreen(db)
{
    bool typed;

    /// <summary>Versions of the questions that the form was made from: "area.people:2,…".</summary>
    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Texts { get; set; } = [];

    public GuidePart Part { get; private set; } = null!;

    public ChapterState State { get; private set; } = null!;

    /// <summary>The chapter before and after this one.</summary>
    public GuidePart? Next { get; private set; }

    public string Here => $"{Home}/partes/{Part.Id}";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Part = Parts.Guide.Part(Route("chapter"));
        State = StrategyCheck.Of(Draft, Part);
        Next = Parts.Guide.Parts.SkipWhile(p => p.Id != Part.Id).Skip(1).FirstOrDefault();
        if (typed) return;
        Version = string.Join(',', Part.Questions.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Id}:{Parts.VersionOf(q.Id)}")));
        Texts = Part.Questions.ToDictionary(q => q.Id, q => Parts.TextOf(q.Id), StringComparer.Ordinal);
    }

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        typed = true;
        await LoadAsync();
        foreach (var question in Part.Questions.Where(q => Texts.GetValueOrDefault(q.Id)?.Length > WritingRules.LongestAnswer)) Fault($"Texts[{question.Id}]", "planning.field.long", WritingRules.LongestAnswer);
        if (!ModelState.IsValid) return await AgainAsync();
        var answers = Part.Questions.Where(q => Texts.ContainsKey(q.Id)).ToDictionary(q => q.Id, q => Texts[q.Id] ?? "", StringComparer.Ordinal);
        try
        {
            await save.ExecuteAsync(Entity.Id, Strategy.Id, answers, Seen(), Actor, HttpContext.RequestAborted);
        }
        catch (ChangedMeanwhile)
        {
            await save.SetAsideAsync(Entity.Id, Strategy.Id, Part.Id, new(answers), Actor, HttpContext.RequestAborted);
            return LocalRedirect($"{Here}/comparar");
        }
        Say("planning.saved");
        return LocalRedirect(go == "next" && Next is not null ? $"{Home}/partes/{Next.Id}" : go == "stay" ? Here : $"{Home}/partes");
    }

    /// <summary>Sent by the page itself while one writes: the changed texts only.</summary>
    public async Task<IActionResult> OnPostGuardarAsync()
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        typed = true;
        await LoadAsync();
        var answers = Part.Questions.Where(q => Texts.ContainsKey(q.Id)).ToDictionary(q => q.Id, q => Texts[q.Id] ?? "", StringComparer.Ordinal);
        var seen = Seen();
        try
        {
            var saved = await save.ExecuteAsync(Entity.Id, Strategy.Id, answers, seen, Actor, HttpContext.RequestAborted);
            var version = string.Join(',', Part.Questions.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Id}:{(saved.TryGetValue(q.Id, out var now) ? now : seen.GetValueOrDefault(q.Id))}")));
            return new JsonResult(new { at = Format.Time(Now), version });
        }
        catch (ChangedMeanwhile)
        {
            await save.SetAsideAsync(Entity.Id, Strategy.Id, Part.Id, new(answers), Actor, HttpContext.RequestAborted);
            return new JsonResult(new { compare = $"{Here}/comparar" }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBroken broken)
        {
            return new JsonResult(new { error = T.Of(broken) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    Dictionary<string, int> Seen()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in (Version ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(':');
            if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) seen[parts[0]] = version;
        }
        return seen;
    }
}
