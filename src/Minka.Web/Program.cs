using Minka.Web;

MinkaOptions options;
try
{
    options = MinkaOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
await using var app = await MinkaApp.CreateAsync(options);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Minka: {string.Join(' ', app.Urls)}   (Ctrl+C para terminar / to stop)"));
await app.RunAsync();
return 0;
