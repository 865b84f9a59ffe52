using Minka.Web.Access;

namespace Minka.Web.Layout;

/// <summary>One way of the main menu.</summary>
public sealed record Way(string Key, string Href, bool Current);

/// <summary>The main menu: what is public for all, one's own tray first for those who sign in, and what only a role needs.</summary>
public static class Navigation
{
    public static IEnumerable<Way> Of(SignedInPerson? person, string path)
    {
        if (person is not null) yield return To("shell.nav.tray", "/mi-bandeja");
        yield return To("shell.nav.territories", "/territorios");
        yield return To("shell.nav.observatory", "/observatorio");
        yield return To("shell.nav.entities", "/entidades");
        yield return To("shell.nav.programmes", "/programas");
        yield return To("shell.nav.calls", "/convocatorias");
        yield return To("shell.nav.results", "/resultados");
        yield return To("shell.nav.register", "/registro");
        yield return To("shell.nav.verify", "/verificar");

        Way To(string key, string href) => new(key, href, path == href || path.StartsWith(href + "/", StringComparison.Ordinal));
    }
}
