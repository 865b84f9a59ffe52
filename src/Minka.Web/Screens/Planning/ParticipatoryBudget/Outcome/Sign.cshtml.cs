using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Screens.Applications;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The signed agreement: scan or electronic signature over exactly the text that was drafted.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class SignModel(AppDb db, AttachSignature attach) : BudgetScreen(db)
{
    [BindProperty]
    public IFormFile? Evidence { get; set; }

    [BindProperty]
    public string? Signers { get; set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (Process.ActaDigest is null) throw new NotFound("acta", Process.Slug);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Evidence is null || await Upload.ReadAsync(Evidence, HttpContext.RequestAborted) is not { } upload)
        {
            Fault(nameof(Evidence), "rule.file.empty");
            return await AgainAsync();
        }
        try
        {
            await attach.ExecuteAsync(new SignedSubject(DraftActa.Subject, Process.Id.Value, Process.ActaDigest!.Value), new SignatureInput(upload.Bytes, upload.Name, Signers), Actor);
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("file.", StringComparison.Ordinal) || broken.Code.StartsWith("signature.", StringComparison.Ordinal))
        {
            Fault(broken.Code == "signature.signers-missing" ? nameof(Signers) : nameof(Evidence), "rule." + broken.Code, broken.Args);
            return await AgainAsync();
        }
        Say("budget.acta.signed");
        return Redirect($"{Address}/acta");
    }
}
