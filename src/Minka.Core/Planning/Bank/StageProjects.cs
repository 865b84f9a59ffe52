using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>A draft as it is judged now, against the bank as it is now.</summary>
public sealed record BankReview(BankDraft Draft, IReadOnlyList<JudgedProject> Rows)
{
    public IReadOnlyList<JudgedProject> Good { get; } = [.. Rows.Where(r => r.Faults.Count == 0)];

    public IReadOnlyList<JudgedProject> Bad { get; } = [.. Rows.Where(r => r.Faults.Count > 0)];
}

/// <summary>Reads, corrects and takes in a table of projects. What is good can be taken in while the rest waits for its correction.</summary>
[UseCase]
public sealed class StageProjects(AppDb db, Writer writer, Country? country = null)
{
    /// <summary>Rows taken in in one act: others may write between two, and each step is kept.</summary>
    public const int Portion = 1_000;

    /// <summary>Reads a file and keeps its rows; or says why it cannot be read, and keeps what was there.</summary>
    public async Task<BankTableFile> StageAsync(EntityId entity, byte[] file, string name, Actor actor, CancellationToken cancel = default)
    {
        var table = BankTable.Read(file);
        if (table.Faults.Count == 0) await KeepAsync(entity, table, Digest.Of(file), name, actor, cancel);
        return table;
    }

    /// <summary>Keeps rows read elsewhere, in place of what was there.</summary>
    public Task KeepAsync(EntityId entity, BankTableFile table, Digest digest, string name, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.stage", actor, async work =>
        {
            if (await work.Db.BankDrafts.SingleOrDefaultAsync(d => d.EntityId == entity, cancel) is { } former)
            {
                work.Db.BankDrafts.Remove(former);
                await work.FlushAsync(cancel);
            }
            var kept = new BankDraft { EntityId = entity, FileName = name.Length > 160 ? name[^160..] : name, FileDigest = digest, Sheet = table.Sheet, Encoding = table.Encoding, CreatedAt = work.Now };
            kept.Keep(table.Lines);
            work.Db.BankDrafts.Add(kept);
        }, new ActNote("entity", entity.Value), cancel);

    public async Task<BankReview?> ReviewAsync(EntityId entity, CancellationToken cancel = default)
    {
        if (await db.BankDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.EntityId == entity, cancel) is not { } draft) return null;
        var lines = draft.Lines();
        return new(draft, Judge(lines, await BeforeAsync(db, entity, lines, cancel)));
    }

    /// <summary>Writes down corrections: the cells of some rows, and rows that are left out.</summary>
    public Task CorrectAsync(EntityId entity, int version, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> cells, IReadOnlyCollection<int> leftOut, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.stage", actor, async work =>
        {
            var draft = await DraftAsync(work, entity, cancel);
            if (draft.Version != version) throw new ChangedMeanwhile("bank-draft");
            var rows = draft.Lines().Where(l => !leftOut.Contains(l.Line)).Select(l => cells.TryGetValue(l.Line, out var typed) ? Corrected(l, typed) : l).ToList();
            if (rows.Count == 0) work.Db.BankDrafts.Remove(draft);
            else draft.Keep(rows);
        }, new ActNote("entity", entity.Value), cancel);

    public Task DiscardAsync(EntityId entity, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.stage", actor, async work => work.Db.BankDrafts.Remove(await DraftAsync(work, entity, cancel)), new ActNote("entity", entity.Value), cancel);

    /// <summary>Takes in the rows without fault, in portions; those with one stay in the draft.</summary>
    /// <param name="told">Hears after each portion how many were taken in so far.</param>
    /// <returns>How many were taken in.</returns>
    public async Task<int> AdmitAsync(EntityId entity, Actor actor, Action<int>? told = null, CancellationToken cancel = default)
    {
        var admitted = 0;
        for (var more = true; more;)
        {
            (var count, more) = await writer.ActAsync("bank.import", actor, async work =>
            {
                var draft = await DraftAsync(work, entity, cancel);
                var lines = draft.Lines();
                var judged = Judge(lines, await BeforeAsync(work.Db, entity, lines, cancel));
                var good = judged.Where(r => r.Input is not null).Take(Portion).ToList();
                if (good.Count == 0) throw new RuleBroken(PlanningRules.NoGoodRows, judged.Count);
                await AddAsync(work, entity, draft, good, cancel);
                var taken = good.Select(g => g.Line.Line).ToHashSet();
                var rest = judged.Where(r => !taken.Contains(r.Line.Line)).ToList();
                if (rest.Count == 0) work.Db.BankDrafts.Remove(draft);
                else draft.Keep([.. rest.Select(r => r.Line)], good.Count);
                return (good.Count, rest.Any(r => r.Input is not null));
            }, new ActNote("entity", entity.Value), cancel);
            admitted += count;
            told?.Invoke(admitted);
        }
        return admitted;
    }

    static async Task AddAsync(Work work, EntityId entity, BankDraft draft, IReadOnlyList<JudgedProject> rows, CancellationToken cancel)
    {
        if (await work.Db.Projects.CountAsync(p => p.EntityId == entity, cancel) + rows.Count > PlanningRules.MostInBank) throw new RuleBroken(PlanningRules.BankFull, PlanningRules.MostInBank);
        var codes = await work.Db.Projects.Where(p => p.EntityId == entity).Select(p => p.Code).ToListAsync(cancel);
        var ids = await work.Db.Projects.Where(p => p.EntityId == entity && p.ProgrammeId == null).ToDictionaryAsync(p => p.Code, p => p.Id, StringComparer.OrdinalIgnoreCase, cancel);
        var next = BankChecks.NumberAfter(codes.Concat(rows.Select(r => r.Input!.Project.Code).OfType<string>()).Where(c => c.StartsWith('B')));
        foreach (var (line, input, _, _) in rows)
        {
            var code = input!.Project.Code ?? $"B{(next++).ToString(CultureInfo.InvariantCulture)}";
            var project = Project.AddToBank(work.NewId<ProjectId>(), entity, code, input.Project, input.Stage);
            var origin = new ProjectDocument($"{draft.FileName}, {line.Line.ToString(CultureInfo.InvariantCulture)}", draft.Sheet, draft.FileDigest);
            var sheet = ProjectSheet.Of(project, input.Sheet! with { Documents = [.. input.Sheet!.Documents, origin] });
            ids[code] = project.Id;
            project.ComeAfter([.. BankOrder.CodesOf(line).Select(c => ids[c])]);
            work.Db.Projects.Add(project);
            work.Db.ProjectSheets.Add(sheet);
            work.Db.CostLines.AddRange(input.Lines!.Select((l, i) => CostLine.Add(work.NewId<CostLineId>(), project.Id, i + 1, l)));
        }
    }

    static IReadOnlyList<JudgedProject> Judge(IReadOnlyList<BankLine> lines, BankBefore before)
    {
        var inBank = before.Codes.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return BankOrder.Judge([.. lines.Select(l => new BankRow(l, before).Judge())], inBank);
    }

    async Task<BankBefore> BeforeAsync(AppDb read, EntityId entity, IReadOnlyList<BankLine> lines, CancellationToken cancel)
    {
        // Of several strategies, the one in force counts first, then the newest.
        var axes = await read.Axes.AsNoTracking().Join(read.Strategies.Where(s => s.EntityId == entity), a => a.StrategyId, s => s.Id, (a, s) => new { a.Code, a.Id, s.State, s.Number }).ToListAsync(cancel);
        var codes = await read.Projects.Where(p => p.EntityId == entity && p.ProgrammeId == null).Select(p => p.Code).ToListAsync(cancel);
        var investments = await read.ProjectSheets.Where(s => s.EntityId == entity && s.InvestmentCode != null)
            .Join(read.Projects, s => s.ProjectId, p => p.Id, (s, p) => new { Investment = s.InvestmentCode!, p.Code }).ToListAsync(cancel);
        var named = lines.SelectMany(l => l["distritos"].Split([' ', '|', ',', '/', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)
            .Select(t => Ubigeo.TryNormalize(t, out var code) ? code : null).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var known = await Places.KnownAsync(read, country, named, cancel);
        return new(
            axes.GroupBy(a => a.Code, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.OrderByDescending(a => a.State == StrategyState.InForce).ThenByDescending(a => a.Number).First().Id, StringComparer.OrdinalIgnoreCase),
            codes.ToDictionary(c => c, _ => 0, StringComparer.OrdinalIgnoreCase),
            investments.DistinctBy(i => i.Investment).ToDictionary(i => i.Investment, i => i.Code, StringComparer.Ordinal),
            known,
            named.Where(c => Levels.OfCode(c) == Level.District && !known.Contains(c) && country?.Find(c[..4]) is not null).ToHashSet(StringComparer.Ordinal),
            await EntityPlaces.OfAsync(read, entity, cancel));
    }

    // What the file made doubtful is settled once somebody has looked at it and saved.
    static BankLine Corrected(BankLine line, IReadOnlyDictionary<string, string> typed) =>
        new(line.Line, [.. BankTable.Columns.Select(c => typed.TryGetValue(c, out var text) ? text.Trim() : line[c])], [.. line.Notes.Where(n => !typed.ContainsKey(n.Column))]);

    static async Task<BankDraft> DraftAsync(Work work, EntityId entity, CancellationToken cancel) =>
        await work.Db.BankDrafts.SingleOrDefaultAsync(d => d.EntityId == entity, cancel) ?? throw new NotFound("bank-draft", entity.Value);
}
