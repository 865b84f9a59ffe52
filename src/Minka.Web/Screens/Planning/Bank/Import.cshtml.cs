using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>Brings projects into the bank: a table of the office's own, or the ministry's file by unique codes. Both are reviewed before anything is kept.</summary>
[May(Role.Manager, Role.Secretary)]
[RequestSizeLimit(ExtractInvestments.MostBytes + 1_000_000)]
[RequestFormLimits(MultipartBodyLengthLimit = ExtractInvestments.MostBytes + 1_000_000)]
public sealed class ImportModel(AppDb db, StageProjects stage, ExtractInvestments extract) : BankScreen(db)
{
    [BindProperty]
    public string? Codes { get; set; }

    /// <summary>Name of a table that was sent before and waits still.</summary>
    public string? Waiting { get; private set; }

    public IReadOnlyList<BankFault> Faults { get; private set; } = [];

    public string Words(BankFault fault) => BankWords.Of(T, fault);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Waiting = await Db.BankDrafts.Where(d => d.EntityId == Entity.Id).Select(d => d.FileName).SingleOrDefaultAsync();
    }

    public async Task<IActionResult> OnPostTableAsync(IFormFile? table)
    {
        await LoadAsync();
        if (table is not { Length: > 0 })
        {
            Fault("table", "bank.import.no-file");
            return await AgainAsync();
        }
        if (table.Length > BankTable.MostBytes)
        {
            Fault("table", "bank.import.file-large", BankTable.MostBytes / 1024 / 1024);
            return await AgainAsync();
        }
        using var memory = new MemoryStream((int)table.Length);
        await table.CopyToAsync(memory, HttpContext.RequestAborted);
        var read = await stage.StageAsync(Entity.Id, memory.ToArray(), table.FileName, Actor);
        Faults = read.Faults;
        if (Faults.Count > 0)
        {
            ModelState.AddModelError("table", Words(Faults[0]));
            return await AgainAsync();
        }
        if (read.Dropped is { Count: > 0 } dropped) Say("bank.import.dropped", string.Join(", ", dropped.Take(20)));
        return Redirect($"{Home}/importar/revision");
    }

    public async Task<IActionResult> OnPostInvestmentsAsync(IFormFile? investments)
    {
        await LoadAsync();
        var (codes, wrong) = InvestmentFile.CodesOf(Codes);
        if (wrong.Count > 0) Fault(nameof(Codes), "bank.import.codes-wrong", string.Join(", ", wrong.Take(10)));
        else if (codes.Count == 0) Fault(nameof(Codes), "planning.field.missing");
        if (investments is not { Length: > 0 }) Fault("investments", "bank.import.no-file");
        else if (investments.Length > ExtractInvestments.MostBytes) Fault("investments", "bank.import.file-large", ExtractInvestments.MostBytes / 1024 / 1024);
        if (!ModelState.IsValid) return await AgainAsync();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var kept = System.IO.File.Create(path)) await investments!.CopyToAsync(kept, HttpContext.RequestAborted);
            var read = await extract.ExecuteAsync(Entity.Id, path, investments!.FileName, codes, Actor, HttpContext.RequestAborted);
            Faults = read.Table.Faults;
            if (Faults.Count > 0)
            {
                ModelState.AddModelError("investments", Words(Faults[0]));
                return await AgainAsync();
            }
            if (read.Missing.Count > 0) Say("bank.import.missing", string.Join(", ", read.Missing));
            else Say("bank.import.extracted", read.Table.Lines.Count, read.RowsRead);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
        return Redirect($"{Home}/importar/revision");
    }
}
