using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Evaluation;

public sealed class SeatingTests
{
    sealed record Panel(IReadOnlyList<(Guid File, int Seats)> Files, IReadOnlyDictionary<Guid, int> Loads, HashSet<(Guid, Guid)> Blocked, byte[] Seed)
    {
        public (IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>? Seats, Guid? Unseated) Fill() => Seating.Fill(Files, Loads, (e, f) => Blocked.Contains((e, f)), Seed);

        public override string ToString() =>
            $"files {string.Join(' ', Files.Select(f => f.Seats))}; loads {string.Join(' ', Loads.Values)}; blocked {string.Join(' ', Blocked.Select(b => $"{b.Item1.ToString()[..8]}/{b.Item2.ToString()[..8]}"))}";
    }

    static Guid Id(int kind, int n) => new(n, (short)kind, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    static Gen<Panel> Panels(int mostFiles, int mostEvaluators) =>
        from files in Gen.Choose(1, mostFiles)
        from evaluators in Gen.Choose(1, mostEvaluators)
        from seats in Gen.Choose(1, 3).ListOf(files)
        from loads in Gen.Choose(0, 3).ListOf(evaluators)
        from dense in Gen.Choose(1, 6)
        from crosses in Gen.Choose(0, dense).ListOf(files * evaluators)
        from seed in Gen.Choose(0, 255)
        select new Panel(
            [.. seats.Select((s, f) => (Id(2, f), s))],
            loads.Select((l, e) => (Id(1, e), l)).ToDictionary(),
            [.. crosses.Select((c, i) => (Crossed: c == 0, Pair: (Id(1, i / files), Id(2, i % files)))).Where(c => c.Crossed).Select(c => c.Pair)],
            [(byte)seed]);

    [Fact]
    public void No_conflict_is_ever_crossed_and_every_seat_has_another_person() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Panels(6, 6).ToArbitrary(), panel =>
        {
            var (seats, unseated) = panel.Fill();
            return seats is null
                ? panel.Files.Any(f => f.File == unseated)
                : panel.Files.All(f => seats[f.File].Count == f.Seats && seats[f.File].Distinct().Count() == f.Seats
                    && seats[f.File].All(e => panel.Loads.ContainsKey(e) && !panel.Blocked.Contains((e, f.File))));
        }));

    [Fact]
    public void It_is_impossible_exactly_where_a_file_lacks_people_without_conflict() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Panels(6, 6).ToArbitrary(), panel =>
        {
            var (seats, unseated) = panel.Fill();
            int Free(Guid file) => panel.Loads.Keys.Count(e => !panel.Blocked.Contains((e, file)));
            // Nobody's load has an upper bound, so a file that has enough people without conflict is seated.
            var possible = panel.Files.All(f => Free(f.File) >= f.Seats);
            return possible == seats is not null && (unseated is not { } told || Free(told) < panel.Files.Single(f => f.File == told).Seats);
        }));

    [Fact]
    public void The_greatest_load_is_the_least_possible() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_500), Prop.ForAll(Panels(4, 4).ToArbitrary(), panel =>
        {
            var (seats, _) = panel.Fill();
            var best = Best(panel, 0, new Dictionary<Guid, int>(panel.Loads));
            return seats is null ? best is null : panel.Loads.Max(l => l.Value + seats.Values.Count(s => s.Contains(l.Key))) == best;
        }));

    [Fact]
    public void The_same_seed_seats_the_same_people_and_another_one_others()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Panels(5, 6).ToArbitrary(), panel =>
        {
            var (one, two) = (panel.Fill().Seats, panel.Fill().Seats);
            return one is null ? two is null : panel.Files.All(f => one[f.File].SequenceEqual(two![f.File]));
        }));
        var files = Enumerable.Range(0, 8).Select(f => (Id(2, f), 2)).ToList();
        var loads = Enumerable.Range(0, 8).ToDictionary(e => Id(1, e), _ => 0);
        Enumerable.Range(0, 20).Select(s => string.Join(',', Seating.Fill(files, loads, (_, _) => false, [(byte)s]).Seats!.Select(x => string.Join('.', x.Value)))).Distinct().Count().ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Nobody_to_seat_is_told_and_nothing_to_seat_is_no_fault()
    {
        Seating.Fill([(Id(2, 0), 1)], new Dictionary<Guid, int>(), (_, _) => false, [1]).ShouldBe((null, Id(2, 0)));
        Seating.Fill([], new Dictionary<Guid, int>(), (_, _) => false, [1]).Seats.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Ties_to_an_entity_and_to_its_region_keep_an_evaluator_from_the_file(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        // Provinces 0605, 0602 (one region) and 0901 (another).
        var files = await given.FilesInScreeningAsync(3);
        var call = files[0].Call;
        var evaluators = await given.EvaluatorsAsync(call, 4);
        await given.WithAsync<GrantRole>(g => g.ExecuteAsync(evaluators[0].PersonId!.Value, Role.Secretary, Scope.OfEntity(files[0].Entity.Id.Value), Actor.System));
        await given.WithAsync<DeclareConflict>(d => d.ExecuteAsync(call.Id, evaluators[1].PersonId!.Value, files[2].Entity.Id, "Parentesco con quien preside.", evaluators[1]));
        await given.AdmitAsync(files);
        await given.WithAsync<StartEvaluation>(s => s.ExecuteAsync(call.Id, call.Operator));
        var seats = await given.ReadAsync(db => db.Assignments.Where(a => a.CallId == call.Id).ToListAsync());
        seats.Count.ShouldBe(6);
        seats.Where(s => s.EvaluatorId == evaluators[0].PersonId).ShouldAllBe(s => s.ApplicationId == files[2].Id);
        seats.Where(s => s.EvaluatorId == evaluators[1].PersonId).ShouldAllBe(s => s.ApplicationId != files[2].Id);
        seats.GroupBy(s => s.ApplicationId).ShouldAllBe(g => g.Select(s => s.EvaluatorId).Distinct().Count() == 2);
        var loads = seats.GroupBy(s => s.EvaluatorId).Select(g => g.Count()).ToList();
        (loads.Max() - 1).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Where_too_few_are_left_it_says_for_which_file_and_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await given.FilesInEvaluationAsync(2, 2);
        var seats = await given.SeatsAsync(files[1]);
        var me = new Actor(seats[0].EvaluatorId, "evaluator");
        var refused = await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DeclareConflict>(d => d.ExecuteAsync(files[1].Call.Id, me.PersonId!.Value, files[1].Entity.Id, "Parentesco.", me)));
        refused.Code.ShouldBe(EvaluationCodes.TooFewEvaluators);
        refused.Args.ShouldBe(["P-002"]);
        (await given.ReadAsync(db => db.Conflicts.AnyAsync())).ShouldBeFalse();
        (await given.SeatsAsync(files[1])).Select(s => (s.Id, s.State)).ShouldBe(seats.Select(s => (s.Id, s.State)));
    }

    /// <summary>Every way to seat, one after another.</summary>
    static int? Best(Panel panel, int at, Dictionary<Guid, int> loads)
    {
        if (at == panel.Files.Count) return loads.Values.Max();
        var (file, seats) = panel.Files[at];
        var people = loads.Keys.Where(e => !panel.Blocked.Contains((e, file))).ToList();
        int? best = null;
        foreach (var set in Sets(people, seats, 0))
        {
            foreach (var e in set) loads[e]++;
            if (Best(panel, at + 1, loads) is { } found && (best is null || found < best)) best = found;
            foreach (var e in set) loads[e]--;
        }
        return best;
    }

    static IEnumerable<IReadOnlyList<Guid>> Sets(List<Guid> people, int size, int from)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }
        for (var i = from; i <= people.Count - size; i++)
            foreach (var rest in Sets(people, size - 1, i + 1)) yield return [people[i], .. rest];
    }
}
