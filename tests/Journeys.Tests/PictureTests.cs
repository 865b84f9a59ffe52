using Microsoft.Playwright;
using Minka.Core.Accounts;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>Writes the pictures of docs/screens, on demand.</summary>
[Collection("demo")]
public sealed class PictureTests(DemoSite site)
{
    static readonly (int Width, int Height, string Suffix)[] Sizes = [(390, 844, "-390"), (1280, 900, "-1280")];

    [PictureFact]
    public async Task Pictures_of_the_main_screens()
    {
        var folder = Path.Combine(Root(), "docs", "screens");
        Directory.CreateDirectory(folder);
        var v = site.Values;
        (string Name, string Path, Role? As)[] pictures =
        [
            ("home", "/", null),
            ("province", $"/territorios/{v["territory"]}", null),
            ("entity", $"/entidades/{v["entity"]}", null),
            ("programme", $"/programas/{v["programme"]}", null),
            ("call", $"/convocatorias/{v["open-call"]}", null),
            ("results", $"/resultados/{v["call"]}", null),
            ("explanation", $"/resultados/{v["call"]}/{v["code"]}", null),
            ("agreement", $"/convenios/{v["agreement"]}", null),
            ("register", "/registro", null),
            ("assembly", $"/asambleas/{v["assembly"]}", Role.Secretary),
            ("tray", "/mi-bandeja", Role.Manager),
            ("application", $"/postulaciones/{v["application"]}", Role.Manager),
            ("evaluation", $"/evaluaciones/{v["assignment"]}", Role.Evaluator),
        ];
        foreach (var (width, height, suffix) in Sizes)
        {
            foreach (var group in pictures.GroupBy(p => p.As))
            {
                await using var window = await site.WindowAsync(width: width, height: height);
                var page = await window.NewPageAsync();
                if (group.Key is { } role) await site.EnterAsync(page, role);
                foreach (var (name, path, _) in group)
                {
                    await page.GotoAsync(path);
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + suffix + ".png"), Type = ScreenshotType.Png });
                }
            }
        }
        await SideBySideAsync(folder, "home");
        foreach (var file in Directory.EnumerateFiles(folder, "*.png")) new FileInfo(file).Length.ShouldBeLessThan(200 * 1024, file);
    }

    // The browser itself lays the two pictures out.
    async Task SideBySideAsync(string folder, string name)
    {
        await using var window = await site.WindowAsync(width: 1060, height: 580);
        var page = await window.NewPageAsync();
        string Data(string suffix) => "data:image/png;base64," + Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, name + suffix + ".png")));
        await page.SetContentAsync($"""
            <body style="margin:0;padding:24px;background:#e9e4da;display:flex;gap:24px;align-items:flex-start">
            <img src="{Data("-1280")}" style="height:520px" alt=""><img src="{Data("-390")}" style="height:520px" alt="">
            """);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Type = ScreenshotType.Png });
    }

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Minka.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Minka.slnx is nowhere above");
    }
}
