using Minka.Core.Entities.Ballots;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Ballots;

public static class BallotWords
{
    /// <summary>The name of an option: those of a motion are the same everywhere.</summary>
    public static string Label(T t, BallotOption option) => option.Label.Length > 0 ? option.Label : t["choice." + option.Id];

    /// <summary>A code in groups of four, for eyes and voices.</summary>
    public static string Grouped(string code) => string.Join(' ', code.ToUpperInvariant().Chunk(4).Select(c => new string(c)));

    public static string Address(BallotBox box, string end = "") => $"/asambleas/{box.AssemblyId.Value}/votaciones/{box.Id.Value}{end}";
}
