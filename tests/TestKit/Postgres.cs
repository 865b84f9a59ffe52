using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Minka.TestKit;

/// <summary>
/// A PostgreSQL 15 cluster of the test run's own: temporary folder, free port, ended with the process. The schema is made
/// once in a template database; each test gets a copy.
/// </summary>
public static class Postgres
{
    static readonly Lock Gate = new();
    static string? folder;
    static int port;
    static int count;

    /// <summary>Why there is none, or null.</summary>
    public static string? Missing { get; } = Directory.Exists(Bin) ? null : "PostgreSQL 15 is not installed (package postgresql-15)";

    static string Bin => "/usr/lib/postgresql/15/bin";

    /// <summary>A fresh database, empty or a copy of another; returns its connection string.</summary>
    public static string Create(string? template = null)
    {
        lock (Gate)
        {
            if (folder is null) Start();
            var name = $"minka_{(++count).ToString(CultureInfo.InvariantCulture)}";
            using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = template is null ? $"CREATE DATABASE {name}" : $"CREATE DATABASE {name} TEMPLATE {template}";
            command.ExecuteNonQuery();
            return ConnectionTo(name);
        }
    }

    static string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database={database};Maximum Pool Size=20";

    static void Start()
    {
        folder = Directory.CreateTempSubdirectory("minka-pg-").FullName;
        port = FreePort();
        var asRoot = Environment.UserName == "root";
        if (asRoot) Run("chown", "postgres", folder);
        RunAs(asRoot, $"{Bin}/initdb", "-D", $"{folder}/db", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C");
        RunAs(asRoot, $"{Bin}/pg_ctl", "-D", $"{folder}/db", "-w", "-l", $"{folder}/log", "-o",
            $"-p {port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=200", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(asRoot);
    }

    static void Stop(bool asRoot)
    {
        try
        {
            RunAs(asRoot, $"{Bin}/pg_ctl", "-D", $"{folder}/db", "-m", "immediate", "stop");
            Directory.Delete(folder!, recursive: true);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
        }
    }

    static void RunAs(bool asRoot, string program, params string[] args)
    {
        if (asRoot) Run("runuser", ["-u", "postgres", "--", program, .. args]);
        else Run(program, args);
    }

    static void Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        // The server must not inherit our pipes, or reading to their end would wait for it.
        if (args.Contains("start")) (start.RedirectStandardOutput, start.RedirectStandardError) = (false, false);
        using var process = Process.Start(start)!;
        var error = start.RedirectStandardError ? process.StandardError.ReadToEnd() : "";
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {error}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
