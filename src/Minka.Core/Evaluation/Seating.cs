using System.Security.Cryptography;
using System.Text;

namespace Minka.Core.Evaluation;

/// <summary>
/// Fills the seats: never across a conflict, with the least possible greatest load, and among equals by a seed, so that
/// nobody chooses who reads whom and anybody can repeat it.
/// </summary>
public static class Seating
{
    /// <summary>
    /// Seats for each file, or the file that cannot be seated. Raises the allowed load from the mean until every seat is
    /// filled; each try is a bipartite matching by augmenting paths. O(loads × seats × pairs).
    /// </summary>
    /// <param name="files">File and the number of seats to fill.</param>
    /// <param name="loads">Files that each evaluator has already.</param>
    /// <param name="blocked">Pairs that may not meet (conflicts, and those already seated at that file).</param>
    public static (IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>? Seats, Guid? Unseated) Fill(
        IReadOnlyList<(Guid File, int Seats)> files,
        IReadOnlyDictionary<Guid, int> loads,
        Func<Guid, Guid, bool> blocked,
        byte[] seed)
    {
        var evaluators = loads.Keys.ToList();
        var total = files.Sum(f => f.Seats) + loads.Values.Sum();
        var least = evaluators.Count == 0 ? 0 : (total + evaluators.Count - 1) / evaluators.Count;
        var most = (loads.Count == 0 ? 0 : loads.Values.Max()) + files.Count;
        Guid? unseated = files.Count > 0 ? files[0].File : null;
        var choices = files.ToDictionary(f => f.File, f => evaluators.Where(e => !blocked(e, f.File)).OrderBy(e => Lot(seed, e, f.File), StringComparer.Ordinal).ToList());
        for (var load = least; load <= Math.Max(most, least); load++)
        {
            var seats = Match(files, choices, loads, load, out unseated);
            if (seats is not null) return (seats, null);
        }
        return (null, unseated);
    }

    static IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>? Match(
        IReadOnlyList<(Guid File, int Seats)> files, Dictionary<Guid, List<Guid>> choices, IReadOnlyDictionary<Guid, int> loads, int load, out Guid? unseated)
    {
        var seated = files.ToDictionary(f => f.File, _ => new HashSet<Guid>());
        var room = loads.ToDictionary(l => l.Key, l => load - l.Value);
        foreach (var (file, count) in files.OrderBy(f => choices[f.File].Count).ThenBy(f => f.File))
        {
            for (var seat = 0; seat < count; seat++)
            {
                if (Seat(file, [])) continue;
                unseated = file;
                return null;
            }
        }
        unseated = null;
        return seated.ToDictionary(s => s.Key, s => (IReadOnlyList<Guid>)[.. choices[s.Key].Where(s.Value.Contains)]);

        bool Seat(Guid file, HashSet<Guid> tried)
        {
            foreach (var evaluator in choices[file])
            {
                if (seated[file].Contains(evaluator) || room[evaluator] <= 0) continue;
                seated[file].Add(evaluator);
                room[evaluator]--;
                return true;
            }
            foreach (var evaluator in choices[file])
            {
                if (seated[file].Contains(evaluator) || !tried.Add(evaluator)) continue;
                foreach (var other in seated.Where(s => s.Key != file && s.Value.Contains(evaluator)).Select(s => s.Key).ToList())
                {
                    seated[other].Remove(evaluator);
                    seated[file].Add(evaluator);
                    if (Seat(other, tried)) return true;
                    seated[file].Remove(evaluator);
                    seated[other].Add(evaluator);
                }
            }
            return false;
        }
    }

    static string Lot(byte[] seed, Guid evaluator, Guid file) =>
        Convert.ToHexStringLower(SHA256.HashData([.. seed, .. Encoding.ASCII.GetBytes($"{evaluator:N}{file:N}")]));
}
