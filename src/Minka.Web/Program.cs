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
        await using var app = await MinkaApp.CreateAsync(options);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Minka: {string.Join(' ', app.Urls)}   (Ctrl+C para terminar / to stop)"));
        await app.RunAsync();
        return 0;
    }
}
