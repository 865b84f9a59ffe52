using Minka.Core.Accounts;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Sources;

[Public]
public sealed class ShowModel(Country country) : Screen
{
    public Country Country => country;

    public bool MayBring => May(Role.Admin);

    public IEnumerable<PackSource> Used => country.Sources.Where(s => s.Used);

    public IEnumerable<PackSource> Unused => country.Sources.Where(s => !s.Used);

    /// <summary>What a kind of file holds, in words.</summary>
    public string Holds(PackSource source) => Texts.Has("sources.kind." + source.Kind) ? T["sources.kind." + source.Kind] : source.Kind;
}
