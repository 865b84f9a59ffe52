using Minka.Core.Applications;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications;

/// <summary>A page of one application, for the people of its entity.</summary>
public abstract class ApplicationScreen(ApplicationCases cases) : Screen
{
    public ApplicationCase Case { get; private set; } = null!;

    public ApplicationId Id => new(RouteId("application"));

    /// <summary>Address of the task list.</summary>
    public string Home => $"/postulaciones/{Id.Value}";

    public Application Application => Case.Application;

    /// <summary>Whether anything can still be changed or sent.</summary>
    public bool TakesChanges => Application.MayBeEdited && Case.Call.TakesApplicationsAt(Now);

    public override async Task LoadAsync() => Case = await cases.FindAsync(Id, HttpContext.RequestAborted);

    public IEnumerable<Crumb> Trail(string? here = null)
    {
        var list = new List<Crumb> { new(Case.Rules.Title, $"/convocatorias/{Case.Call.Slug}"), new(T["applications.show.crumb"], here is null ? null : Home) };
        if (here is not null) list.Add(new(here));
        return list;
    }

    /// <summary>A check in words, after what it is about.</summary>
    public string Say(FormalCheck check) => check.About is { } about ? $"{about.In(T.Language).TrimEnd('.')}: {T.Of(check.Reason)}" : T.Of(check.Reason);

    public static Tone ToneOf(FormalCheck check) => check.Reason.Met switch { true => Tone.Met, false when check.Blocks => Tone.Broken, false => Tone.Attention, null => Tone.Info };
}
