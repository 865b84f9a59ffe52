using Minka.Core.Tests.Publication;
using Minka.Selection.Award;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

/// <summary>Every explanation of the demonstration's call, checked as its reader would: the change that it names is made and the declared rule is run again.</summary>
[Collection(StoryBundles.Name)]
public sealed class ExplanationsTests(StoryBundles bundles)
{
    [Fact]
    public void Whatever_an_explanation_of_the_story_promises_comes_true_and_one_unit_less_does_not()
    {
        var seen = Check(new Forgery(bundles.One.Bundle).Read<AwardInput>("award/input.json"));
        // The story shows each kind; else this would prove little.
        (seen.Scores, seen.Margins, seen.Budgets, seen.Requests, seen.Displaced).ShouldSatisfyAllConditions(
            s => s.Scores.ShouldBeGreaterThan(2), s => s.Margins.ShouldBeGreaterThan(2), s => s.Budgets.ShouldBeGreaterThan(2), s => s.Requests.ShouldBeGreaterThan(2), s => s.Displaced.ShouldBeGreaterThan(0));
    }

    internal sealed record Seen(int Scores, int Margins, int Budgets, int Requests, int Displaced);

    /// <summary>Re-runs every promise; what was there to check is counted.</summary>
    internal static Seen Check(AwardInput input)
    {
        var result = AwardRanking.Run(input);
        var funded = Funded(input);
        var (scores, margins, budgets, requests, displaced) = (0, 0, 0, 0, 0);
        foreach (var told in AwardRanking.Explain(input, [.. input.Candidates.Select(c => c.Id)]))
        {
            var candidate = input.Candidates.Single(c => c.Id == told.Id);
            told.Funded.ShouldBe(funded.Contains(told.Id), told.Id);
            told.Needed.ShouldBe(result.Decisions.Single(d => d.Id == told.Id).Needed, told.Id);
            if (told.Needed.Points is { } points)
            {
                var then = Funded(With(c => c with { Points = points }));
                then.ShouldContain(told.Id, $"{told.Id} with {points} points");
                if (points > input.Rules.Threshold && points > 0) Funded(With(c => c with { Points = points - 1 })).ShouldNotContain(told.Id, $"{told.Id} with {points - 1} points");
                IReadOnlyList<string> left = [.. funded.Except(then).Where(d => !told.Funded && d != told.Id).Order(StringComparer.Ordinal)];
                string.Join(' ', left).ShouldBe(string.Join(' ', told.Displaced), told.Id);
                _ = told.Funded ? margins++ : scores++;
                displaced += told.Displaced.Count;
            }
            else if (candidate.Eligible)
            {
                Funded(With(c => c with { Points = input.Rules.MaximumPoints })).ShouldNotContain(told.Id, $"{told.Id} has no score that would do");
            }
            if (told.ExtraBudget is { } extra)
            {
                Funded(Richer(extra)).ShouldContain(told.Id, $"{told.Id} with {extra} more");
                Funded(Richer(extra - 1)).ShouldNotContain(told.Id, $"{told.Id} with {extra - 1} more");
                budgets++;
            }
            if (told.LosesAgainAt is { } again)
            {
                Funded(Richer(again)).ShouldNotContain(told.Id, $"{told.Id} with {again} more");
                Funded(Richer(again - 1)).ShouldContain(told.Id, $"{told.Id} with {again - 1} more");
            }
            if (told.LargestRequest is { } request)
            {
                Funded(With(c => c with { Request = request, LeastPart = c.LeastPart is { } least ? Math.Min(least, request) : null })).ShouldContain(told.Id, $"{told.Id} asking {request}");
                Funded(With(c => c with { Request = request + 1 })).ShouldNotContain(told.Id, $"{told.Id} asking {request + 1}");
                requests++;
            }

            AwardInput With(Func<AwardCandidate, AwardCandidate> change) => input with { Candidates = [.. input.Candidates.Select(c => c.Id == told.Id ? change(c) : c)] };

            AwardInput Richer(long more) => input with { Budget = input.Budget + more, Groups = [.. input.Groups.Select(g => g.Code == candidate.Group ? g with { Envelope = g.Envelope + more } : g)] };
        }
        return new(scores, margins, budgets, requests, displaced);
    }

    // A tie that a change makes counts as lost where keys and draw positions leave it open.
    static HashSet<string> Funded(AwardInput input)
    {
        var open = AwardRanking.OpenTies(input).SelectMany(t => t.Ids).Distinct(StringComparer.Ordinal).Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        open.ShouldBeEmpty("the draw of the call orders whoever is tied, also after these changes");
        return AwardRanking.Run(input, neededScores: false).Decisions.Where(d => d.IsFunded).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
    }
}
