using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Ballots;

public sealed class SecretBallotTests
{
    [Theory, BothDatabases]
    public async Task Motion_VotedInSecret_IsDecidedByItsBallots(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync();
        var box = await given.SecretVotingAsync(voters);
        for (var i = 0; i < 9; i++) await given.BallotAsync(voters, box, i, i < 5 ? "yes" : i < 7 ? "no" : i == 7 ? "abstain" : null);

        var outcome = await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor));

        outcome.IsAdopted.ShouldBeTrue();
        (outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Unused).ShouldBe((5, 2, 2, 0));
        outcome.Quorum.Present.ShouldBe(9);
        outcome.Composition.Votes.ShouldBe(9);
        var counted = (await database.ReadAsync(db => db.BallotBoxes.SingleAsync())).Count!;
        (counted.Ballots, counted.Blank, counted.Valid).ShouldBe((9, 1, 8));
        (await database.ReadAsync(db => db.Resolutions.CountAsync())).ShouldBe(1);
        (await database.ReadAsync(db => db.Votes.CountAsync())).ShouldBe(0);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_box_is_open_no_hands_are_counted_and_the_session_is_not_suspended()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync();
        await given.SecretVotingAsync(voters);
        var actor = voters.Session.Entity.Actor;
        var motion = await database.ReadAsync(db => db.Motions.SingleAsync());
        var seat = (await database.ReadAsync(db => db.RollSeats.FirstAsync())).Weight;
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CountHands>(c => c.ExecuteAsync(motion.Id, [new HandCount(seat.Sector, seat.InterestGroup, 1, 0, 0)], actor)))).Code.ShouldBe(BallotRules.IsSecret);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<SuspendSession>(s => s.ExecuteAsync(motion.AssemblyId, "Cuarto intermedio", null, actor)))).Code.ShouldBe(EntitiesRules.VotingUnderWay);
    }

    [Fact]
    public async Task A_majority_by_sector_is_not_voted_in_secret()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync();
        await given.SecretVotingAsync(voters);
        var motion = await database.ReadAsync(db => db.Motions.SingleAsync());
        var other = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(motion.AssemblyId, new MotionInput("Otro", "Aprobar otro."), voters.Session.Entity.Actor));
        await Tampering.RunAsync(database.Settings, $"""UPDATE "Motions" SET "Majority" = '{nameof(MajorityKind.Double)}' WHERE "Title" = 'Otro'""");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenSecretVoting, BallotBoxId>(o => o.ExecuteAsync(other, voters.Session.Entity.Actor)))).Code.ShouldBe(BallotRules.BySector);
    }

    [Theory, BothDatabases]
    public async Task A_ballot_sent_again_counts_once_and_its_receipt_is_in_the_list(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync();
        var box = await given.SecretVotingAsync(voters);
        var member = voters.Session.Entity.Members[0];
        var yes = new Dictionary<string, int> { ["yes"] = 1 };
        Task<bool> Cast(BallotCode code, int who = 0) => given.WithAsync<CastBallot, bool>(c => c.ExecuteAsync(box, voters.Session.Entity.Members[who], yes, false, code, voters.ActorOf(who)));

        var code = BallotCode.New(new SystemEntropy());
        (await Cast(code)).ShouldBeTrue();
        var leaves = await database.ReadAsync(db => db.Leaves.CountAsync());
        (await Cast(code)).ShouldBeFalse("it is in the urn");
        (await database.ReadAsync(db => db.Leaves.CountAsync())).ShouldBe(leaves, "asking again writes nothing");
        (await Should.ThrowAsync<RuleBroken>(() => Cast(BallotCode.New(new SystemEntropy())))).Code.ShouldBe(BallotRules.Twice);
        (await Should.ThrowAsync<RuleBroken>(() => Cast(code, who: 1))).Code.ShouldBe(BallotRules.CodeTaken);
        await Cast(BallotCode.New(new SystemEntropy()), 1);
        await Cast(BallotCode.New(new SystemEntropy()), 2);
        await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor));

        (await database.ReadAsync(db => db.BallotBoxes.SingleAsync())).Count!.Ballots.ShouldBe(3);
        (await Cast(code)).ShouldBeFalse("after the count the same receipt is given again");
        var text = code.ToString();
        (await database.ReadAsync(db => db.CountedCodes.CountAsync(c => c.Code == text))).ShouldBe(1);
        (await Should.ThrowAsync<RuleBroken>(() => Cast(BallotCode.New(new SystemEntropy()), 3))).Code.ShouldBe(BallotRules.BoxClosed);
    }

    [Theory, BothDatabases]
    public async Task Nothing_in_the_database_ties_a_ballot_to_its_voter(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        const int Voters = 24;
        var voters = await given.VotersAsync(Voters);
        // Each ballot is one of a kind, so that any order left over would name its voter.
        var paper = new BallotPaper(BallotForm.Several, [.. Enumerable.Range(0, 5).Select(i => new BallotOption(((char)('a' + i)).ToString(), ""))], 5);
        var box = await OpenAsync(database, voters, paper);
        var dumps = new List<Dictionary<string, List<object?[]>>>();
        var (marks, codes) = (new List<string>(), new List<string>());
        for (var i = 0; i < Voters; i++)
        {
            dumps.Add(await DumpAsync(database.Settings));
            var mark = string.Join(',', Enumerable.Range(0, 5).Where(b => ((i + 1) >> b & 1) == 1).Select(b => (char)('a' + b)));
            marks.Add(mark);
            codes.Add((await given.BallotAsync(voters, box, i, mark)).ToString());
            database.Clock.Advance(TimeSpan.FromSeconds(7));
        }
        var before = await DumpAsync(database.Settings);

        // Before the count there is no row of a ballot, no code and no mark in clear, and all of the urn changes with each ballot.
        before["CountedBallots"].ShouldBeEmpty();
        before["CountedCodes"].ShouldBeEmpty();
        foreach (var code in codes) Everything(before).ShouldNotContain(code);
        var blocks = dumps.Skip(1).Append(before).Select(d => (byte[])d["Urns"].Single()[4]!).ToList();
        for (var i = 1; i < blocks.Count; i++)
            blocks[i].Skip(SealedBox.Overhead).Zip(blocks[i - 1].Skip(SealedBox.Overhead)).Count(p => p.First == p.Second).ShouldBeLessThan(Math.Max(10, blocks[i].Length / 20), "a block shows what the one before it held");
        blocks.Select(b => b.Length).ShouldBe(Enumerable.Range(1, Voters).Select(n => SealedBox.Overhead + (n * (UrnKeeper.CodeSize + 6))), "its size depends on the number of ballots only");

        await CountAsync(database, voters, box);
        var after = await DumpAsync(database.Settings);

        // After it: every ballot is there, in an order that is neither that of the voters, nor of the codes, nor its reverse.
        var rows = after["CountedBallots"].ConvertAll(r => MarkOf((string)r[2]!));
        rows.Order(StringComparer.Ordinal).ShouldBe(marks.Order(StringComparer.Ordinal));
        Math.Abs(Correlation([.. rows.Select(r => marks.IndexOf(r))])).ShouldBeLessThan(0.6);
        var listed = after["CountedCodes"].ConvertAll(r => (string)r[1]!);
        listed.ShouldBe(listed.Order(StringComparer.Ordinal));
        Math.Abs(Correlation([.. listed.Select(c => codes.IndexOf(c))])).ShouldBeLessThan(0.6);
        Math.Abs(Correlation([.. listed.Select(c => rows.IndexOf(marks[codes.IndexOf(c)]))])).ShouldBeLessThan(0.6, "the list of codes follows the list of ballots");

        // No value of a ballot's or a code's row is found in a row about a voter, and none of them has a time.
        string[] of = ["CountedBallots", "CountedCodes"];
        var values = of.SelectMany(t => after[t]).SelectMany(r => r.Skip(1)).Select(Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (table, content) in after)
        {
            // The seals and the leaf of the count name its rows; they are of one act, the count's.
            if (of.Contains(table) || table is "Seals" or "Leaves") continue;
            content.SelectMany(r => r).Where(v => v is string or Guid or byte[]).Select(Text).ShouldAllBe(v => !values.Contains(v), table);
        }
        var count = await database.ReadAsync(db => db.Acts.Where(a => a.Kind == "test.count").Select(a => a.Index).SingleAsync());
        (await database.ReadAsync(db => db.Seals.Where(s => s.Table == "CountedBallots" || s.Table == "CountedCodes").Select(s => s.Index).Distinct().ToListAsync())).ShouldBe([count]);
        after["BallotParticipations"].SelectMany(r => r).Any(v => v is DateTime).ShouldBeFalse();

        // The urn is gone with its key.
        after["Urns"].Single().Any(v => v is byte[]).ShouldBeFalse();
        if (provider == "postgres") (await InternalAsync(database.Settings)).ShouldBe(1, "all ballots are written by one transaction");
    }

    [Theory, BothDatabases]
    public async Task The_order_of_the_count_says_nothing_over_many_boxes(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, seed: 11);
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var paper = new BallotPaper(BallotForm.One, [.. Enumerable.Range(0, 9).Select(i => new BallotOption(i.ToString(CultureInfo.InvariantCulture), ""))], 1);
        var sum = 0.0;
        const int Boxes = 30;
        for (var n = 0; n < Boxes; n++)
        {
            var box = await OpenAsync(database, voters, paper);
            for (var i = 0; i < 9; i++) await given.BallotAsync(voters, box, i, i.ToString(CultureInfo.InvariantCulture));
            await CountAsync(database, voters, box);
            var rows = (await database.ReadAsync(db => db.CountedBallots.Where(b => b.UrnId == box.Value).OrderBy(b => b.Id).ToListAsync())).ConvertAll(b => b.Marking.Values.ToList().IndexOf(1));
            sum += Correlation(rows);
        }
        // The mean of 30 rank correlations of nine is within 0.25 in all but one case of ten thousand.
        Math.Abs(sum / Boxes).ShouldBeLessThan(0.25);
    }

    [Theory, BothDatabases]
    public async Task Weights_that_would_tell_are_refused_and_others_become_equal_ballots(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var heavy = await given.VotersAsync(5, i => i == 0 ? 5 : 1);
        (await Should.ThrowAsync<RuleBroken>(() => given.SecretVotingAsync(heavy))).Code.ShouldBe(BallotRules.WeightTells);
        (await Should.ThrowAsync<RuleBroken>(() => OpenAsync(database, heavy, new BallotPaper(BallotForm.One, BallotPaper.YesNo.Options, 1)))).Code.ShouldBe(BallotRules.WeightTells);

        var voters = await given.VotersAsync(6, i => i < 2 ? 3 : 1);
        (await Should.ThrowAsync<RuleBroken>(() => OpenAsync(database, voters, new BallotPaper(BallotForm.Several, BallotPaper.YesNo.Options, 2)))).Code.ShouldBe(BallotRules.WeightsDiffer);
        var box = await given.SecretVotingAsync(voters);
        for (var i = 0; i < 6; i++) await given.BallotAsync(voters, box, i, i is 0 or 5 ? "no" : "yes");
        var outcome = await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor));
        (outcome.Tally.Yes, outcome.Tally.No).ShouldBe((6, 4));
        var rows = await database.ReadAsync(db => db.CountedBallots.Where(b => b.UrnId == box.Value).ToListAsync());
        rows.Count.ShouldBe(10);
        rows.ShouldAllBe(r => r.Marking.Values.Sum() == 1);
    }

    [Theory, BothDatabases]
    public async Task Who_may_not_vote_is_told_why_and_nothing_is_taken(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(6, present: 5);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(voters.Session.Id, new MotionInput("Punto", "Aprobar."), voters.Session.Entity.Actor));
        var members = voters.Session.Entity.Members;
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[1], Choice.Conflict, voters.Session.Entity.Actor));
        var box = await given.WithAsync<OpenSecretVoting, BallotBoxId>(o => o.ExecuteAsync(motion, voters.Session.Entity.Actor));
        async Task Refused(string code, int member, Actor actor, string option = "yes", bool blank = false) =>
            (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastBallot, bool>(c => c.ExecuteAsync(box, members[member],
                option.Length == 0 ? [] : option.Split(',').ToDictionary(o => o, _ => 1), blank, BallotCode.New(new SystemEntropy()), actor)))).Code.ShouldBe(code);

        await Refused(EntitiesRules.VoteAbsent, 5, voters.ActorOf(5));
        await Refused(EntitiesRules.VoteConflict, 1, voters.ActorOf(1));
        await Refused(BallotRules.OnlyYours, 0, voters.ActorOf(2));
        await Refused(BallotRules.OnlyYours, 0, voters.Session.Entity.Actor);
        await Refused(BallotRules.TooManyMarks, 0, voters.ActorOf(0), "yes,no");
        await Refused(BallotRules.OptionUnknown, 0, voters.ActorOf(0), "maybe");
        await Refused(BallotRules.NothingChosen, 0, voters.ActorOf(0), "");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[0], Choice.Yes, voters.Session.Entity.Actor)))).Code.ShouldBe(BallotRules.IsSecret);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, voters.Session.Entity.Actor)))).Code.ShouldBe(BallotRules.IsSecret);
        (await database.ReadAsync(db => db.BallotParticipations.CountAsync())).ShouldBe(0);

        await given.BallotAsync(voters, box, 0, "yes");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[0], Choice.Conflict, voters.Session.Entity.Actor)))).Code.ShouldBe(BallotRules.TookPart);
        await given.BallotAsync(voters, box, 2, "yes");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor)))).Code.ShouldBe(BallotRules.TooFew);
        await given.WithAsync<AnnulBallotBox>(a => a.ExecuteAsync(box, "Faltaron votantes.", voters.Session.Entity.Actor));
        (await database.ReadAsync(db => db.Motions.SingleAsync())).State.ShouldBe(MotionState.Rejected);
        (await database.ReadAsync(db => db.Urns.SingleAsync())).Sealed.ShouldBeNull();
        (await database.ReadAsync(db => db.CountedBallots.CountAsync())).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Paper_typed_twice_is_counted_only_when_both_typings_agree(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(6);
        var actor = voters.Session.Entity.Actor;
        var members = voters.Session.Entity.Members;
        var box = await given.SecretVotingAsync(voters);
        await given.BallotAsync(voters, box, 0, "yes");
        await given.WithAsync<HandOutPaper>(h => h.ExecuteAsync(box, [members[1], members[2], members[3], members[4]], actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.BallotAsync(voters, box, 1, "yes"))).Code.ShouldBe(BallotRules.Twice);
        Task Type(int round, int yes, int no, int blank, int spoilt) => given.WithAsync<TypePaperCount>(t => t.ExecuteAsync(box, round, new PaperTally([yes, no, 0], blank, spoilt, yes + no + blank + spoilt), actor));
        Task<MotionOutcome> Close() => given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, actor));

        (await Should.ThrowAsync<RuleBroken>(Close)).Code.ShouldBe(BallotRules.PaperUncounted);
        (await Should.ThrowAsync<RuleBroken>(() => Type(1, 4, 1, 0, 0))).Code.ShouldBe(BallotRules.PaperTooMany);
        await Type(1, 3, 0, 0, 1);
        await Type(2, 2, 1, 0, 1);
        var typed = await database.ReadAsync(db => db.PaperCounts.OrderBy(p => p.Round).ToListAsync());
        PaperTally.Differences(typed[0].Tally, typed[1].Tally).ShouldBe([0, 1]);
        (await Should.ThrowAsync<RuleBroken>(Close)).Code.ShouldBe(BallotRules.PaperDiffers);
        await Type(1, 2, 1, 0, 1);
        var outcome = await Close();
        (outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Unused).ShouldBe((3, 1, 1, 1));
        var count = (await database.ReadAsync(db => db.BallotBoxes.SingleAsync())).Count!;
        (count.Ballots, count.OnPaper, count.Null).ShouldBe((5, 4, 1));
    }

    [Fact]
    public async Task Ballots_that_arrive_at_once_are_counted_each_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        const int Voters = 60;
        var voters = await given.VotersAsync(Voters);
        var box = await given.SecretVotingAsync(voters);
        var codes = Enumerable.Range(0, Voters).Select(_ => BallotCode.New(new SystemEntropy())).ToList();
        // Each ballot is sent four times at once, as an impatient telephone does.
        var taken = await Task.WhenAll(Enumerable.Range(0, 4 * Voters).Select(n => Task.Run(async () =>
        {
            var i = n % Voters;
            return await given.WithAsync<CastBallot, bool>(c => c.ExecuteAsync(box, voters.Session.Entity.Members[i],
                new Dictionary<string, int> { [i % 3 == 0 ? "no" : "yes"] = 1 }, false, codes[i], voters.ActorOf(i)));
        })));
        taken.Count(t => t).ShouldBe(Voters);
        var outcome = await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor));
        (outcome.Tally.Yes, outcome.Tally.No).ShouldBe((40, 20));
        (await database.ReadAsync(db => db.CountedCodes.Select(c => c.Code).ToListAsync())).Order().ShouldBe(codes.ConvertAll(c => c.ToString()).Order());
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_receipt_is_the_same_whatever_was_voted_and_proves_only_that_the_ballot_was_there()
    {
        var keys = SigningKeys.InMemory(new SeededEntropy(3));
        var receipt = new BallotReceipt("minka.example/registro", new Guid(1, 2, 3, new byte[8]), "00112233445566778899aabbccddeeff");
        BallotReceipt.Check(receipt.Sign(keys), keys.All).ShouldBe(receipt);
        BallotReceipt.Check(receipt.Sign(keys)[..^2] + "AA", keys.All).ShouldBeNull();
        typeof(BallotReceipt).GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public).Select(p => p.Name).Order()
            .ShouldBe(["Box", "Code", "Origin"]);
    }

    static Task<BallotBoxId> OpenAsync(TestDatabase database, GivenVoters voters, BallotPaper paper) =>
        database.Writer.ActAsync("test.open", voters.Session.Entity.Actor, async work =>
        {
            var room = await work.RoomAsync(voters.Session.Id, default);
            return (await BallotBoxes.OpenAsync(work, room, BallotSubject.Election, Guid.Empty, "Prueba", paper, default)).Id;
        });

    static Task CountAsync(TestDatabase database, GivenVoters voters, BallotBoxId box) =>
        database.Writer.ActAsync("test.count", voters.Session.Entity.Actor, async work => await BallotCounting.CountAsync(work, await work.BoxAsync(box, default), default));

    static string MarkOf(string json) =>
        string.Join(',', System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("values").EnumerateArray().Select((v, i) => (V: v.GetInt32(), I: i)).Where(v => v.V == 1).Select(v => (char)('a' + v.I)));

    /// <summary>Spearman's rank correlation with 0, 1, 2 …</summary>
    static double Correlation(IReadOnlyList<int> order)
    {
        double n = order.Count, sum = 0;
        for (var i = 0; i < order.Count; i++) sum += Math.Pow(order[i] - i, 2);
        return 1 - (6 * sum / (n * ((n * n) - 1)));
    }

    static string Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexStringLower(bytes),
        Guid guid => guid.ToString("N"),
        string s when Guid.TryParse(s, out var g) => g.ToString("N"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    static string Everything(Dictionary<string, List<object?[]>> dump)
    {
        var all = new StringBuilder();
        foreach (var value in dump.Values.SelectMany(r => r).SelectMany(r => r)) all.Append(Text(value)).Append('\n').Append(value is byte[] b ? Encoding.UTF8.GetString(b) : "").Append('\n');
        return all.ToString();
    }

    /// <summary>Every row of every table, in the order in which the database keeps them.</summary>
    static async Task<Dictionary<string, List<object?[]>>> DumpAsync(DbSettings settings)
    {
        await using DbConnection connection = settings.IsSqlite ? new SqliteConnection(settings.SqliteConnection) : new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = settings.IsSqlite ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }
        var dump = new Dictionary<string, List<object?[]>>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY {(settings.IsSqlite ? "rowid" : "ctid")}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = dump[table] = [];
            while (await reader.ReadAsync())
            {
                var row = new object?[reader.FieldCount];
                reader.GetValues(row!);
                rows.Add(row);
            }
        }
        return dump;
    }

    static async Task<long> InternalAsync(DbSettings settings)
    {
        await using var connection = new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(DISTINCT xmin::text) FROM \"CountedBallots\"";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
