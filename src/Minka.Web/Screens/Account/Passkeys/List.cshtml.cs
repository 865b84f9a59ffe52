using Minka.Core.Accounts;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account.Passkeys;

[SignedIn]
public sealed class ListModel(OwnPasskeys passkeys) : Screen
{
    public IReadOnlyList<Passkey> Keys { get; private set; } = [];

    public override async Task LoadAsync() => Keys = await passkeys.ListAsync(Person!.Id, HttpContext.RequestAborted);
}
