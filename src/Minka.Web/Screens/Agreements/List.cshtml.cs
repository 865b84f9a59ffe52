using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Agreements;

public sealed record AgreementLine(Guid Id, string Number, string Entity, string Holder, Money Amount, AgreementState State, bool Signed, string Call);

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public const int Size = 50;

    IQueryable<Agreement> query = null!;

    public IReadOnlyList<AgreementLine> Lines { get; private set; } = [];

    public IReadOnlyList<FilterChoice> States { get; private set; } = [];

    public int PageNumber { get; private set; }

    public int Total { get; private set; }

    public static Tone ToneOf(AgreementState state) => state switch { AgreementState.Concluded => Tone.Met, AgreementState.Lapsed => Tone.Broken, _ => Tone.Attention };

    public override async Task LoadAsync()
    {
        PageNumber = int.TryParse(Request.Query["pagina"], out var page) && page > 0 ? page : 1;
        var counts = await db.Agreements.GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        States = [new FilterChoice("", T["agreement.list.all"], counts.Sum(c => c.Count)), .. counts.OrderBy(c => c.Key).Select(c => new FilterChoice(c.Key.ToString().ToLowerInvariant(), T.Of(c.Key), c.Count))];
        query = db.Agreements;
        if (Enum.TryParse<AgreementState>(Request.Query["estado"], ignoreCase: true, out var state) && Enum.IsDefined(state)) query = query.Where(a => a.State == state);
        Total = await query.CountAsync();
        PageNumber = Math.Min(PageNumber, Math.Max(1, (Total + Size - 1) / Size));
        Lines = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    async Task<IReadOnlyList<AgreementLine>> SliceAsync(int from, int count)
    {
        var agreements = await query.OrderByDescending(a => a.DraftedAt).ThenBy(a => a.Number).Skip(from).Take(count).ToListAsync();
        var applications = agreements.ConvertAll(a => a.ApplicationId);
        var entities = await db.OpenedApplications.Where(o => applications.Contains(o.ApplicationId)).Select(o => new { o.ApplicationId, o.Entity }).ToDictionaryAsync(o => o.ApplicationId, o => o.Entity);
        var callIds = agreements.Select(a => a.CallId).Distinct().ToList();
        var calls = await db.Calls.Where(c => callIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Title);
        var ids = agreements.ConvertAll(a => a.Id.Value);
        var signed = (await db.Signatures.Where(s => s.SubjectKind == Agreement.Subject && ids.Contains(s.SubjectId)).Select(s => s.SubjectId).ToListAsync()).ToHashSet();
        return [.. agreements.Select(a => new AgreementLine(a.Id.Value, a.Number, entities.GetValueOrDefault(a.ApplicationId, ""), a.Holder, a.Amount, a.State, signed.Contains(a.Id.Value), calls[a.CallId]))];
    }

    public TableFile ToFile() => new("convenios",
        [T["agreement.number"], T["award.call"], T["evaluation.file.entity"], T["evaluation.file.holder"], T["award.amount"], T["evaluation.state"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.Number, l.Call, l.Entity, l.Holder, l.Amount, l.State == AgreementState.Concluded && !l.Signed ? $"{T.Of(l.State)}; {T["agreement.unsigned"]}" : T.Of(l.State)]));
}
