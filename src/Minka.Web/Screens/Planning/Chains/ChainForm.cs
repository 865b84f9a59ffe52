using Minka.Core.Planning.Chains;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Chains;

public sealed class ChainForm
{
    public string? Name { get; set; }
    public string? Product { get; set; }
    public string? Unit { get; set; }

    /// <summary>One a line.</summary>
    public string? Seasons { get; set; }
    public string? Counted { get; set; } = nameof(ChainLink.Production);
    public string? Note { get; set; }

    public static ChainForm Of(ValueChain chain) => new()
    {
        Name = chain.Name,
        Product = chain.Product,
        Unit = chain.Unit,
        Seasons = string.Join('\n', chain.Seasons),
        Counted = chain.Counted.ToString(),
        Note = chain.Note,
    };

    public ChainInput Read(FormReader reader)
    {
        if (string.IsNullOrWhiteSpace(Seasons)) reader.Fault(nameof(Seasons), "planning.field.missing");
        return new()
        {
            Name = reader.Text(Name, nameof(Name), 80),
            Product = reader.Text(Product, nameof(Product)),
            Unit = reader.Text(Unit, nameof(Unit), 40),
            Seasons = (Seasons ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Counted = Enum.TryParse<ChainLink>(Counted, out var link) && Enum.IsDefined(link) ? link : ChainLink.Production,
            Note = reader.Optional(Note, nameof(Note), 1_000),
        };
    }

    public IReadOnlyList<Difference> Against(ChainForm stored, T t) =>
    [
        new(t["chains.name"], Name ?? "", stored.Name ?? ""),
        new(t["chains.product"], Product ?? "", stored.Product ?? ""),
        new(t["items.indicators.unit"], Unit ?? "", stored.Unit ?? ""),
        new(t["chains.seasons"], (Seasons ?? "").ReplaceLineEndings(", "), (stored.Seasons ?? "").ReplaceLineEndings(", ")),
        new(t["chains.note"], Note ?? "", stored.Note ?? ""),
    ];
}
