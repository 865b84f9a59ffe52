using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Minutes;

[May(Role.Secretary)]
public sealed class SignModel(AppDb db, AttachSignature attach) : Screen
{
    [BindProperty]
    public IFormFile? Evidence { get; set; }

    [BindProperty]
    public IFormFile? Signed { get; set; }

    [BindProperty]
    public string? Signers { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        if (Assembly.MinutesDigest is null) throw new NotFound("minutes", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Evidence is null)
        {
            Fault(nameof(Evidence), "rule.file.empty");
            return await AgainAsync();
        }
        try
        {
            await attach.ExecuteAsync(new SignedSubject(Assembly.MinutesSubject, Assembly.Id.Value, Assembly.MinutesDigest!.Value),
                new SignatureInput(await BytesAsync(Evidence), Evidence.FileName, Signers, Signed is null ? null : await BytesAsync(Signed)), Actor);
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("file.", StringComparison.Ordinal) || broken.Code.StartsWith("signature.", StringComparison.Ordinal))
        {
            Fault(broken.Code == "signature.signers-missing" ? nameof(Signers) : nameof(Evidence), "rule." + broken.Code, broken.Args);
            return await AgainAsync();
        }
        Say("entities.sign.done");
        return Redirect($"/asambleas/{Assembly.Id.Value}/acta");
    }

    static async Task<byte[]> BytesAsync(IFormFile file)
    {
        if (file.Length > FileStore.Largest) throw new RuleBroken("file.too-large", FileStore.LargestMegabytes);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
