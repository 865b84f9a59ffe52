using System.Buffers.Binary;
using System.Security.Cryptography;
using Minka.Core.Evaluation;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Evaluation;

public sealed class SeatingTests
{
    static Guid Id(int kind, int n) => new(n, (short)kind, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    /// <summary>Numbers from a seed, the same on every machine.</summary>
    sealed class Numbers(int seed)
    {
        uint state = unchecked(((uint)seed * 2654435761u) + 1);

        public int Below(int limit)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return (int)(state % (uint)limit);
        }
    }

    static (List<(Guid, int)> Files, Dictionary<Guid, int> Loads, HashSet<(Guid, Guid)> Blocked) Panel(int seed, int mostFiles, int mostEvaluators)
    {
        var numbers = new Numbers(seed);
        var (files, evaluators) = (1 + numbers.Below(mostFiles), 2 + numbers.Below(mostEvaluators - 1));
        var loads = Enumerable.Range(0, evaluators).ToDictionary(e => Id(1, e), _ => numbers.Below(3));
        var blocked = new HashSet<(Guid, Guid)>();
        for (var e = 0; e < evaluators; e++)
            for (var f = 0; f < files; f++)
                if (numbers.Below(4) == 0) blocked.Add((Id(1, e), Id(2, f)));
        return ([.. Enumerable.Range(0, files).Select(f => (Id(2, f), 1 + numbers.Below(2)))], loads, blocked);
    }

    [Fact]
    public void No_conflict_is_ever_crossed_in_a_hundred_thousand_panels()
    {
        Span<byte> seed = stackalloc byte[4];
        for (var i = 1; i <= 100_000; i++)
        {
            var (files, loads, blocked) = Panel(i, 3, 4);
            BinaryPrimitives.WriteInt32LittleEndian(seed, i);
            var (seats, _) = Seating.Fill(files, loads, (e, f) => blocked.Contains((e, f)), seed.ToArray());
            if (seats is null) continue;
            foreach (var (file, count) in files)
            {
                if (seats[file].Count != count || seats[file].Distinct().Count() != count || seats[file].Any(e => blocked.Contains((e, file))))
                    throw new InvalidOperationException($"panel {i} is wrong");
            }
        }
    }

    [Fact]
    public void The_greatest_load_is_the_least_possible()
    {
        for (var i = 1; i <= 400; i++)
        {
            var (files, loads, blocked) = Panel(i, 4, 4);
            var (seats, unseated) = Seating.Fill(files, loads, (e, f) => blocked.Contains((e, f)), SHA256.HashData([(byte)i]));
            var best = Best(files, 0, new(loads), blocked);
            if (best is null)
            {
                seats.ShouldBeNull($"panel {i}");
                unseated.ShouldNotBeNull();
                continue;
            }
            seats.ShouldNotBeNull($"panel {i}");
            loads.Max(l => l.Value + seats.Values.Count(s => s.Contains(l.Key))).ShouldBe(best.Value, $"panel {i}");
        }
    }

    [Fact]
    public void The_same_seed_seats_the_same_people()
    {
        var (files, loads, blocked) = Panel(7, 4, 5);
        var one = Seating.Fill(files, loads, (e, f) => blocked.Contains((e, f)), [1]).Seats!;
        var two = Seating.Fill(files, loads, (e, f) => blocked.Contains((e, f)), [1]).Seats!;
        foreach (var (file, _) in files) one[file].ShouldBe(two[file]);
    }

    /// <summary>Every way to seat, one after another.</summary>
    static int? Best(List<(Guid File, int Seats)> files, int at, Dictionary<Guid, int> loads, HashSet<(Guid, Guid)> blocked)
    {
        if (at == files.Count) return loads.Values.Max();
        var (file, seats) = files[at];
        int? best = null;
        var people = loads.Keys.Where(e => !blocked.Contains((e, file))).ToList();
        for (var i = 0; i < people.Count; i++)
        {
            for (var j = seats == 1 ? people.Count : i + 1; j < people.Count || (seats == 1 && j == people.Count); j++)
            {
                loads[people[i]]++;
                if (seats == 2) loads[people[j]]++;
                if (Best(files, at + 1, loads, blocked) is { } found && (best is null || found < best)) best = found;
                loads[people[i]]--;
                if (seats == 2) loads[people[j]]--;
            }
        }
        return best;
    }
}
