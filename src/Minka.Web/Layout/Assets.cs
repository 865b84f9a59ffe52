using System.Collections.Frozen;
using System.IO.Compression;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Layout;

/// <summary>The embedded static files: read and compressed once, served with a digest in the address and cached for a year.</summary>
public static class Assets
{
    sealed record Asset(string Type, byte[] Plain, byte[] Brotli, string Tag);

    static readonly FrozenDictionary<string, Asset> All = Read();

    /// <summary>The address of a file with the digest of its content: <c>/minka.css?v=1a2b3c4d</c>.</summary>
    public static string Url(string path) => All.TryGetValue(path, out var asset) ? $"/{path}?v={asset.Tag}" : $"/{path}";

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, asset) in All)
        {
            routes.MapGet("/" + path, (HttpContext context) =>
            {
                var headers = context.Response.Headers;
                headers.ETag = $"\"{asset.Tag}\"";
                headers.CacheControl = context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300";
                headers.Vary = "Accept-Encoding";
                var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
                if (brotli) headers.ContentEncoding = "br";
                return Results.Bytes(brotli ? asset.Brotli : asset.Plain, asset.Type);
            }).WithMetadata(new Unguarded());
        }
    }

    static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal)).ToFrozenDictionary(
            n => n["wwwroot/".Length..],
            n =>
            {
                using var stream = assembly.GetManifestResourceStream(n)!;
                using var plain = new MemoryStream();
                stream.CopyTo(plain);
                using var packed = new MemoryStream();
                using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(plain.ToArray());
                return new Asset(TypeOf(n), plain.ToArray(), packed.ToArray(), Digest.Of(plain.ToArray()).Short);
            }, StringComparer.Ordinal);
    }

    static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".txt" => "text/plain; charset=utf-8",
        ".webmanifest" or ".json" => "application/json",
        _ => "application/octet-stream",
    };
}
