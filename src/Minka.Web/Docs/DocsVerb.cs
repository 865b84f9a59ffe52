using System.Globalization;

namespace Minka.Web.Docs;

/// <summary><c>docs [ROOT]</c>: writes the documents that are made from the code.</summary>
public static class DocsVerb
{
    /// <summary>The generated documents by their path in the repository.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(WebApplication app, string root)
    {
        // The documents are written in the words of the pages, Spanish.
        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es-PE");
        try
        {
            var screens = await ScreensDoc.ReadAsync(app, root);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["docs/screens.md"] = ScreensDoc.Write(screens, app),
                ["docs/acts.md"] = ActsDoc.Write(ActsDoc.Read(screens)),
                ["docs/states.md"] = StatesDoc.Write(),
            };
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    public static async Task<int> RunAsync(string? given)
    {
        if ((given ?? FindRoot()) is not { } root || !File.Exists(Path.Combine(root, "Minka.slnx")))
        {
            await Console.Error.WriteLineAsync("docs: no es el repositorio de Minka / not the repository of Minka");
            return 2;
        }
        var data = Directory.CreateTempSubdirectory("minka-docs-").FullName;
        try
        {
            await using var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = data, Clockwork = false, Mode = StartMode.Empty });
            foreach (var (path, text) in await MakeAsync(app, root))
            {
                await File.WriteAllTextAsync(Path.Combine(root, path), text);
                Console.WriteLine(path);
            }
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The nearest folder above that holds the solution.</summary>
    public static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Minka.slnx"))) return folder.FullName;
        }
        return null;
    }
}
