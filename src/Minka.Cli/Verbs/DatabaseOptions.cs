using System.CommandLine;
using Minka.Core.Database;

namespace Minka.Cli.Verbs;

/// <summary>Which database a verb works on: the same two options everywhere.</summary>
sealed class DatabaseOptions
{
    public Option<string> Data { get; } = new("--data") { Description = "Folder of everything that a run writes.", DefaultValueFactory = _ => "data" };

    public Option<string?> Db { get; } = new("--db") { Description = "PostgreSQL connection string (\"Host=…\"); without it SQLite in the data folder." };

    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Db);
    }

    public DbSettings Read(ParseResult parsed) => new(Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Db));
}
