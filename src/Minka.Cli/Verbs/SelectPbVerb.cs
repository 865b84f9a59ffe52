using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Certificates;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>select pb PATH… --rule …</c>: funds projects in each Pabulib file or in each file of a folder, by one rule. One JSON object a line with
/// <c>--json</c>, else a table. A faulty file is told on the error stream and the others still run; the exit code is 1 then.
/// </summary>
static class SelectPbVerb
{
    public static readonly (string Name, PbRule Rule)[] Rules =
    [
        ("greedy-votes", PbRule.GreedyVotes), ("greedy-score", PbRule.GreedyScore), ("greedy-density", PbRule.GreedyDensity), ("greedy-no-skip", PbRule.GreedyNoSkip), ("greedy-threshold", PbRule.GreedyThreshold),
        ("greedy-exclusive", PbRule.GreedyExclusive), ("mes", PbRule.EqualShares), ("phragmen", PbRule.Phragmen), ("maximin-support", PbRule.MaximinSupport), ("bos", PbRule.BoundedOverspending),
    ];

    public static readonly (string Name, Utility Utility)[] Utilities = [("cost", Utility.Cost), ("cardinality", Utility.Cardinality), ("points", Utility.Points), ("borda", Utility.Borda)];

    public static readonly (string Name, Completion Completion)[] Completions =
        [("none", Completion.None), ("add1", Completion.Add1), ("add1u", Completion.Add1U), ("add-opt", Completion.AddOpt), ("epsilon", Completion.Epsilon)];

    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Files (.pb, .pb.gz) or folders.", Arity = ArgumentArity.OneOrMore };
        var rule = Choice("--rule", "The rule. greedy-votes: by votes; with points or ranks by score per cost, as the common reference does. greedy-score: by total score, as cities do.", Rules.Select(r => r.Name));
        rule.Required = true;
        var utility = Choice("--utility", "Utility for mes and bos; without it points, borda or cost by the ballots.", Utilities.Select(u => u.Name));
        var completion = Choice("--completion", "How mes goes on when money is left; none without it.", Completions.Select(c => c.Name));
        var tie = Choice("--tie", "Tie order; id without it.", ["id", "cost", "votes"]);
        var exact = new Option<bool>("--exact") { Description = "Rational numbers throughout; the same outcome, slower." };
        var explain = new Option<bool>("--explain") { Description = "Rounds, prices, audits, and what each losing project would have needed." };
        var certificate = new Option<string?>("--certificate") { Description = "Writes a replayable certificate (one election)." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var threshold = new Option<long?>("--threshold") { Description = "Least score for greedy-threshold; without it min_project_score_threshold of the file." };
        var exclude = new Option<string[]>("--exclude") { Description = "A,B: projects that exclude each other, for greedy-exclusive." };
        var offset = new Option<int>("--borda-offset") { Description = "Added to every Borda point; 0 gives the last project ranked nothing." };
        var floor = new Option<bool>("--floor-start") { Description = "add1 starts from the share rounded down to whole currency units." };
        var command = new Command("pb", "Funds projects by a participatory-budgeting rule.") { paths, rule, utility, completion, tie, exact, explain, certificate, json, threshold, exclude, offset, floor };
        command.SetAction((parsed, cancel) =>
        {
            var settings = new PbSettings
            {
                Rule = Rules.First(r => r.Name == parsed.GetValue(rule)).Rule,
                Utility = parsed.GetValue(utility) is { } u ? Utilities.First(x => x.Name == u).Utility : null,
                Completion = parsed.GetValue(completion) is { } c ? Completions.First(x => x.Name == c).Completion : Completion.None,
                Tie = parsed.GetValue(tie) switch { "cost" => TieOrder.Cost, "votes" => TieOrder.Votes, _ => TieOrder.Id },
                Exact = parsed.GetValue(exact),
                Explain = parsed.GetValue(explain),
                Threshold = parsed.GetValue(threshold),
                Exclusions = [.. (parsed.GetValue(exclude) ?? []).Select(e => e.Split(',', 2)).Where(e => e.Length == 2).Select(e => (e[0], e[1]))],
                BordaOffset = parsed.GetValue(offset),
                FloorStart = parsed.GetValue(floor),
            };
            return Task.FromResult(Run(parsed.GetValue(paths)!, settings, parsed.GetValue(json), parsed.GetValue(certificate), Console.Out, Console.Error, cancel));
        });
        return command;
    }

    public static int Run(IReadOnlyList<string> paths, PbSettings settings, bool json, string? certificate, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        if (PbFiles.Find(paths, errors) is not { } files)
            return 2;
        if (certificate is not null && files.Count != 1)
        {
            errors.WriteLine("select pb: --certificate takes one election.");
            return 2;
        }

        var name = Rules.First(r => r.Rule == settings.Rule).Name;
        var failed = 0;
        using var progress = new Progress(json ? TextWriter.Null : errors, files.Count);
        var lines = new string?[files.Count];
        var next = 0;
        var gate = new Lock();
        if (!json)
            output.WriteLine(Table.Head);
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
        {
            string line;
            try
            {
                var election = PbFiles.Read(files[i], settings.Explain);
                var clock = Stopwatch.StartNew();
                var outcome = ParticipatoryBudget.Run(election, settings, cancel);
                var milliseconds = clock.Elapsed.TotalMilliseconds;
                var explanation = settings.Explain ? new PbExplanation(election, outcome, cancel) : null;
                line = json ? Json(files[i], name, election, outcome, milliseconds, explanation) : Table.Row(election, outcome, milliseconds);
                if (!json && explanation is not null)
                    line = string.Join(Environment.NewLine, [line, .. explanation.Lines()]);
                if (certificate is not null)
                    WriteCertificate(certificate, files[i], election, settings);
            }
            catch (Exception fault) when (fault is InvalidElectionException or IOException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref failed);
                lock (gate)
                    errors.WriteLine(fault is InvalidElectionException { File: not null } ? fault.Message : $"{files[i]}: {fault.Message}");
                line = "";
            }

            lock (gate)
            {
                // In the order of the files, as soon as all before are there.
                lines[i] = line;
                for (; next < lines.Length && lines[next] is { } ready; next++)
                {
                    if (ready.Length > 0)
                        output.WriteLine(ready);
                }

                progress.Step();
            }
        });
        if (failed == 0)
            return 0;
        errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"select pb: {failed} of {files.Count} files failed."));
        return 1;
    }

    private static void WriteCertificate(string target, string file, Election election, PbSettings settings)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        File.WriteAllBytes(target, JsonSerializer.SerializeToUtf8Bytes(PbCertificate.Of(election, settings, sha256), PbCertificates.Options));
    }

    private static string Json(string file, string rule, Election election, PbOutcome outcome, double milliseconds, PbExplanation? explanation)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("file", Path.GetFileName(file));
            writer.WriteString("path", file);
            writer.WriteString("rule", rule);
            if (outcome.Settings.Rule is PbRule.EqualShares or PbRule.BoundedOverspending)
                writer.WriteString("utility", Utilities.First(u => u.Utility == outcome.Settings.UtilityFor(election.Ballots.Kind)).Name);
            if (outcome.Settings.Rule == PbRule.EqualShares)
                writer.WriteString("completion", Completions.First(c => c.Completion == outcome.Settings.Completion).Name);
            writer.WriteStartArray("winners");
            foreach (var id in outcome.Winners(election))
                writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteStartArray("order");
            foreach (var p in outcome.Order)
                writer.WriteStringValue(election.Projects[p].Id);
            writer.WriteEndArray();
            writer.WritePropertyName("spent");
            writer.WriteRawValue(PabulibWriter.Decimal(outcome.Spent));
            writer.WritePropertyName("budget");
            writer.WriteRawValue(PabulibWriter.Decimal(election.Budget));
            writer.WriteNumber("minRelGap", outcome.MinRelGap);
            writer.WriteBoolean("exact", outcome.Exact);
            writer.WriteNumber("restarts", outcome.Restarts);
            writer.WriteNumber("runs", outcome.Runs);
            writer.WriteNumber("ms", Math.Round(milliseconds, 3));
            explanation?.Write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static Option<string?> Choice(string name, string description, IEnumerable<string> values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }

    private static class Table
    {
        public static string Head => $"{"election",-60} {"funded",9} {"spent",16} {"budget",16} {"%",6} {"ms",9}";

        public static string Row(Election election, PbOutcome outcome, double milliseconds)
        {
            var name = election.Name.Length > 60 ? string.Concat("…", election.Name.AsSpan(election.Name.Length - 59)) : election.Name;
            var spent = (outcome.Spent / election.Budget).ToDouble();
            return string.Create(CultureInfo.InvariantCulture,
                $"{name,-60} {$"{outcome.Order.Count}/{election.Projects.Count}",9} {PabulibWriter.Decimal(outcome.Spent),16} {PabulibWriter.Decimal(election.Budget),16} {spent * 100,6:0.0} {milliseconds,9:0.00}");
        }
    }

    /// <summary>A bar on a terminal once work takes more than a second; nothing where output is redirected.</summary>
    private sealed class Progress(TextWriter target, int total) : IDisposable
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly bool _shown = !Console.IsErrorRedirected && total > 1;
        private int _done;

        public void Step()
        {
            _done++;
            if (!_shown || _clock.ElapsedMilliseconds < 1_000)
                return;
            var filled = 30 * _done / total;
            target.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', filled)}{new string('.', 30 - filled)}] {_done}/{total} "));
        }

        public void Dispose()
        {
            if (_shown && _clock.ElapsedMilliseconds >= 1_000)
                target.WriteLine();
        }
    }
}
