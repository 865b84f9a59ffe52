using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Territories;

/// <summary>A country pack was put into the data folder; the next start uses it.</summary>
/// <param name="Manifest">Digest of its manifest, which binds every file in it.</param>
public sealed record CountryBrought(string Pack, string Name, Digest Manifest) : IEvent;

/// <summary>A start found a country pack in the data folder that no act had named: it was put there from the console or by hand.</summary>
/// <param name="Manifest">Digest of its manifest, which binds every file in it.</param>
public sealed record CountryFound(string Pack, string Name, Digest Manifest) : IEvent;

/// <summary>Says in the register who brought the country's data: the pack itself lies beside the database.</summary>
[UseCase]
public sealed class NoteCountry(Writer writer)
{
    public const string Kind = "country.bring";

    public const string FoundKind = "country.find";

    public Task BroughtAsync(CountryBrought country, Actor actor, CancellationToken cancel = default) => writer.ActAsync(Kind, actor, work =>
    {
        work.Happened(country);
        return Task.CompletedTask;
    }, cancel: cancel);

    public Task FoundAsync(CountryFound country, CancellationToken cancel = default) => writer.ActAsync(FoundKind, Actor.System, work =>
    {
        work.Happened(country);
        return Task.CompletedTask;
    }, cancel: cancel);
}
