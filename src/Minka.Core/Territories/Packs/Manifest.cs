using Minka.Core.Kernel;

namespace Minka.Core.Territories.Packs;

/// <summary>What the manifest says of one file.</summary>
sealed record ManifestFile(string Path, string Kind, IReadOnlyList<Level> Levels, int? Rows, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, int> Objects, int? Year, Place Place)
{
    public required string Source { get; init; }

    public required string Licence { get; init; }

    public required string Attribution { get; init; }

    public required Digest Sha256 { get; init; }

    public required IReadOnlyList<IndicatorColumn> Indicators { get; init; }

    public bool IsTopology => Path.EndsWith(".topojson", StringComparison.OrdinalIgnoreCase);
}

sealed record Manifest(PackIdentity Pack, IReadOnlyList<ManifestFile> Files)
{
    const int MostFiles = 500;

    public static Manifest? Read(byte[] bytes, FaultList faults)
    {
        const string file = PackReader.ManifestName;
        StrictText.Decode(file, bytes, faults);
        if (!faults.None || JsonValue.Read(file, bytes, faults) is not { } root) return null;

        var identity = new PackIdentity(Required(root, "id"), Required(root, "name"), Required(root, "country"), root["language"]?.Text ?? "es", Digest.Of(bytes));
        if (root["files"]?.Items is not { Count: > 0 } list)
        {
            Field(root, "files");
            return null;
        }
        if (list.Count > MostFiles)
        {
            faults.Add(file, null, PackFaults.TooManyFiles, $"{MostFiles}");
            return null;
        }
        var files = list.Select(ReadFile).OfType<ManifestFile>().ToArray();
        foreach (var twice in files.GroupBy(f => f.Path, StringComparer.OrdinalIgnoreCase).SelectMany(g => g.Skip(1)))
            faults.Add(file, twice.Place, PackFaults.PathDuplicate, twice.Path);
        return new(identity, files);

        ManifestFile? ReadFile(JsonValue entry)
        {
            if (entry.Properties is null)
            {
                Field(entry, "files");
                return null;
            }
            var path = Required(entry, "path");
            if (path.Length > 0 && !StaysInside(path))
            {
                faults.Add(file, PlaceOf(entry["path"]!), PackFaults.PathEscapes, path);
                return null;
            }
            var kind = Required(entry, "kind");
            var used = PackReader.UsedKinds.Contains(kind);
            if (!Digest.TryParse(Required(entry, "sha256"), out var digest) && entry["sha256"]?.Text is not null) Field(entry["sha256"]!, "sha256");
            var levels = (entry["level"]?.Text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(LevelOf).OfType<Level>().ToArray();
            if (used && levels.Length == 0) Field(entry, "level");
            if (used && entry["rows"]?.WholeNumber is null) Field(entry, "rows");
            if (used && entry["columns"]?.Items is not { Count: > 0 }) Field(entry, "columns");
            return new(
                path, kind, levels,
                entry["rows"]?.WholeNumber,
                [.. (entry["columns"]?.Items ?? []).Select(c => c.Text ?? "")],
                entry["objects"]?.Properties?.Where(o => o.Value.WholeNumber is not null).ToDictionary(o => o.Key, o => o.Value.WholeNumber!.Value) ?? [],
                entry["vintageYear"]?.WholeNumber ?? (entry["vintageYear"]?.Numbers is { Length: > 0 } years ? (int)Math.Clamp(years.Max(), 0, 9999) : null),
                PlaceOf(entry))
            {
                Licence = Required(entry, "licence"),
                Attribution = Required(entry, "attribution"),
                Sha256 = digest,
                Source = SourceOf(entry),
                Indicators = [.. (entry["indicators"]?.Items ?? []).Select(ReadIndicator).OfType<IndicatorColumn>()],
            };
        }

        IndicatorColumn? ReadIndicator(JsonValue entry)
        {
            string column = Required(entry, "column"), key = Required(entry, "key"), name = Required(entry, "name"), unit = Required(entry, "unit");
            if (!Enum.TryParse<IndicatorKind>(Required(entry, "kind"), ignoreCase: true, out var kind)) Field(entry, "kind");
            return new(column, key, name, unit, entry["year"]?.WholeNumber, kind) { NameEn = entry["nameEn"]?.Text, UnitEn = entry["unitEn"]?.Text };
        }

        string Required(JsonValue of, string name)
        {
            if (of[name]?.Text is { } text && !string.IsNullOrWhiteSpace(text)) return text;
            Field(of, name);
            return "";
        }

        void Field(JsonValue of, string name) => faults.Add(file, PlaceOf(of[name] ?? of), PackFaults.ManifestField, name);

        Place PlaceOf(JsonValue value) => JsonValue.PlaceOf(bytes, value.Offset);
    }

    /// <summary>A relative path of plain names, so that no pack can make Minka read anything else.</summary>
    static bool StaysInside(string path) =>
        path.Length <= 200
        && !path.Any(c => c is '\\' or ':' || char.IsControl(c))
        && path.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));

    static Level? LevelOf(string name) => name switch
    {
        "department" => Level.Department,
        "province" => Level.Province,
        "district" or "municipality" => Level.District,
        _ => null,
    };

    static string SourceOf(JsonValue entry) =>
        string.Join("; ", (entry["source"]?.Items ?? []).Select(s => string.Join(' ', new[]
        {
            s["repository"]?.Text ?? s["package"]?.Text,
            (s["commit"]?.Text is { Length: > 7 } commit ? commit[..7] : s["commit"]?.Text) ?? s["version"]?.Text,
            s["path"]?.Text,
        }.Where(t => !string.IsNullOrEmpty(t)))).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
}
