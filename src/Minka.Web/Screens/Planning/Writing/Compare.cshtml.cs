using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>What this person wrote beside what another saved meanwhile; the person chooses, and nothing was lost until then.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class CompareModel(AppDb db, SaveStrategyText save) : WritingScreen(db)
{
    ChapterText? mine;

    /// <summary>Versions of the questions as shown now: a third save meanwhile is told again.</summary>
    [BindProperty]
    public Dictionary<string, int> Seen { get; set; } = [];

    public GuidePart Part { get; private set; } = null!;

    public bool HasAside => mine is not null;

    public IReadOnlyList<Difference> Lines { get; private set; } = [];

    public string Chapter => $"{Home}/partes/{Part.Id}";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Part = Parts.Guide.Part(Route("chapter"));
        mine = await save.ReadAsideAsync(Strategy.Id, Part.Id, Person!.Id);
        if (mine is null) return;
        if (HttpMethods.IsGet(Request.Method)) Seen = mine.Answers.Keys.ToDictionary(q => q, Parts.VersionOf, StringComparer.Ordinal);
        Lines = [.. mine.Answers.Select(a => new Difference(StrategyGuides.Questions.GetValueOrDefault(a.Key)?.Name.In(T.Language) ?? a.Key, a.Value, Parts.TextOf(a.Key) ?? "")).Where(d => d.Left.ReplaceLineEndings("\n").Trim() != d.Right)];
    }

    public async Task<IActionResult> OnPostAsync(string? choose)
    {
        await LoadAsync();
        if (mine is null) return LocalRedirect(Chapter);
        if (choose == "mine") await save.ExecuteAsync(Entity.Id, Strategy.Id, mine.Answers, Seen, Actor);
        await save.DropAsideAsync(Strategy.Id, Part.Id, Actor);
        Say(choose == "mine" ? "applications.compare.kept-mine" : "applications.compare.kept-saved");
        return LocalRedirect(Chapter);
    }
}
