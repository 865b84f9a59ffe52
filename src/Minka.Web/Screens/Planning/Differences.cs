using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Planning.Logframes;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Planning.Bank;

namespace Minka.Web.Screens.Planning;

/// <summary>What an editor typed beside what another saved meanwhile, in words; what is the same is left out.</summary>
static class Differences
{
    public static IReadOnlyList<Difference> Of(SheetInput typed, SheetInput stored, T t) => Changed(
    [
        Line(typed, stored, t["bank.kind"], s => s.Kind is { } kind ? t.Of(kind) : ""),
        Line(typed, stored, t["bank.cui-head"], s => s.InvestmentCode),
        Line(typed, stored, t["bank.start"], s => s.StartMonth is { } month ? Format.Month(month) : ""),
        Line(typed, stored, t["bank.months"], s => $"{s.Months}"),
        Line(typed, stored, t["sheet-part.upkeep"], s => Joined(s.Upkeep?.Who, s.Upkeep?.YearlyCost?.ToString(), s.Upkeep?.Commitment)),
        Line(typed, stored, t["bank.shape"], s => Joined(s.Shape is { } shape ? t.Of(shape.Kind) : "", SheetForm.Of(s).Points?.ReplaceLineEndings("; "))),
        .. Rows(typed.Components, stored.Components, i => t["bank.component-n", i], c => Joined(c.Name, c.Result)),
        .. Rows(typed.Risks, stored.Risks, i => t["bank.risk-n", i], r => Joined(r.What, t.Of(r.Likelihood), t.Of(r.Impact), r.Answer)),
        .. ByCode(typed.Preconditions, stored.Preconditions, p => p.Code, code => PreconditionKinds.Find(code) is { } kind ? t.Language == Texts.English ? kind.En : kind.Es : code, p => Joined(t.Of(p.State), p.Document)),
        .. ByCode(typed.Groups, stored.Groups, g => g.Code, code => BeneficiaryGroups.Find(code) is { } group ? t.Language == Texts.English ? group.En : group.Es : code, g => t["planning.beneficiaries.of", g.Women, g.Men]),
        .. Rows(typed.Documents, stored.Documents, i => t["bank.document-n", i], d => Joined(d.Name, d.Reference)),
    ]);

    public static IReadOnlyList<Difference> Of(AppraisalInput typed, AppraisalInput stored, T t) => Changed(
    [
        Line(typed, stored, t["appraisal.rate"], a => a.Rate == RateKind.Private ? Joined($"{a.PrivateRate}", a.PrivateSource) : a.SocialRate),
        .. ByCode(typed.Years, stored.Years, y => Written(y.Year), year => year, y => Joined($"{t["appraisal.operation"]} {y.Operation}", $"{t["appraisal.benefits"]} {y.Benefits}")),
        .. ByCode(typed.Ranges, stored.Ranges, r => t.Of(r.Part), part => part, r => Joined($"{r.Low}", $"{r.High}", r.Source)),
        Line(typed, stored, t["appraisal.jobs"], a => Format.Number(a.Jobs)),
        Line(typed, stored, t["appraisal.executor"], a => a.Executor),
        .. ByCode(typed.Executed, stored.Executed, y => Written(y.Year), year => $"{t["appraisal.executed"]} {year}", y => Joined($"{y.Amount}", y.Source)),
    ]);

    public static IReadOnlyList<Difference> Of(IReadOnlyList<LogframeRow> typed, IReadOnlyList<LogframeRow> stored, T t) =>
        Changed(Rows(typed, stored, i => t["logframe.row", i], r => Joined([t.Of(r.Level), r.Summary, .. r.Indicators.Select(i => Joined(i.Name, i.Baseline, i.Target, $"{i.Year}", i.Source)), r.Means, r.Assumptions])));

    static Difference Line<T>(T typed, T stored, string label, Func<T, string?> words) => new(label, words(typed) ?? "", words(stored) ?? "");

    /// <summary>Row beside row, by their places.</summary>
    static IEnumerable<Difference> Rows<T>(IReadOnlyList<T> typed, IReadOnlyList<T> stored, Func<int, string> label, Func<T, string> words)
        where T : class =>
        Enumerable.Range(0, Math.Max(typed.Count, stored.Count)).Select(i => new Difference(label(i + 1), i < typed.Count ? words(typed[i]) : "", i < stored.Count ? words(stored[i]) : ""));

    static IEnumerable<Difference> ByCode<T>(IReadOnlyList<T> typed, IReadOnlyList<T> stored, Func<T, string> code, Func<string, string> label, Func<T, string> words)
        where T : class =>
        typed.Concat(stored).Select(code).Distinct().Select(c => new Difference(label(c), typed.Where(x => code(x) == c).Select(words).FirstOrDefault() ?? "", stored.Where(x => code(x) == c).Select(words).FirstOrDefault() ?? ""));

    static string Written(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string Joined(params IReadOnlyList<string?> parts) => string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p)));

    static IReadOnlyList<Difference> Changed(IEnumerable<Difference> lines) => [.. lines.Where(d => d.Left != d.Right)];
}
