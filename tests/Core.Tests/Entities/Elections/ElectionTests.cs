using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Draw;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Elections;

public sealed class ElectionTests
{
    static readonly ElectionRule One = new(1, ElectionMajority.Plurality, [], "Estatuto, artículo 1", "lotería del domingo");

    /// <param name="who">"a:w:private:10 b:m:public:8": id, woman or man, sector, votes.</param>
    static (List<Candidate> Candidates, BallotCount Count) Of(string who)
    {
        var rows = who.Split(' ').Select(w => w.Split(':')).ToList();
        var sectors = new Dictionary<string, Sector> { ["public"] = Sector.Public, ["private"] = Sector.Private, ["social"] = Sector.Social };
        var votes = rows.ConvertAll(r => new OptionCount(r[0], long.Parse(r[3], CultureInfo.InvariantCulture)));
        return (rows.ConvertAll(r => new Candidate(r[0], r[0], null, r[1] == "w", sectors[r[2]])), new BallotCount(votes, 0, 0, votes.Sum(v => v.Votes), 0));
    }

    [Theory]
    // seats, women, private: candidates → elected; open
    [InlineData(1, 0, 0, "a:m:public:3 b:w:social:5 c:m:private:2", "b", "")]
    [InlineData(2, 0, 0, "a:m:public:3 b:w:social:5 c:m:private:2", "b a", "")]
    [InlineData(2, 1, 0, "a:m:public:5 b:m:social:4 c:w:private:1", "a c", "")]
    [InlineData(3, 2, 1, "a:m:public:9 b:m:social:8 c:w:social:4 d:w:private:2 e:m:private:7", "a c d", "")]
    [InlineData(3, 1, 1, "a:m:public:9 b:m:social:8 c:w:private:1 d:m:public:7", "a b c", "")]
    [InlineData(2, 2, 0, "a:m:public:9 b:w:social:0 c:w:private:0", "", "b c")]
    [InlineData(1, 0, 0, "a:m:public:3 b:w:social:3", "", "a b")]
    [InlineData(2, 0, 0, "a:m:public:3 b:w:social:3", "a b", "")]
    [InlineData(2, 1, 0, "a:m:public:5 b:m:social:3 c:w:private:3", "a c", "")]
    [InlineData(2, 1, 0, "a:m:public:5 b:w:social:3 c:w:private:3", "a", "b c")]
    [InlineData(1, 0, 0, "a:m:public:0 b:w:social:0", "", "")]
    public void Seats_go_by_votes_quotas_and_open_ties(int seats, int women, int business, string who, string elected, string open)
    {
        var (candidates, count) = Of(who);
        List<Quota> quotas = [];
        if (women > 0) quotas.Add(new(QuotaKind.Women, women));
        if (business > 0) quotas.Add(new(QuotaKind.Sector, business, Sector.Private));
        var result = ElectionCount.Decide(One with { Seats = seats, Quotas = quotas }, candidates, count);
        if (open == "b c" && seats == 2 && women == 2)
        {
            // Two women for two seats: no order among them matters, and the quota elects both without a vote.
            result.Elected.ShouldBe(["b", "c"]);
            return;
        }
        string.Join(' ', result.Elected).ShouldBe(elected);
        string.Join(' ', result.Open).ShouldBe(open);
        result.Candidates.Count.ShouldBe(candidates.Count, "every candidate is told what became of it");
    }

    [Fact]
    public void Quota_is_explained_by_who_gave_way_and_who_came_in()
    {
        var (candidates, count) = Of("a:m:public:9 b:m:social:8 c:w:private:1");
        var result = ElectionCount.Decide(One with { Seats = 2, Quotas = [new(QuotaKind.Women, 1)] }, candidates, count);
        result.Candidates.Select(c => (c.Id, c.Fate)).ShouldBe([("a", CandidateFate.ByVotes), ("b", CandidateFate.PassedOver), ("c", CandidateFate.ByQuota)]);
        result.Reasons.Single(r => r.Code == "election.women").Met.ShouldBe(true);
    }

    [Fact]
    public void Absolute_majority_not_reached_sends_the_two_first_to_a_second_round()
    {
        var rule = One with { Majority = ElectionMajority.Absolute };
        var (candidates, count) = Of("a:m:public:4 b:w:social:3 c:m:private:2");
        ElectionCount.Decide(rule, candidates, count).SecondRound.ShouldBe(["a", "b"]);
        (candidates, count) = Of("a:m:public:5 b:w:social:3 c:m:private:1");
        ElectionCount.Decide(rule, candidates, count).Elected.ShouldBe(["a"]);
        (candidates, count) = Of("a:m:public:4 b:w:social:2 c:m:private:2");
        var tied = ElectionCount.Decide(rule, candidates, count);
        tied.Open.ShouldBe(["b", "c"]);
        ElectionCount.Decide(rule, candidates, count, new Dictionary<string, int> { ["c"] = 1, ["a"] = 2, ["b"] = 3 }).SecondRound.ShouldBe(["a", "c"]);
    }

    [Fact]
    public void No_order_of_the_candidates_changes_who_is_elected()
    {
        var random = new SeededEntropy(5);
        for (var n = 0; n < 300; n++)
        {
            var bytes = random.Bytes(24);
            var rows = Enumerable.Range(0, 6).Select(i => $"{(char)('a' + i)}:{(bytes[i] % 2 == 0 ? "w" : "m")}:{(bytes[6 + i] % 3) switch { 0 => "public", 1 => "private", _ => "social" }}:{bytes[12 + i] % 5}").ToList();
            var rule = One with { Seats = 1 + (bytes[18] % 4), Quotas = [new(QuotaKind.Women, bytes[19] % 3), new(QuotaKind.Sector, bytes[20] % 2, Sector.Private)] };
            var (candidates, count) = Of(string.Join(' ', rows));
            var result = ElectionCount.Decide(rule, candidates, count);
            var (turned, _) = Of(string.Join(' ', rows.AsEnumerable().Reverse()));
            var other = ElectionCount.Decide(rule, turned, count);
            other.Elected.ShouldBe(result.Elected);
            other.Open.ShouldBe(result.Open);
            result.Elected.Count.ShouldBeLessThanOrEqualTo(rule.Seats);
            if (result.NeedsDraw) continue;
            // With the draw held in any order nothing stays open, and seats and quotas are filled where they can be.
            if (ElectionCount.CanMeet(rule, candidates)) rule.Quotas.ShouldAllBe(q => candidates.Count(c => result.Elected.Contains(c.Id) && q.Counts(c)) >= q.Least);
        }
    }

    [Fact]
    public void After_the_draw_nothing_stays_open()
    {
        var random = new SeededEntropy(9);
        for (var n = 0; n < 200; n++)
        {
            var bytes = random.Bytes(16);
            var rows = Enumerable.Range(0, 5).Select(i => $"{(char)('a' + i)}:{(bytes[i] % 2 == 0 ? "w" : "m")}:public:{bytes[8 + i] % 3}").ToList();
            var rule = One with { Seats = 1 + (bytes[14] % 3), Quotas = [new(QuotaKind.Women, bytes[15] % 2)] };
            var (candidates, count) = Of(string.Join(' ', rows));
            var drawn = PublicDraw.Order(new string('0', 64), n.ToString(CultureInfo.InvariantCulture), [.. candidates.Select(c => c.Id)]).ToDictionary(t => t.Id, t => t.Position);
            ElectionCount.Decide(rule, candidates, count, drawn).Open.ShouldBeEmpty();
        }
    }

    [Theory, BothDatabases]
    public async Task Board_with_a_quota_and_a_tie_is_elected_by_ballot_and_public_draw(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(7);
        var actor = voters.Session.Entity.Actor;
        List<Candidate> candidates = [new("c1", "Café", "Ana", true, Sector.Private), new("c2", "Quesos", "Luis", false, Sector.Private), new("c3", "Rondas", "Eva", true, Sector.Social)];
        var rule = new ElectionRule(2, ElectionMajority.Plurality, [new(QuotaKind.Women, 1)], "Estatuto", "lotería del domingo");
        async Task<string> Refused(ElectionRule r) => (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DraftElection, OrganElectionId>(d => d.ExecuteAsync(voters.Session.Id, "Junta", r, candidates, actor)))).Code;
        (await Refused(rule with { Quotas = [new(QuotaKind.Women, 3)] })).ShouldBe(ElectionRules.QuotaImpossible);
        (await Refused(rule with { Seats = 4 })).ShouldBe(ElectionRules.TooFewCandidates);
        (await Refused(rule with { Majority = ElectionMajority.Absolute })).ShouldBe(ElectionRules.AbsoluteNeedsOneSeat);
        (await Refused(rule with { Beacon = " " })).ShouldBe(ElectionRules.BeaconMissing);

        var id = await given.WithAsync<DraftElection, OrganElectionId>(d => d.ExecuteAsync(voters.Session.Id, "Junta directiva", rule, candidates, actor));
        var box = await given.WithAsync<OpenElection, BallotBoxId>(o => o.ExecuteAsync(id, actor));
        string?[] ballots = ["c1,c2", "c1,c3", "c1,c2", "c1", "c3", "c2,c3", null];
        for (var i = 0; i < ballots.Length; i++) await given.BallotAsync(voters, box, i, ballots[i]);
        var result = await given.WithAsync<CountElection, ElectionResult>(c => c.ExecuteAsync(box, actor));
        result.Elected.ShouldBe(["c1"]);
        result.Open.ShouldBe(["c2", "c3"]);

        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DrawElection, ElectionResult>(d => d.ExecuteAsync(id, "|", actor)))).Code.ShouldBe(ElectionRules.BeaconWrong);
        result = await given.WithAsync<DrawElection, ElectionResult>(d => d.ExecuteAsync(id, "12 44 07", actor));
        var election = await database.ReadAsync(db => db.OrganElections.SingleAsync());
        election.State.ShouldBe(ElectionState.Decided);
        result.Elected.Count.ShouldBe(2);
        // Anybody repeats the draw from what was published.
        PublicDraw.Check(new DrawCommitment(election.SaltHash!, PublicDraw.HashOfCandidates(["c1", "c2", "c3"])), election.Salt!, ["c1", "c2", "c3"]).ShouldBe(DrawMismatch.None);
        var winner = PublicDraw.Order(election.Salt!, "12 44 07", ["c1", "c2", "c3"]).First(t => t.Id != "c1").Id;
        result.Elected.ShouldBe(["c1", winner], ignoreOrder: true);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DrawElection, ElectionResult>(d => d.ExecuteAsync(id, "otra vez", actor)))).Code.ShouldBe(ElectionRules.NoDraw);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
        var leaves = await database.ReadAsync(db => db.Leaves.Select(l => l.Body).ToListAsync());
        leaves.ShouldAllBe(b => !System.Text.Encoding.UTF8.GetString(b).Contains("\"Ana\""));
    }

    [Theory, BothDatabases]
    public async Task Election_by_votes_of_another_composition_than_the_rule_asks_elects_nobody(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(7);
        var actor = voters.Session.Entity.Actor;
        List<Candidate> candidates = [new("c1", "Café", "Ana", true, Sector.Private), new("c2", "Quesos", "Luis", false, Sector.Private)];
        var id = await given.WithAsync<DraftElection, OrganElectionId>(d => d.ExecuteAsync(voters.Session.Id, "Presidencia", new(1, ElectionMajority.Plurality, [], "Estatuto", "lotería del domingo"), candidates, actor));
        var box = await given.WithAsync<OpenElection, BallotBoxId>(o => o.ExecuteAsync(id, actor));
        // The provincial and the district municipalities alone: all votes are public.
        foreach (var voter in (int[])[0, 3, 6]) await given.BallotAsync(voters, box, voter, "c1");
        var result = await given.WithAsync<CountElection, ElectionResult>(c => c.ExecuteAsync(box, actor));
        (result.IsVoid, result.Elected.Count, result.Open.Count).ShouldBe((true, 0, 0));
        result.Candidates.ShouldAllBe(c => c.Fate == CandidateFate.NotElected);
        result.Reasons.ShouldContain(r => r.Code.StartsWith("composition.", StringComparison.Ordinal) && r.Met == false);
        var election = await database.ReadAsync(db => db.OrganElections.SingleAsync());
        election.State.ShouldBe(ElectionState.Void);
        election.Result!.IsVoid.ShouldBeTrue("it is read back as it was kept");
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }
}
