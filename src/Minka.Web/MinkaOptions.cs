using Minka.Observatory.Packs;

namespace Minka.Web;

public enum StartMode
{
    /// <summary>The first visitor chooses on the home page.</summary>
    Ask,
    Empty,
    Demo,
}

/// <summary>How the server was started.</summary>
public sealed record MinkaOptions
{
    /// <summary>Folder that holds everything that a run writes.</summary>
    public string Data { get; init; } = "data";

    /// <summary>A country pack (folder or zip) instead of the built-in one.</summary>
    public string? Pack { get; init; }

    /// <summary>Another address that holds the country's original files by their names; null for the addresses of the recipe.</summary>
    public Uri? Mirror { get; init; }

    public int Port { get; init; } = 5080;

    /// <summary>Connection string of PostgreSQL; null for SQLite in the data folder.</summary>
    public string? Db { get; init; }

    /// <summary>The mail server that notices are handed to; null for files in the data folder.</summary>
    public (string Host, int Port)? Smtp { get; init; }

    /// <summary>Sender of the notices.</summary>
    public string MailFrom { get; init; } = "minka@localhost";

    public StartMode Mode { get; init; } = StartMode.Ask;

    /// <summary>Whether things happen by the clock (signed heads). Tests call them themselves.</summary>
    public bool Clockwork { get; init; } = true;

    /// <exception cref="ArgumentException">An option that is not known or has no value.</exception>
    public static MinkaOptions Parse(IReadOnlyList<string> args)
    {
        var options = new MinkaOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => i + 1 < args.Count ? args[++i] : throw new ArgumentException($"{args[i]}: falta el valor / value missing");
            options = args[i] switch
            {
                "--data" => options with { Data = Value() },
                "--pack" => options with { Pack = Value() },
                "--mirror" => options with { Mirror = Uri.TryCreate(Value(), UriKind.Absolute, out var mirror) && PackRecipe.IsMirror(mirror) ? mirror : throw new ArgumentException("--mirror: https://…") },
                "--port" => options with { Port = int.TryParse(Value(), out var port) && port is >= 0 and < 65536 ? port : throw new ArgumentException("--port: 0–65535") },
                "--db" => options with { Db = Value() },
                "--smtp" => options with { Smtp = Value().Split(':') is [var host, var p] && int.TryParse(p, out var smtp) ? (host, smtp) : throw new ArgumentException("--smtp: host:port") },
                "--mail-from" => options with { MailFrom = Value() },
                "--empty" => options with { Mode = StartMode.Empty },
                "--demo" => options with { Mode = StartMode.Demo },
                _ => throw new ArgumentException($"opción desconocida / unknown option: {args[i]}"),
            };
        }
        return options;
    }
}
