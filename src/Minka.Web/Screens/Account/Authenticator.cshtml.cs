using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Web.Access;
using Minka.Web.Layout;
using QRCoder;

namespace Minka.Web.Screens.Account;

/// <summary>Turns the second step on. The key travels sealed in the form and is stored only once a code proves it.</summary>
[SignedIn]
public sealed class AuthenticatorModel(AppDb db, SecondStep secondStep, IDataProtectionProvider protection) : Screen
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    ITimeLimitedDataProtector Protector => protection.CreateProtector("totp.key", Person!.Id.ToString()).ToTimeLimitedDataProtector();

    [BindProperty]
    public string? Sealed { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public string Key { get; private set; } = "";

    public string Picture { get; private set; } = "";

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public override Task LoadAsync()
    {
        var key = Opened();
        if (key is null)
        {
            key = secondStep.NewKey();
            Sealed = Convert.ToBase64String(Protector.Protect(key, Lifetime));
            ModelState.Remove(nameof(Sealed));
        }
        Key = Totp.Write(key);
        using var data = QRCodeGenerator.GenerateQrCode($"otpauth://totp/Minka:{Uri.EscapeDataString(Person!.DisplayName)}?secret={Key}&issuer=Minka", QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        Picture = "data:image/png;base64," + Convert.ToBase64String(code.GetGraphic(4));
        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Opened() is not { } key)
        {
            Fault("", "account.totp.expired");
            return await AgainAsync();
        }
        Codes = await secondStep.EnableAsync(Person!.Id, key, Code ?? "", Actor, HttpContext.RequestAborted);
        await HttpContext.SignInAsync(SignInModel.SessionOf(await db.People.SingleAsync(p => p.Id == Person!.Id)));
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    byte[]? Opened()
    {
        try
        {
            return string.IsNullOrEmpty(Sealed) ? null : Protector.Unprotect(Convert.FromBase64String(Sealed));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
