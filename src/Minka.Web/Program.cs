using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Territories.Packs;
using Minka.Web.Docs;
using Minka.Web.FirstRun;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;
using Minka.Web.Screens.Territories.Bringing;

namespace Minka.Web;

static class Program
{
    static async Task<int> Main(string[] args)
    {
        if (args is ["docs", ..]) return await DocsVerb.RunAsync(args.ElementAtOrDefault(1));
        MinkaOptions options;
        try
        {
            options = MinkaOptions.Parse(args);
        }
        catch (ArgumentException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        if (IsTaken(options.Port))
        {
            await Console.Error.WriteLineAsync(new T()["start.port-taken", options.Port.ToString(CultureInfo.InvariantCulture)]);
            return 2;
        }
        WebApplication app;
        try
        {
            app = await MinkaApp.CreateAsync(options);
        }
        catch (PackRefused refused)
        {
            var texts = new T();
            await Console.Error.WriteLineAsync(texts["pack.refused"]);
            foreach (var fault in refused.Faults) await Console.Error.WriteLineAsync("  " + texts.LineOf(fault));
            if (options.Pack is null) await Console.Error.WriteLineAsync(texts["country.start-refused", new CountryPlace(options).Folder, new CountryPlace(options).Sources]);
            return 2;
        }
        await using var running = app;
        var code = await SetupCodeAsync(app);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Minka: {string.Join(' ', app.Urls)}   (Ctrl+C para terminar / to stop){code}"));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Asked before anything is opened: the server itself would end in its own words, and a long way down.</summary>
    static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }

    /// <summary>Told while nobody administers the installation: whoever begins it from another machine must type it.</summary>
    static async Task<string> SetupCodeAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await StartInstallation.IsOpenAsync(scope.ServiceProvider.GetRequiredService<AppDb>())
            ? $"{Environment.NewLine}{new T()["first-run.code"]}: {app.Services.GetRequiredService<SetupCode>().Text}"
            : "";
    }
}
