using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;

namespace Minka.Cli.Verbs;

/// <summary><c>pack build|list|check|add</c>: country packs, from original public files by a recipe, or brought along. See docs/observatory.md.</summary>
static class PackVerb
{
    public static Command Create() => new("pack", "Country packs: built from public files by a recipe, listed, checked, added.") { Build(), List(), Check(), Add() };

    static Option<string> Language()
    {
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        return language;
    }

    static Option<string> Packs() => new("--packs") { Description = "Folder of the packs.", DefaultValueFactory = _ => "packs" };

    static Command Build()
    {
        var id = new Argument<string>("recipe") { Description = $"A recipe that comes with Minka ({string.Join(", ", PackRecipe.Known)}), or the file of one." };
        var from = new Option<string?>("--from") { Description = "Folder of the original files; nothing is downloaded." };
        var output = new Option<string?>("--out") { Description = "Folder of the pack; default: packs/ID." };
        var mirror = new Option<string?>("--mirror") { Description = "Another address that holds the files by their names." };
        var cache = new Option<string?>("--cache") { Description = "Folder of what is downloaded; default: beside the pack." };
        var language = Language();
        var command = new Command("build", "Downloads (with resume), verifies and joins public files into a country pack.") { Arguments = { id }, Options = { from, output, mirror, cache, language } };
        command.SetAction((p, cancel) => BuildAsync(p.GetValue(id)!, p.GetValue(from), p.GetValue(output), AddressOf(p.GetValue(mirror)), p.GetValue(cache), p.GetValue(language)!, Console.Out, Console.Error, cancel: cancel));
        return command;
    }

    /// <summary>As typed: what is no address of the web is told by the recipe.</summary>
    static Uri? AddressOf(string? typed) => typed is null ? null : Uri.TryCreate(typed, UriKind.RelativeOrAbsolute, out var address) ? address : new(Uri.EscapeDataString(typed), UriKind.Relative);

    static Command List()
    {
        Option<string> packs = Packs(), language = Language();
        var command = new Command("list", "The packs of a folder, and the recipes that come with Minka.") { Options = { packs, language } };
        command.SetAction((p, _) => ListAsync(p.GetValue(packs)!, p.GetValue(language)!, Console.Out));
        return command;
    }

    static Command Check()
    {
        var path = new Argument<string>("pack") { Description = "Folder or zip." };
        var language = Language();
        var command = new Command("check", "Every fault of a pack, by file, line and column.") { Arguments = { path }, Options = { language } };
        command.SetAction((p, _) => CheckAsync(p.GetValue(path)!, p.GetValue(language)!, Console.Out, Console.Error));
        return command;
    }

    static Command Add()
    {
        var path = new Argument<string>("pack") { Description = "Folder or zip." };
        Option<string> packs = Packs(), language = Language();
        var command = new Command("add", "Checks a pack and copies it into the folder of packs.") { Arguments = { path }, Options = { packs, language } };
        command.SetAction((p, _) => AddAsync(p.GetValue(path)!, p.GetValue(packs)!, p.GetValue(language)!, Console.Out, Console.Error));
        return command;
    }

    /// <returns>0 built or already there; 2 it could not be: one message with the file, the reason and the remedy, and the pack of before untouched.</returns>
    public static async Task<int> BuildAsync(string id, string? from, string? output, Uri? mirror, string? cache, string language, TextWriter told, TextWriter errors, SourceFetch? fetch = null, CancellationToken cancel = default)
    {
        var words = new Words(language);
        try
        {
            var recipe = PackRecipe.Find(id) ?? (File.Exists(id) ? PackRecipe.Parse(await File.ReadAllTextAsync(id, cancel)) : throw new PackBuildFault("recipe-unknown", id, string.Join(", ", PackRecipe.Known)));
            var folder = Path.TrimEndingDirectorySeparator(output ?? Path.Combine("packs", recipe.Id));
            using var http = SourceFetch.Client();
            var installer = new PackInstaller(recipe, from is null ? fetch ?? new SourceFetch(http, TimeProvider.System) : null);
            var built = await installer.BringAsync(from ?? cache ?? folder + ".sources", folder, mirror, next => PackReader.Load(next), new Shown(words, told, errors), cancel);
            if (built.AlreadyThere)
            {
                await told.WriteLineAsync(words.Of("pack-build.same", folder));
                return 0;
            }
            foreach (var (path, bytes) in built.Files) await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {bytes,10}  {path}"));
            foreach (var note in built.Notes) await told.WriteLineAsync("  " + note);
            await TellAsync(PackReader.Load(folder), words, told);
            await told.WriteLineAsync(words.Of("pack-build.done", folder));
            return 0;
        }
        catch (PackRefused refused)
        {
            await FaultsAsync(refused.Faults, errors);
            return 2;
        }
        catch (Exception e) when (e is PackBuildFault or JsonException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"pack build: {e switch
            {
                PackBuildFault fault => $"{words.Of("pack-fault." + fault.Code, fault.Args)} {words.Of("pack-build.remedy." + JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Remedy.ToString()))}".TrimEnd(),
                JsonException broken => words.Of("pack-build.recipe-broken", id, broken.Message),
                _ => e.Message,
            }}");
            return 2;
        }
    }

    public static async Task<int> ListAsync(string packs, string language, TextWriter told)
    {
        var words = new Words(language);
        foreach (var folder in (Directory.Exists(packs) ? Directory.EnumerateDirectories(packs) : []).Where(d => File.Exists(Path.Combine(d, "manifest.json"))).Order(StringComparer.Ordinal))
        {
            var reading = PackReader.Read(folder);
            await told.WriteLineAsync(reading.Country is { } c
                ? words.Of("pack-list.line", folder, c.Pack.Name, c.Departments.Count, c.Provinces.Count, c.Districts.Count)
                : words.Of("pack-list.faulty", folder, reading.Faults.Count));
        }
        foreach (var recipe in PackRecipe.Known) await told.WriteLineAsync(words.Of("pack-list.recipe", recipe, Directory.Exists(Path.Combine(packs, recipe)) ? words.Of("pack-list.built") : words.Of("pack-list.to-build", recipe)));
        return 0;
    }

    /// <returns>0 without fault; 1 faulty.</returns>
    public static async Task<int> CheckAsync(string path, string language, TextWriter told, TextWriter errors)
    {
        var reading = PackReader.Read(path);
        if (await FaultsAsync(reading, errors)) return 1;
        await TellAsync(reading.Country!, new Words(language), told);
        return 0;
    }

    public static async Task<int> AddAsync(string path, string packs, string language, TextWriter told, TextWriter errors)
    {
        var words = new Words(language);
        var reading = PackReader.Read(path);
        if (await FaultsAsync(reading, errors)) return 1;
        var id = reading.Country!.Pack.Id;
        if (id.Length is 0 or > 60 || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            await errors.WriteLineAsync(words.Of("pack-add.id", id));
            return 2;
        }
        var folder = Path.Combine(packs, id);
        if (Path.GetFullPath(path) == Path.GetFullPath(folder))
        {
            await told.WriteLineAsync(words.Of("pack-build.same", folder));
            return 0;
        }
        var next = folder + ".next";
        if (Directory.Exists(next)) Directory.Delete(next, recursive: true);
        Directory.CreateDirectory(next);
        Copy(path, next, reading.Country.Sources.Select(s => s.Path));
        if (await FaultsAsync(PackReader.Read(next), errors)) return 1;
        PackBuilder.Install(next, folder);
        await told.WriteLineAsync(words.Of("pack-add.done", folder));
        return 0;
    }

    /// <summary>The manifest, its files and a notice; nothing else of what was brought along.</summary>
    static void Copy(string path, string next, IEnumerable<string> files)
    {
        string[] names = [.. files, "manifest.json", "NOTICE.md"];
        if (Directory.Exists(path))
        {
            foreach (var name in names.Where(n => File.Exists(Path.Combine(path, n)))) Put(name, () => File.OpenRead(Path.Combine(path, name)));
            return;
        }
        using var zip = System.IO.Compression.ZipFile.OpenRead(path);
        var manifest = zip.Entries.Where(e => e.FullName == "manifest.json" || e.FullName.EndsWith("/manifest.json", StringComparison.Ordinal)).OrderBy(e => e.FullName.Count(c => c == '/')).ThenBy(e => e.FullName, StringComparer.Ordinal).First();
        var top = manifest.FullName[..^"manifest.json".Length];
        foreach (var name in names)
            if (zip.GetEntry(top + name) is { } entry) Put(name, entry.Open);

        void Put(string name, Func<Stream> open)
        {
            var to = Path.Combine(next, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            using var from = open();
            using var file = File.Create(to);
            from.CopyTo(file);
        }
    }

    static Task<bool> FaultsAsync(PackReading reading, TextWriter errors) => FaultsAsync(reading.Faults, errors);

    static async Task<bool> FaultsAsync(IReadOnlyList<PackFault> faults, TextWriter errors)
    {
        if (faults.Count == 0) return false;
        await errors.WriteLineAsync(PackText.Refused);
        foreach (var fault in faults) await errors.WriteLineAsync("  " + PackText.LineOf(fault));
        return true;
    }

    static async Task TellAsync(Country country, Words words, TextWriter told)
    {
        await told.WriteLineAsync(words.Of("pack-check.counts", country.Departments.Count, country.Provinces.Count, country.Districts.Count, Whole(country.Departments.Sum(d => (decimal)(d.Population ?? 0)))));
        foreach (var indicator in country.IndicatorsOf(Level.District).Where(i => i.Kind == IndicatorKind.Amount && i.Key.StartsWith("municipal-", StringComparison.Ordinal)))
            await told.WriteLineAsync(words.Of("pack-check.sum", indicator.Name, indicator.Year, Whole(indicator.Values.Values.Sum()), indicator.Values.Count, country.Districts.Count));
    }

    static string Whole(decimal value) => value.ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', ' ');

    sealed class Shown(Words words, TextWriter told, TextWriter errors) : IProgress<PackProgress>
    {
        readonly bool isTerminal = ReferenceEquals(errors, Console.Error) && !Console.IsErrorRedirected;
        (string File, long Bytes, int Attempt) shown;

        public void Report(PackProgress value)
        {
            if (value.Step == PackStep.Fetched)
            {
                told.WriteLine(words.Of("pack-build.fetched", value.File, value.Bytes));
                return;
            }
            if (value.Step != PackStep.Fetching || !isTerminal) return;
            if (value.File == shown.File && value.Attempt == shown.Attempt && value.Bytes < shown.Bytes + 250_000) return;
            shown = (value.File, value.Bytes, value.Attempt);
            var again = value.Attempt > 1 ? " " + words.Of("pack-build.attempt", value.Attempt) : "";
            errors.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.File} {value.Bytes / 1e6:0.0}{(value.Whole is { } whole ? $" / {whole / 1e6:0.0}" : "")} MB{again}  \r"));
        }
    }
}
