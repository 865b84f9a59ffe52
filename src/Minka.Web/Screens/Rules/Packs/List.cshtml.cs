using Minka.Core.Accounts;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules.Packs;

[Public]
public sealed class ListModel(RulePacks packs) : Screen
{
    public IReadOnlyList<RulePackLine> Lines { get; private set; } = [];

    public bool MayAdd => Person?.Holds(Role.Operator) ?? false;

    public override async Task LoadAsync() => Lines = await packs.ListAsync(HttpContext.RequestAborted);
}
