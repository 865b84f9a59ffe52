using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Api;

/// <summary>
/// The register as files, for whoever verifies without trusting these pages: heads, keys, leaves, tiles, proofs. The leaves come
/// one a line, each line exactly the bytes whose hash is in the tree.
/// </summary>
public static class RegisterApi
{
    const int LeavesAtOnce = 1_000;
    const int TileWidth = 256;

    public static void MapRegister(this IEndpointRouteBuilder routes)
    {
        var open = new PublicAttribute();
        routes.MapGet("/registro/checkpoint", CheckpointAsync).WithMetadata(open);
        routes.MapGet("/registro/llaves", KeysAsync).WithMetadata(open);
        routes.MapGet("/registro/llave.pem", PemAsync).WithMetadata(open);
        routes.MapGet("/registro/hojas", LeavesAsync).WithMetadata(open);
        routes.MapGet("/registro/{index:long}/hoja.json", LeafAsync).WithMetadata(open);
        routes.MapGet("/registro/{index:long}/prueba.json", ProofAsync).WithMetadata(open);
        routes.MapGet("/registro/consistencia.json", ConsistencyAsync).WithMetadata(open);
        routes.MapGet("/registro/tile/{level:int}/{**tile}", TileAsync).WithMetadata(open);
    }

    static async Task<IResult> CheckpointAsync(AppDb db, string? hojas, HttpContext context, T t)
    {
        var chosen = db.Checkpoints.OrderByDescending(c => c.Size).AsQueryable();
        if (hojas is not null)
        {
            if (Number(hojas) is not { } size) return Refused(context, t["register.api.number", "hojas"]);
            chosen = chosen.Where(c => c.Size == size);
        }
        if (await chosen.FirstOrDefaultAsync() is not { } head) return Missing(context, t["register.head.none"]);
        context.Response.Headers.CacheControl = hojas is null ? "no-cache" : Forever;
        return Results.Text(head.Note, "text/plain", Encoding.UTF8);
    }

    static async Task<IResult> KeysAsync(AppDb db, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(SigningKeys.Jwks(await KeysOfAsync(db)), "application/jwk-set+json", Encoding.UTF8);
    }

    static async Task<IResult> PemAsync(AppDb db, string? kid, HttpContext context, T t)
    {
        var keys = await KeysOfAsync(db);
        var key = kid is null ? keys[^1] : keys.FirstOrDefault(k => k.Id == kid);
        return key is null ? Missing(context, t["register.api.key"]) : Results.Text(key.Pem + "\n", "application/x-pem-file", Encoding.ASCII);
    }

    static async Task<IResult> LeavesAsync(AppDb db, HttpContext context, T t, string? desde, string? hasta)
    {
        if (Number(desde ?? "0") is not { } from) return Refused(context, t["register.api.number", "desde"]);
        if (Number(hasta ?? (from + LeavesAtOnce).ToString(CultureInfo.InvariantCulture)) is not { } to || to < from) return Refused(context, t["register.api.number", "hasta"]);
        to = Math.Min(to, from + LeavesAtOnce);
        var leaves = await db.Leaves.Where(l => l.Index >= from && l.Index < to).OrderBy(l => l.Index).Select(l => l.Body).ToListAsync();
        if (leaves.Count == LeavesAtOnce) context.Response.Headers.Link = $"</registro/hojas?desde={from + LeavesAtOnce}>; rel=\"next\"";
        using var lines = new MemoryStream();
        foreach (var leaf in leaves)
        {
            lines.Write(leaf);
            lines.WriteByte((byte)'\n');
        }
        return Results.Bytes(lines.ToArray(), "application/jsonl; charset=utf-8");
    }

    static async Task<IResult> LeafAsync(AppDb db, long index, HttpContext context, T t) =>
        await db.Leaves.SingleOrDefaultAsync(l => l.Index == index) is { } leaf
            ? Results.Bytes(leaf.Body, "application/json; charset=utf-8", $"hoja-{index.ToString(CultureInfo.InvariantCulture)}.json")
            : Missing(context, t["register.api.leaf"]);

    static async Task<IResult> ProofAsync(RegisterProofs proofs, long index, HttpContext context, T t)
    {
        InclusionProof proof;
        try
        {
            proof = await proofs.OfLeafAsync(index);
        }
        catch (NotFound)
        {
            return Missing(context, t["register.api.leaf"]);
        }
        return Json(new JsonObject
        {
            ["index"] = proof.Index,
            ["leafHash"] = proof.LeafHash.Hex,
            ["size"] = proof.Size,
            ["root"] = proof.Root.Hex,
            ["proof"] = Hashes(proof.Hashes),
            ["checkpoint"] = proof.Checkpoint?.Note,
            ["leaf"] = Encoding.UTF8.GetString(proof.Leaf),
        }, $"prueba-{index.ToString(CultureInfo.InvariantCulture)}.json");
    }

    static async Task<IResult> ConsistencyAsync(RegisterProofs proofs, HttpContext context, T t, string? desde, string? hasta)
    {
        if (Number(desde) is not { } from) return Refused(context, t["register.api.number", "desde"]);
        if (Number(hasta) is not { } to) return Refused(context, t["register.api.number", "hasta"]);
        try
        {
            var proof = await proofs.BetweenAsync(from, to);
            return Json(new JsonObject
            {
                ["from"] = new JsonObject { ["size"] = proof.OldSize, ["root"] = proof.OldRoot.Hex },
                ["to"] = new JsonObject { ["size"] = proof.NewSize, ["root"] = proof.NewRoot.Hex },
                ["proof"] = Hashes(proof.Hashes),
            }, $"consistencia-{from.ToString(CultureInfo.InvariantCulture)}-{to.ToString(CultureInfo.InvariantCulture)}.json");
        }
        catch (RuleBroken broken)
        {
            return Refused(context, t.Of(broken));
        }
    }

    // C2SP tlog-tiles: tile/L/N holds the hashes of level 8·L from node 256·N on; N in groups of three digits (x001/067),
    // and ".p/W" after it for a tile that has W hashes so far.
    static async Task<IResult> TileAsync(AppDb db, RegisterTree tree, int level, string tile, HttpContext context, T t)
    {
        await tree.CatchUpAsync(db);
        var parts = tile.Split(".p/");
        if (level is < 0 or > 7 || parts.Length > 2 || TileNumber(parts[0]) is not { } number) return Missing(context, t["register.api.tile"]);
        var width = TileWidth;
        if (parts.Length == 2)
        {
            if (Number(parts[1]) is not { } given || given is < 1 or >= TileWidth) return Missing(context, t["register.api.tile"]);
            width = (int)given;
        }
        var nodes = tree.Read(x => x.Nodes(8 * level));
        var from = (ulong)number * TileWidth;
        if (from + (ulong)width > nodes) return Missing(context, t["register.api.tile"]);
        context.Response.Headers.CacheControl = Forever;
        return Results.Bytes(tree.Read(x => x.Stretch(8 * level, from, width)), "application/octet-stream");
    }

    static long? TileNumber(string path)
    {
        var groups = path.Split('/');
        if (groups.Length > 5) return null;
        long number = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            if (i < groups.Length - 1)
            {
                if (group is not ['x', ..]) return null;
                group = group[1..];
            }
            if (group.Length != 3 || Number(group) is not { } digits) return null;
            number = number * 1000 + digits;
        }
        return number;
    }

    const string Forever = "public, max-age=31536000, immutable";

    static async Task<IReadOnlyList<VerifyingKey>> KeysOfAsync(AppDb db) =>
        [.. (await db.RegisterKeys.OrderBy(k => k.From).ToListAsync()).Select(k => k.ToVerifyingKey())];

    static JsonArray Hashes(IReadOnlyList<Digest> hashes) => [.. hashes.Select(h => (JsonNode)h.Hex)];

    static long? Number(string? text) => text is { Length: <= 18 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static IResult Json(JsonObject content, string name) =>
        Results.File(Encoding.UTF8.GetBytes(content.ToJsonString(Indented) + "\n"), "application/json; charset=utf-8", name);

    static readonly System.Text.Json.JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    // Plain words for programs: the error page for people is not put in their place.
    static IResult Refused(HttpContext context, string why) => Words(context, why, StatusCodes.Status400BadRequest);

    static IResult Missing(HttpContext context, string why) => Words(context, why, StatusCodes.Status404NotFound);

    static IResult Words(HttpContext context, string why, int status)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        return Results.Text(why + "\n", "text/plain", Encoding.UTF8, status);
    }
}
