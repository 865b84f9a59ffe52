using Minka.Core.Territories.Packs;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web;

static class Program
{
    static async Task<int> Main(string[] args)
    {
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
            return 2;
        }
        await using var running = app;
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Minka: {string.Join(' ', app.Urls)}   (Ctrl+C para terminar / to stop)"));
        await app.RunAsync();
        return 0;
    }
}
