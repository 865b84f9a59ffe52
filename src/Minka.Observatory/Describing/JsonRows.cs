using System.Globalization;
using System.Text.Json;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>Rows of the JSON of 360Giving (a grant each) and of OCDS (a contracting process each); the first row holds headings.</summary>
/// <remarks>
/// The document is held in memory, at most <see cref="MostBytes"/>. Recipients who are persons are not read. Of several releases of one process the
/// last by date counts; its amount is that of its contracts, else of its awards, else of its tender.
/// </remarks>
internal sealed class JsonRows : TableRows
{
    /// <summary>The most bytes of a document.</summary>
    public const int MostBytes = 300_000_000;

    private static readonly string[] GrantHeads = ["identifier", "title", "currency", "amountAwarded", "amountDisbursed", "awardDate", "recipientOrganization", "fundingOrganization", "place", "placeCode"];
    private static readonly string[] ContractHeads = ["ocid", "title", "buyer", "date", "status", "currency", "amount", "procuringEntity", "region", "method"];

    private readonly IEnumerator<string?[]> _rows;
    private long _line;

    public JsonRows(Stream content)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            if (copy.Length + read > MostBytes)
                throw new TableFault("json-large", MostBytes / 1_000_000);
            copy.Write(buffer, 0, read);
        }

        try
        {
            var text = copy.GetBuffer().AsMemory(0, (int)copy.Length);
            if (text.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                text = text[3..];
            using var document = JsonDocument.Parse(text);
            _rows = Rows(document.RootElement).ToList().GetEnumerator();
        }
        catch (JsonException e)
        {
            throw new TableFault("json-broken", (e.LineNumber ?? 0) + 1);
        }
    }

    public override bool Read(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Clear();
        if (!_rows.MoveNext())
            return false;
        row.Line = ++_line;
        foreach (var cell in _rows.Current)
        {
            row.Append(cell);
            row.EndCell();
        }

        return true;
    }

    public override void Dispose() => _rows.Dispose();

    private static IEnumerable<string?[]> Rows(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : new[] { "grants", "releases", "records" }.Select(n => root.TryGetProperty(n, out var found) && found.ValueKind == JsonValueKind.Array ? found : default).FirstOrDefault(e => e.ValueKind == JsonValueKind.Array);
        if (list.ValueKind != JsonValueKind.Array)
            list = default;
        List<JsonElement> items = list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : root.TryGetProperty("ocid", out _) ? [root] : [];
        if (items.Any(i => Text(i, "ocid") is not null))
        {
            yield return ContractHeads;
            foreach (var release in items.Where(i => i.ValueKind == JsonValueKind.Object).Select(Release).GroupBy(r => Text(r, "ocid"), StringComparer.Ordinal))
                yield return Contract(release.OrderBy(r => Text(r, "date"), StringComparer.Ordinal).Last());
        }
        else if (items.Any(i => Text(i, "amountAwarded") is not null))
        {
            yield return GrantHeads;
            foreach (var grant in items.Where(i => i.ValueKind == JsonValueKind.Object))
                yield return Grant(grant);
        }
        else
        {
            throw new TableFault("json-unknown", string.Join(", ", root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Take(8).Select(p => p.Name) : []));
        }
    }

    private static JsonElement Release(JsonElement item) =>
        item.TryGetProperty("compiledRelease", out var compiled) ? compiled : item.TryGetProperty("releases", out var inner) && inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0 && inner[inner.GetArrayLength() - 1].ValueKind == JsonValueKind.Object ? inner[inner.GetArrayLength() - 1] : item;

    private static string?[] Grant(JsonElement grant) =>
    [
        Text(grant, "id"), Text(grant, "title"), Text(grant, "currency"), Text(grant, "amountAwarded"), Text(grant, "amountDisbursed"), Text(grant, "awardDate"),
        First(grant, "recipientOrganization") is { } to ? Text(to, "name") : null, First(grant, "fundingOrganization") is { } by ? Text(by, "name") : null,
        First(grant, "beneficiaryLocation") is { } place ? Text(place, "name") : null, First(grant, "beneficiaryLocation") is { } at ? Text(at, "geoCode") : null,
    ];

    private static string?[] Contract(JsonElement release)
    {
        var tender = Child(release, "tender");
        var (amount, currency) = Values(release, "contracts") ?? Values(release, "awards") ?? (tender is { } t && Child(t, "value") is { } value ? (Number(value), Text(value, "currency")) : (null, null));
        return
        [
            Text(release, "ocid"), tender is { } named ? Text(named, "title") : null, Child(release, "buyer") is { } buyer ? Text(buyer, "name") : null, Text(release, "date"),
            tender is { } state ? Text(state, "status") : null, currency, amount?.ToString(CultureInfo.InvariantCulture),
            tender is { } led && Child(led, "procuringEntity") is { } entity ? Text(entity, "name") : null, null, tender is { } how ? Text(how, "procurementMethod") : null,
        ];
    }

    private static (decimal? Amount, string? Currency)? Values(JsonElement release, string list)
    {
        if (!release.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
            return null;
        List<JsonElement> values = [.. items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object && Text(i, "status") is not ("cancelled" or "unsuccessful")).Select(i => Child(i, "value")).OfType<JsonElement>()];
        return values.Count == 0 ? null : (values.Sum(v => Number(v) ?? 0), Text(values[0], "currency"));
    }

    private static decimal? Number(JsonElement value) => value.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.TryGetDecimal(out var number) ? number : null;

    private static JsonElement? Child(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;

    private static JsonElement? First(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object ? list[0] : null;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
