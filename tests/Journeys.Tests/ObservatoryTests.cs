using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Minka.Observatory.Duck;
using Minka.Observatory.Generating;
using Minka.Observatory.Reading;
using Minka.TestKit;
using Minka.Web;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>The observatory filled with what <c>./minka spend generate</c> writes: two years of spending and the investment bank of a whole country.</summary>
public sealed partial class ObservatoryTests
{
    static readonly string[] Addresses =
    [
        "/observatorio", "/observatorio?nivel=departamento&indicador=modularity", "/observatorio/pais", "/observatorio/pais?monto=costo", "/observatorio/departamento/02", "/observatorio/departamento/02?monto=costo&partes=distrito",
        "/observatorio/provincia/0201?monto=costo", "/observatorio/provincia/0201?anio=2023", "/observatorio/municipalidad/020101?monto=costo", "/observatorio/funciones", "/observatorio/lugares", "/observatorio/proyectos?lugar=02",
        "/observatorio/agrupamientos", "/observatorio/hoja/02?monto=costo", "/observatorio/hoja/0201", "/observatorio/cuadro-1",
    ];

    [FilledObservatoryFact]
    public async Task Filled_pages_have_no_barrier_fit_and_load_without_an_error()
    {
        await using var site = await FilledSite.StartAsync();
        await using var window = await site.Browser.NewContextAsync(new() { BaseURL = site.Address, Locale = "es-PE" });
        var page = await window.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add($"{page.Url}: {error}");
        page.Console += (_, said) => { if (said.Type == "error") errors.Add($"{page.Url}: {said.Text}"); };
        using var plain = new HttpClient { BaseAddress = new Uri(site.Address) };
        var walk = new Walk(new Dictionary<string, string>(), page);
        foreach (var address in Addresses)
        {
            await walk.OpenAsync(address);
            (await plain.GetByteArrayAsync(new Uri(address, UriKind.Relative))).Length.ShouldBeLessThanOrEqualTo(100 * 1024, address);
            // The figures are there: no page of these says that there is nothing to show.
            (await page.Locator("text=./minka spend import").CountAsync()).ShouldBe(0, address);
        }
        walk.Faults.ShouldBeEmpty();
        errors.ShouldBeEmpty();
    }

    [FilledObservatoryFact]
    public async Task The_sheet_of_a_province_takes_two_pages_of_paper()
    {
        await using var site = await FilledSite.StartAsync();
        var page = await site.Browser.NewPageAsync(new() { BaseURL = site.Address });
        foreach (var address in (string[])["/observatorio/hoja/0201", "/observatorio/hoja/02?monto=costo"])
        {
            await page.GotoAsync(address);
            // The place, the curve and the peers are on it.
            (await page.Locator(".locator svg.map").CountAsync()).ShouldBe(site.HasOutlines ? 1 : 0);
            (await page.GetByText("Curva de Lorenz").CountAsync()).ShouldBeGreaterThan(0);
            var paper = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
            Sheets().Count(paper).ShouldBe(2, address);
        }
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheets();

    [AttributeUsage(AttributeTargets.Method)]
    sealed class FilledObservatoryFactAttribute : FactAttribute
    {
        public FilledObservatoryFactAttribute()
        {
            if (Chromium.Missing is { } reason) Skip = reason;
            else if (!DuckLibrary.IsHere) Skip = "DuckDB is absent (cd native && npm ci --ignore-scripts): the observatory stays empty.";
        }
    }

    sealed class FilledSite(WebApplication app, IPlaywright playwright, IBrowser browser, string folder, string address, bool outlines) : IAsyncDisposable
    {
        public IBrowser Browser => browser;

        public string Address => address;

        public bool HasOutlines => outlines;

        public static async Task<FilledSite> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("minka-journeys-").FullName;
            var store = Path.Combine(folder, "observatorio");
            GivenSpending.Generated(store, 40_000, 1, 2023);
            GivenSpending.Generated(store, 40_000, 2, 2024);
            using (var text = new StringWriter())
            {
                SpendGenerator.Write(text, GeneratedKind.Investments, 20_000, 3);
                GivenSpending.Import(store, "DETALLE_INVERSIONES.csv", text.ToString());
            }
            // As the command line does after an import: a page of a busy machine would say that the figures are being prepared.
            SpendReading.Open(store).ShouldNotBeNull();
            var port = Chromium.FreePort();
            var pack = Shared.Has("packs/pe-2025") ? Shared.At("packs", "pe-2025") : null;
            var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Mode = StartMode.Empty, Clockwork = false, Pack = pack }, b => b.Logging.SetMinimumLevel(LogLevel.Error));
            await app.StartAsync();
            var playwright = await Playwright.CreateAsync();
            return new(app, playwright, await Chromium.StartAsync(playwright), folder, $"http://localhost:{port}", pack is not null);
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
