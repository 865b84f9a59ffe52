using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>Which text of a strategy somebody may read: all the adopted one, its people also drafts and versions.</summary>
public sealed record ReadStrategy(CoordinationEntity Entity, Strategy Strategy, StrategyContent Content, Digest Digest, int? Version, Resolution? Resolution)
{
    public bool IsAdopted => Digest == Strategy.AdoptedDigest;

    public static async Task<ReadStrategy> FindAsync(AppDb db, Screen screen, string slug, Guid id, int? version)
    {
        var entity = await db.EntityAsync(slug);
        var strategy = await db.StrategyAsync(entity.Id, new(id));
        var reader = screen.May(PlanningFinds.Readers);
        if (strategy.AdoptedContent is null && !reader) throw new NotFound("strategy", id);
        var resolution = strategy.AdoptedByResolutionId is { } adopted ? await db.Resolutions.SingleOrDefaultAsync(r => r.Id == adopted) : null;
        if (version is { } number)
        {
            var kept = await db.StrategyVersions.SingleOrDefaultAsync(v => v.StrategyId == strategy.Id && v.Number == number);
            if (kept is null || (!reader && kept.Digest != strategy.AdoptedDigest)) throw new NotFound("strategy-version", number);
            return new(entity, strategy, kept.ReadContent(), kept.Digest, number, resolution);
        }
        var content = strategy.AdoptedContent is { } text ? StrategyContent.Read(text) : await db.StrategyContentAsync(strategy);
        return new(entity, strategy, content, strategy.AdoptedDigest ?? content.Digest(), null, resolution);
    }
}

/// <summary>A strategy whole, to read and to print.</summary>
[Public]
public sealed class DocumentModel(AppDb db) : Screen
{
    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Number { get; set; }

    public ReadStrategy Read { get; private set; } = null!;

    /// <summary>Which sheet is shown, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "hoja")]
    public int Sheet { get; set; } = 1;

    public int SheetCount { get; private set; }

    public string AddressOf(int sheet) => $"{Home}/documento?hoja={sheet}{(Number is { } number ? $"&version={number}" : "")}";

    public IReadOnlyList<PaperPart> Parts { get; private set; } = [];

    public bool MayRead { get; private set; }

    public string Home => $"/entidades/{Read.Entity.Slug}/estrategia/{Read.Strategy.Id.Value}";

    public override async Task LoadAsync()
    {
        Read = await ReadStrategy.FindAsync(db, this, Route("entity"), RouteId("strategy"), Number);
        var sheets = StrategyPaper.Sheets(StrategyPaper.Of(Read.Content, T));
        SheetCount = sheets.Count;
        Sheet = Math.Clamp(Sheet, 1, SheetCount);
        Parts = sheets[Sheet - 1];
        MayRead = May(PlanningFinds.Readers);
    }

    /// <summary>The exact text whose digest was voted.</summary>
    public async Task<IActionResult> OnGetContentAsync()
    {
        await LoadAsync();
        return File(CanonicalJson.Bytes(Read.Content), "application/json", $"{Read.Entity.Slug}-estrategia.json");
    }
}
