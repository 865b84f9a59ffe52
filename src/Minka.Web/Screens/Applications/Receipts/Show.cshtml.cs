using System.Buffers.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using QRCoder;

namespace Minka.Web.Screens.Applications.Receipts;

[May(Role.Manager, Role.Secretary)]
public sealed class ShowModel(AppDb db) : Screen
{
    [BindProperty(SupportsGet = true, Name = "envio")]
    public Guid? Submission { get; set; }

    /// <summary>Right after the submission: the page begins by saying what happened.</summary>
    [BindProperty(SupportsGet = true, Name = "recibida")]
    public bool Received { get; set; }

    public string Home => $"/postulaciones/{RouteId("application")}";

    public SubmissionReceipt Receipt { get; private set; } = null!;

    /// <summary>What the signed receipt says.</summary>
    public ReceiptPayload Payload { get; private set; } = null!;

    public IReadOnlyList<SubmissionReceipt> Others { get; private set; } = [];

    /// <summary>Whether this submission is the one that counts.</summary>
    public bool Counts { get; private set; }

    public bool IsFresh => Received && Counts;

    public string CallTitle { get; private set; } = "";

    public string EntityName { get; private set; } = "";

    public IEnumerable<Crumb> Trail => [new(CallTitle, Home), new(T["applications.show.crumb"], Home), new(T["applications.receipt.title"])];

    /// <summary>The head of the register and the receipt's place in it, so that paper can be held against what the register says later.</summary>
    public string QrSvg
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(string.Join('\n', "MINKA 1", Payload.Origin, $"{Payload.Size} {Payload.Root.Hex}", $"{Payload.Index} {Payload.Content.Hex}", Receipt.Code), QRCodeGenerator.ECCLevel.M);
            return new SvgQRCode(data).GetGraphic(new System.Drawing.Size(160, 160), "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        }
    }

    public override async Task LoadAsync()
    {
        var id = new ApplicationId(RouteId("application"));
        var found = await (
            from a in db.Applications.AsNoTracking()
            where a.Id == id
            join c in db.Calls on a.CallId equals c.Id
            join e in db.CoordinationEntities on a.EntityId equals e.Id
            select new { a.LastSubmissionId, c.Title, e.Name }).SingleAsync();
        var receipts = await db.Receipts.AsNoTracking().Where(r => r.ApplicationId == id).OrderByDescending(r => r.RegisterIndex).ToListAsync();
        var wanted = Submission is { } asked ? new SubmissionId(asked) : found.LastSubmissionId;
        Receipt = receipts.FirstOrDefault(r => r.SubmissionId == wanted) ?? throw new NotFound("receipt", wanted);
        Payload = ReceiptPayload.Parse(Base64Url.DecodeFromChars(Receipt.Token.Split('.')[1]));
        (Counts, CallTitle, EntityName) = (found.LastSubmissionId == Receipt.SubmissionId, found.Title, found.Name);
        Others = [.. receipts.Where(r => r != Receipt)];
    }
}
