using Minka.Core.Accounts;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules.Packs;

[Public]
public sealed class ListModel(RulePacks packs) : Screen, IListed
{
    public IReadOnlyList<RulePackLine> Lines { get; private set; } = [];

    public bool MayAdd => Person?.Holds(Role.Operator) ?? false;

    public override async Task LoadAsync() => Lines = await packs.ListAsync(HttpContext.RequestAborted);

    public TableFile ToFile() => new("reglas",
        [T["rules.list.name"], T["rules.list.version"], T["rules.list.mechanism"], T["rules.list.digest"], T["rules.list.origin"]],
        Lines.Select(l => (IReadOnlyList<object?>)[l.Name.In(T.Language), l.Version, l.Mechanism.In(T.Language), l.Digest.Hex, l.StoredAt is { } at ? T["rules.list.stored", at] : T["rules.list.built-in"]]));
}
