using System.Text.Json;
using Minka.Selection.Award;
using Minka.Selection.Optimal;

namespace Minka.Core.Awards;

/// <summary>
/// A run's award as a question for the exact optimiser, with the same money in the same purses: each league's envelope, each
/// set-aside for those who carry its mark, and the common pool as large as the declared rule left it; all of them together
/// within the budget. Only the qualified take part, once each, whole (or with the part that the rule granted), under the same
/// caps. So the declared award is one of its solutions, and the best can only have as many points or more.
/// </summary>
/// <remarks>Maximised is the plain sum of the points that rank, not weighted by money or people.</remarks>
public sealed class OptimumModel
{
    const string Purse = "purse";
    const string Pool = "pool";

    public required AwardTask Task { get; init; }

    /// <summary>The model as <c>./minka select award</c> reads it; the same award always gives the same bytes.</summary>
    public required byte[] File { get; init; }

    /// <summary>Each column of the model: its proposal, and whom it funds with how much.</summary>
    public required IReadOnlyList<(string Proposal, SelectedItem Item)> Columns { get; init; }

    /// <summary>The declared award, for each column of the model.</summary>
    public required IReadOnlyList<bool> Declared { get; init; }

    /// <summary>The model of a run; null where nobody qualified, so that there is nothing to choose.</summary>
    /// <param name="name">What the file is called.</param>
    public static OptimumModel? Of(string name, AwardInput input, AwardResult result, IReadOnlyDictionary<string, string> titles)
    {
        var candidates = input.Candidates.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var proposals = new List<Proposed>();
        foreach (var decision in result.Decisions.Where(IsQualified).OrderBy(d => d.OverallRank).ThenBy(d => d.Id, StringComparer.Ordinal))
        {
            var candidate = candidates[decision.Id];
            foreach (var set in input.Rules.SetAsides ?? [])
                if (candidate.SetAsides?.Contains(set.Code) ?? false) Add($"{decision.Id}/{set.Code}", SetAsideName(set.Code), set.Amount, decision.Outcome == Selection.Award.AwardOutcome.FundedFromSetAside && decision.InSetAsides![^1].Code == set.Code);
            var group = result.Groups.First(g => g.Code == decision.Group);
            Add(decision.Id, LeagueName(decision.Group), group.Envelope + group.Received, decision.Outcome == Selection.Award.AwardOutcome.FundedInGroup);
            if (result.Residual is { } pool) Add($"{decision.Id}/{Pool}", Pool, pool.Total, decision.Outcome == Selection.Award.AwardOutcome.FundedFromResidual);

            void Add(string id, string purse, long money, bool declared)
            {
                List<long> amounts = [candidate.Request];
                if (decision.Awarded > 0 && decision.Awarded < candidate.Request) amounts.Add(decision.Awarded);
                amounts.RemoveAll(a => a > money);
                if (amounts.Count > 0) proposals.Add(new(id, candidate, purse, decision.RankingPoints ?? decision.Points!.Value, amounts, declared ? decision.Awarded : 0));
            }
        }
        if (proposals.Count == 0) return null;
        var file = Write(name, input, result, proposals, titles);
        return new OptimumModel
        {
            Task = AwardFile.Read(file)[0],
            File = file,
            Columns = [.. proposals.SelectMany(p => p.Amounts.Select(a => (p.Id, new SelectedItem(p.Candidate.Id, a))))],
            Declared = [.. proposals.SelectMany(p => p.Amounts.Select(a => a == p.Declared))],
        };
    }

    /// <summary>Whoever competed for the money: eligible, over the threshold and through the gates.</summary>
    public static bool IsQualified(AwardDecision decision) => decision.IsFunded || decision.Outcome is Selection.Award.AwardOutcome.Reserve or Selection.Award.AwardOutcome.NotFunded;

    static byte[] Write(string name, AwardInput input, AwardResult result, List<Proposed> proposals, IReadOnlyDictionary<string, string> titles)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("description", "Máxima suma de puntos, sin ponderar, con el mismo dinero en las mismas bolsas. La regla declarada decide; esto solo se compara con ella. "
                + "/ Greatest sum of points, unweighted, with the same money in the same purses. The declared rule decides; this is only compared with it.");
            json.WriteNumber("budget", input.Budget);
            json.WriteStartArray("objectives");
            json.WriteStringValue("merit");
            json.WriteEndArray();
            json.WriteStartArray("proposals");
            foreach (var p in proposals)
            {
                json.WriteStartObject();
                json.WriteString("id", p.Id);
                if (titles.TryGetValue(p.Candidate.Id, out var title)) json.WriteString("title", title);
                if (p.Candidate.Applicant is { } applicant) json.WriteString("applicant", applicant);
                if (p.Candidate.PlanWriter is { } writer) json.WriteString("planWriter", writer);
                json.WriteStartObject("groups");
                json.WriteString(Purse, p.Purse);
                json.WriteEndObject();
                json.WriteStartArray("levels");
                foreach (var amount in p.Amounts)
                {
                    json.WriteStartObject();
                    json.WriteString("id", amount == p.Candidate.Request ? "full" : "part");
                    json.WriteNumber("amount", amount);
                    json.WriteNumber("value", p.Points / 100m);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("envelopes");
            foreach (var set in input.Rules.SetAsides ?? []) Ceiling(SetAsideName(set.Code), set.Amount);
            foreach (var group in result.Groups) Ceiling(LeagueName(group.Code), group.Envelope + group.Received);
            if (result.Residual is { } pool) Ceiling(Pool, pool.Total);
            json.WriteEndArray();
            json.WriteStartArray("caps");
            Cap("applicant", input.Rules.MaximumPerApplicant);
            Cap("planWriter", input.Rules.MaximumPerPlanWriter);
            json.WriteEndArray();
            json.WriteStartArray("exclusions");
            foreach (var once in proposals.GroupBy(p => p.Candidate.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                json.WriteStartObject();
                json.WriteString("id", once.Key);
                json.WriteStartArray("members");
                foreach (var p in once) json.WriteStringValue(p.Id);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();

            void Ceiling(string purse, long money)
            {
                json.WriteStartObject();
                json.WriteString("dimension", Purse);
                json.WriteString("group", purse);
                json.WriteNumber("ceiling", money);
                json.WriteEndObject();
            }

            void Cap(string by, int? most)
            {
                if (most is not { } count) return;
                json.WriteStartObject();
                json.WriteString("by", by);
                json.WriteNumber("maxCount", count);
                json.WriteEndObject();
            }
        }
        return [.. buffer.ToArray(), (byte)'\n'];
    }

    static string LeagueName(string code) => $"league:{code}";

    static string SetAsideName(string code) => $"set-aside:{code}";

    /// <param name="Declared">What the declared rule grants it from this purse; 0 for nothing.</param>
    sealed record Proposed(string Id, AwardCandidate Candidate, string Purse, long Points, IReadOnlyList<long> Amounts, long Declared);
}
