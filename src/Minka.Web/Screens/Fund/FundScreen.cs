using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund;

/// <summary>A page of the fund that its route names.</summary>
public abstract class FundScreen(AppDb db) : Screen
{
    protected AppDb Db { get; } = db;

    public CoFinancingFund Fund { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        var slug = Route("fund");
        Fund = await Db.Funds.SingleOrDefaultAsync(f => f.Slug == slug, HttpContext.RequestAborted) ?? throw new NotFound("fund", slug);
    }
}
