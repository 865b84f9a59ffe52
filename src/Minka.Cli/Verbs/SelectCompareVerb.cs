using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Cli.Verbs;

/// <summary><c>select compare FILE…</c>: every rule side by side, who is represented by each, and which one explains the official result.</summary>
static class SelectCompareVerb
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Files (.pb, .pb.gz) or folders.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var command = new Command("compare", "Compares all rules on an election, and with its official result.") { paths, json };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(paths)!, parsed.GetValue(json), Console.Out, Console.Error, cancel)));
        return command;
    }

    public static int Run(IReadOnlyList<string> paths, bool json, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        if (PbFiles.Find(paths, errors) is not { } files)
            return 2;
        var failed = false;
        foreach (var file in files)
        {
            try
            {
                var election = PbFiles.Read(file, voterAttributes: false);
                var comparison = RuleComparison.Of(election, cancel: cancel);
                if (json)
                    WriteJson(election, comparison, output);
                else
                    WriteTable(election, comparison, output);
            }
            catch (Exception fault) when (fault is InvalidElectionException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine(fault is InvalidElectionException { File: not null } ? fault.Message : $"{file}: {fault.Message}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }

    public static string Name(PbSettings settings, BallotKind kind)
    {
        var name = SelectPbVerb.Rules.First(r => r.Rule == settings.Rule).Name;
        if (settings.Rule is PbRule.EqualShares or PbRule.BoundedOverspending)
            name += " " + SelectPbVerb.Utilities.First(u => u.Utility == settings.UtilityFor(kind)).Name;
        return settings.Completion == Completion.None ? name : name + " " + SelectPbVerb.Completions.First(c => c.Completion == settings.Completion).Name;
    }

    private static void WriteTable(Election election, RuleComparison comparison, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{election.Name}: {election.Projects.Count} projects, {election.Ballots.Count} ballots, budget {PabulibWriter.Decimal(election.Budget)}"));
        output.WriteLine($"{"rule",-28} {"funded",6} {"spent",14} {"nothing",8} {"projects",8} {"Gini",6} {"official",8}");
        foreach (var row in comparison.Rows)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Name(row.Settings, election.Ballots.Kind),-28} {row.Outcome.Order.Count,6} {PabulibWriter.Decimal(row.Outcome.Spent),14} {row.Satisfaction.All.ShareWithNothing.ToDouble() * 100,7:0.0}% {row.Satisfaction.All.MeanProjects.ToDouble(),8:0.00} {row.Satisfaction.Gini.ToDouble(),6:0.000} {(row.Agreement is { } a ? (a * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : "-"),8}"));
        }

        output.WriteLine(Official(election, comparison));
    }

    private static string Official(Election election, RuleComparison comparison)
    {
        if (comparison.Official is null)
            return "The file does not tell the official result.";
        var explaining = comparison.Explaining.Select(r => Name(r.Settings, election.Ballots.Kind)).ToList();
        return explaining.Count == 0
            ? $"Official result ({comparison.Official.Count} projects, rule {comparison.OfficialRule ?? "not named"}): no rule of the table gives it."
            : $"Official result ({comparison.Official.Count} projects, rule {comparison.OfficialRule ?? "not named"}) is that of: {string.Join(", ", explaining)}.";
    }

    private static void WriteJson(Election election, RuleComparison comparison, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, SelectPbVerb.JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("file", election.Name);
            writer.WriteString("officialRule", comparison.OfficialRule);
            writer.WriteStartArray("explaining");
            foreach (var row in comparison.Explaining)
                writer.WriteStringValue(Name(row.Settings, election.Ballots.Kind));
            writer.WriteEndArray();
            writer.WriteStartArray("rules");
            foreach (var row in comparison.Rows)
            {
                writer.WriteStartObject();
                writer.WriteString("rule", Name(row.Settings, election.Ballots.Kind));
                writer.WriteStartArray("winners");
                foreach (var id in row.Outcome.Winners(election))
                    writer.WriteStringValue(id);
                writer.WriteEndArray();
                writer.WritePropertyName("spent");
                writer.WriteRawValue(PabulibWriter.Decimal(row.Outcome.Spent));
                writer.WriteNumber("shareWithNothing", row.Satisfaction.All.ShareWithNothing.ToDouble());
                writer.WriteNumber("meanProjects", row.Satisfaction.All.MeanProjects.ToDouble());
                writer.WriteNumber("gini", row.Satisfaction.Gini.ToDouble());
                if (row.Agreement is { } agreement)
                    writer.WriteNumber("agreement", agreement);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
