using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Receipts;

[May(Role.Manager, Role.Secretary)]
public sealed class DownloadModel(AppDb db) : Screen
{
    [BindProperty(SupportsGet = true, Name = "envio")]
    public Guid? Submission { get; set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        var id = new ApplicationId(RouteId("application"));
        var receipts = await db.Receipts.AsNoTracking().Where(r => r.ApplicationId == id).OrderByDescending(r => r.RegisterIndex).ToListAsync();
        var receipt = (Submission is { } asked ? receipts.FirstOrDefault(r => r.SubmissionId.Value == asked) : receipts.FirstOrDefault()) ?? throw new NotFound("receipt", id.Value);
        return File(Encoding.ASCII.GetBytes(receipt.Token + "\n"), "application/jose", $"constancia-{receipt.Code}.jws");
    }
}
