using System.Globalization;
using System.Text.Json;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Cli.Verbs;

/// <summary>An explained outcome: as members of a JSON object, or as lines for people.</summary>
sealed class PbExplanation
{
    private readonly Election _election;
    private readonly PbOutcome _outcome;
    private readonly Satisfaction _satisfaction;
    private readonly Priceability? _prices;
    private readonly JustifiedRepresentation _representation;
    private readonly IReadOnlyList<LostProject> _lost;

    public PbExplanation(Election election, PbOutcome outcome, CancellationToken cancel)
    {
        _election = election;
        _outcome = outcome;
        _satisfaction = Satisfaction.Of(election, outcome.Order);
        _prices = Priceability.Of(election, outcome);
        _representation = JustifiedRepresentation.Of(election, outcome.Order, outcome.Settings.UtilityFor(election.Ballots.Kind), outcome.Settings.BordaOffset);
        _lost = Counterfactuals.Of(election, outcome.Settings, cancel);
    }

    public void Write(Utf8JsonWriter writer)
    {
        if (_outcome.Share is { } share)
            writer.WriteString("share", share.ToString());
        writer.WriteStartArray("rounds");
        foreach (var round in _outcome.Rounds)
        {
            writer.WriteStartObject();
            writer.WriteString("project", Id(round.Project));
            writer.WriteString("price", round.Price.ToString());
            writer.WriteNumber("priceApproximate", round.Price.ToDouble());
            writer.WriteNumber("gap", round.Gap);
            if (round.Tied.Count > 1)
                Ids(writer, "tied", round.Tied);
            writer.WriteStartArray("payments");
            foreach (var payment in round.Payments.Where(p => p.Each.Sign != 0))
            {
                writer.WriteStartObject();
                writer.WriteNumber("voters", _election.Ballots.Multiplicity(payment.Group));
                Ids(writer, "ballot", _election.Ballots.Projects(payment.Group).ToArray());
                writer.WriteString("each", payment.Each.ToString());
                writer.WriteString("left", payment.Left.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("satisfaction");
        Served(writer, _satisfaction.All);
        writer.WriteNumber("gini", _satisfaction.Gini.ToDouble());
        writer.WriteStartArray("votersByProjects");
        foreach (var voters in _satisfaction.ByProjects)
            writer.WriteNumberValue(voters);
        writer.WriteEndArray();
        writer.WriteStartObject("byAttribute");
        foreach (var attribute in _satisfaction.ByAttribute)
        {
            writer.WriteStartObject(attribute.Attribute);
            foreach (var (value, part) in attribute.Values)
            {
                writer.WriteStartObject(value);
                Served(writer, part);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        if (_prices is null)
        {
            writer.WriteNull("priceability");
        }
        else
        {
            writer.WriteStartObject("priceability");
            writer.WriteBoolean("holds", _prices.Holds);
            writer.WriteString("share", _prices.Share.ToString());
            Ids(writer, "unpaid", _prices.Unpaid);
            Ids(writer, "leftOver", _prices.LeftOver);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("ejrPlusUpToAnyProject");
        writer.WriteBoolean("holds", _representation.Holds);
        writer.WriteStartArray("claims");
        foreach (var claim in _representation.Claims)
        {
            writer.WriteStartObject();
            writer.WriteString("project", Id(claim.Project));
            writer.WriteBoolean("violates", claim.Violates);
            writer.WriteNumber("voters", claim.Voters);
            writer.WriteString("level", claim.Level.ToString());
            writer.WriteString("entitled", claim.Entitled.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("lost");
        foreach (var lost in _lost)
        {
            writer.WriteStartObject();
            writer.WriteString("project", Id(lost.Project));
            writer.WriteNumber("votes", lost.Votes);
            Money(writer, "cost", _election.Projects[lost.Project].Cost);
            Money(writer, "supportersLeft", lost.SupportersLeft);
            Money(writer, "fundedAtCost", lost.Cost);
            Number(writer, "approvalsOptimistic", lost.Optimistic);
            Number(writer, "approvalsPessimistic", lost.Pessimistic);
            Ids(writer, "rivalsToRemove", lost.Rivals);
            writer.WriteBoolean("rivalsLeast", lost.RivalsLeast);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public IEnumerable<string> Lines()
    {
        foreach (var (round, number) in _outcome.Rounds.Select((r, i) => (r, i + 1)))
            yield return string.Create(CultureInfo.InvariantCulture, $"  {number,3}. {Id(round.Project),-12} {Title(round.Project),-50} cost {PabulibWriter.Decimal(_election.Projects[round.Project].Cost),12}  price {round.Price.ToDouble():G6}{(round.Tied.Count > 1 ? "  tied: " + string.Join(", ", round.Tied.Select(Id)) : "")}");
        yield return string.Create(CultureInfo.InvariantCulture, $"  voters with nothing {_satisfaction.All.ShareWithNothing.ToDouble():P1}; mean projects {_satisfaction.All.MeanProjects.ToDouble():0.00}; Gini {_satisfaction.Gini.ToDouble():0.000}");
        yield return $"  EJR+ up to any project: {(_representation.Holds ? "holds" : "violated by supporters of " + string.Join(", ", _representation.Claims.Where(c => c.Violates).Select(c => Id(c.Project))))}";
        yield return $"  price system: {(_prices is null ? "none kept by this rule" : _prices.Holds ? "holds" : "fails; unpaid: " + string.Join(", ", _prices.Unpaid.Select(Id)) + "; left over: " + string.Join(", ", _prices.LeftOver.Select(Id)))}";
        foreach (var lost in _lost)
        {
            var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{lost.Votes} votes, cost {PabulibWriter.Decimal(_election.Projects[lost.Project].Cost)}") };
            if (lost.SupportersLeft is { } left)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"its supporters had {left.ToDouble():0.##} left"));
            parts.Add(lost.Cost is { } cost ? $"funded at cost {PabulibWriter.Decimal(cost)}" : "not even funded almost free");
            if (lost.Optimistic is { } optimistic)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"with {optimistic} to {lost.Pessimistic} more approvals"));
            if (lost.Rivals.Count > 0)
                parts.Add("without " + string.Join(", ", lost.Rivals.Select(Id)));
            yield return $"  lost {Id(lost.Project),-11} {string.Join("; ", parts)}";
        }
    }

    private string Id(int project) => _election.Projects[project].Id;

    private string Title(int project)
    {
        var name = _election.Projects[project].Name;
        return name.Length > 50 ? string.Concat(name.AsSpan(0, 49), "…") : name;
    }

    private void Ids(Utf8JsonWriter writer, string name, IEnumerable<int> projects)
    {
        writer.WriteStartArray(name);
        foreach (var p in projects)
            writer.WriteStringValue(Id(p));
        writer.WriteEndArray();
    }

    private static void Served(Utf8JsonWriter writer, Served part)
    {
        writer.WriteNumber("voters", part.Voters);
        writer.WriteNumber("shareWithNothing", part.ShareWithNothing.ToDouble());
        writer.WriteNumber("meanProjects", part.MeanProjects.ToDouble());
        writer.WriteNumber("meanMoney", part.MeanMoney.ToDouble());
    }

    private static void Money(Utf8JsonWriter writer, string name, Fraction? value)
    {
        if (value is { } money)
            writer.WriteString(name, PabulibWriter.Decimal(money));
        else
            writer.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
