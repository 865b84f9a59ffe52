using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Web.Access;

namespace Minka.Web.Api;

/// <summary>The public bundle of an awarded call; written anew when the register has grown.</summary>
public static class BundleApi
{
    static readonly SemaphoreSlim One = new(1);

    public static void MapBundles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resultados/{call}/paquete.zip", BundleAsync).WithMetadata(new PublicAttribute());

    static async Task<IResult> BundleAsync(string call, AppDb db, RegisterTree tree, Checkpoints checkpoints, BundleWriter writer, DbSettings settings, CancellationToken cancel)
    {
        var found = await db.Calls.SingleOrDefaultAsync(c => c.Slug == call && c.State == CallState.Awarded, cancel);
        if (found is null) return Results.NotFound();
        var folder = Path.Combine(settings.DataFolder, "bundles");
        await One.WaitAsync(cancel);
        try
        {
            await tree.CatchUpAsync(db, cancel);
            var path = PathOf(tree.Size);
            if (!File.Exists(path))
            {
                var (zip, _) = await writer.WriteAsync(found.Id, cancel);
                path = PathOf((await checkpoints.LatestAsync(cancel))!.Size);
                Directory.CreateDirectory(folder);
                foreach (var old in Directory.EnumerateFiles(folder, $"{found.Id.Value:N}-*.zip")) File.Delete(old);
                var part = path + ".part";
                await File.WriteAllBytesAsync(part, zip, cancel);
                File.Move(part, path, overwrite: true);
            }
            return Results.Bytes(await File.ReadAllBytesAsync(path, cancel), "application/zip", $"{call}.zip");
        }
        finally
        {
            One.Release();
        }

        string PathOf(long size) => Path.Combine(folder, $"{found.Id.Value:N}-{size.ToString(CultureInfo.InvariantCulture)}.zip");
    }
}
