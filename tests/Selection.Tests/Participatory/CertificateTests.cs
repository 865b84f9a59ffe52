using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;
using Minka.Selection.Participatory.Certificates;

namespace Minka.Selection.Tests.Participatory;

public sealed class CertificateTests
{
    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly PbSettings[] Certified =
    [
        new() { Rule = PbRule.GreedyVotes }, new() { Rule = PbRule.GreedyScore }, new() { Rule = PbRule.GreedyDensity }, new() { Rule = PbRule.GreedyNoSkip }, new() { Rule = PbRule.GreedyThreshold, Threshold = 2 },
        new() { Rule = PbRule.EqualShares }, new() { Rule = PbRule.EqualShares, Utility = Utility.Cardinality, Tie = TieOrder.Cost }, new() { Rule = PbRule.EqualShares, Completion = Completion.Add1 },
        new() { Rule = PbRule.EqualShares, Completion = Completion.Add1U }, new() { Rule = PbRule.Phragmen },
    ];

    [Fact]
    public void Replay_AnyElectionAndRule_ConfirmsEveryClaim() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var settings in Certified)
        {
            // Through text, as a stranger would get it.
            var certificate = JsonSerializer.Deserialize<PbCertificate>(JsonSerializer.Serialize(PbCertificate.Of(election, settings)))!;
            foreach (var claim in PbCertificateReplay.Run(certificate))
                (claim.Passed != false).ShouldBeTrue($"{settings.Rule} {settings.Completion}: {claim}");
        }
    }).Check(Some);

    [Fact]
    public void Replay_AnotherProjectFunded_Refutes() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var settings in Certified)
        {
            var certificate = PbCertificate.Of(election, settings);
            if (certificate.Funded.Count == 0)
                continue;
            var dropped = certificate with { Funded = [.. certificate.Funded.SkipLast(1)], Rounds = [.. certificate.Rounds.SkipLast(1)] };
            PbCertificateReplay.Run(dropped).ShouldContain(c => c.Passed == false, $"{settings.Rule} {settings.Completion}");
        }
    }).Check(Some);

    [Fact]
    public void Replay_OneFigureChanged_Refutes()
    {
        var election = Elections.Approval("small", 100, [("a", 40), ("b", 50), ("c", 30)], "a b", "a", "b c", "c", "a b c");
        var certificate = PbCertificate.Of(election, new PbSettings { Rule = PbRule.EqualShares });
        Passes(certificate).ShouldBeTrue();
        Passes(certificate with { Budget = "101" }).ShouldBeFalse();
        Passes(certificate with { Share = "21" }).ShouldBeFalse();
        Passes(certificate with { Projects = [certificate.Projects[0] with { Cost = "39" }, .. certificate.Projects.Skip(1)] }).ShouldBeFalse();
        Passes(certificate with { Ballots = [certificate.Ballots[0] with { Voters = 2 }, .. certificate.Ballots.Skip(1)] }).ShouldBeFalse();
        Passes(certificate with { Rounds = [certificate.Rounds[0] with { Price = "1/4" }, .. certificate.Rounds.Skip(1)] }).ShouldBeFalse();
        Passes(certificate with { Rounds = [certificate.Rounds[0] with { Payments = [.. certificate.Rounds[0].Payments.Skip(1)] }, .. certificate.Rounds.Skip(1)] }).ShouldBeFalse();
        Passes(certificate with { TieOrder = [0, 0, 1] }).ShouldBeFalse();
        Passes(certificate with { Funded = [7] }).ShouldBeFalse();
        Passes(certificate with { Format = "other" }).ShouldBeFalse();
    }

    [Fact]
    public void Of_RuleWithoutCertificate_SaysSo() => Should.Throw<InvalidElectionException>(() =>
        PbCertificate.Of(Elections.Approval("small", 10, [("a", 4)], "a"), new PbSettings { Rule = PbRule.BoundedOverspending })).Fault.ShouldBe(ElectionFault.RuleDoesNotApply);

    [Fact]
    public void Canonical_OrderOfTheSource_HasNoInfluence()
    {
        var one = Elections.Approval("one", 10, [("a", 4), ("b", 5)], "a b", "b", "a b");
        var other = Elections.Approval("other", 10, [("b", 5), ("a", 4)], "b", "b a", "a b");
        var settings = new PbSettings { Rule = PbRule.GreedyVotes };
        PbCertificate.Of(one, settings).ElectionSha256.ShouldBe(PbCertificate.Of(other, settings).ElectionSha256);
    }

    /// <summary>Each figure holds when the rule is run with it, and not with one less.</summary>
    [Fact]
    public void Counterfactuals_AnyApprovalElection_HoldWhenRun() => Prop.ForAll(Elections.Approvals, election =>
    {
        foreach (var settings in (PbSettings[])[new() { Rule = PbRule.GreedyVotes }, new() { Rule = PbRule.EqualShares }, new() { Rule = PbRule.Phragmen }])
        {
            foreach (var lost in Counterfactuals.Of(election, settings))
            {
                bool FundedAt(Exact.Fraction cost) => ParticipatoryBudget.Run(
                    Election.Create("changed", BallotKind.Approval, election.Budget, election.Projects.Select((p, i) => i == lost.Project ? p with { Cost = cost } : p), election.AsBallots()), settings).Order.Contains(lost.Project);
                if (lost.Cost is { } cost)
                {
                    FundedAt(cost).ShouldBeTrue();
                    FundedAt(cost + new Exact.Fraction(1, election.Field.Unit)).ShouldBeFalse();
                    (cost < election.Projects[lost.Project].Cost).ShouldBeTrue();
                }

                if (lost.Rivals.Count > 0)
                {
                    var gone = lost.Rivals.Select(r => election.Projects[r].Id).ToHashSet();
                    var without = Election.Create("without", BallotKind.Approval, election.Budget, election.Projects.Where(p => !gone.Contains(p.Id)), election.AsBallots().Select(b => b with { Projects = [.. b.Projects.Where(x => !gone.Contains(x))] }));
                    without.Ids(ParticipatoryBudget.Run(without, settings).Order).ShouldContain(election.Projects[lost.Project].Id, settings.Rule.ToString());
                }

                if (settings.Rule == PbRule.GreedyVotes && lost.Optimistic is { } more)
                {
                    more.ShouldBe(lost.Pessimistic!.Value);
                    more.ShouldBeGreaterThan(0);
                }
            }
        }
    }).Check(Some);

    private static bool Passes(PbCertificate certificate) => PbCertificateReplay.Run(certificate).All(c => c.Passed == true);
}
