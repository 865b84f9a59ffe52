using Minka.Core.Entities;
using Minka.Core.Entities.Elections;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel.Office;
using Minka.Web.Layout;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Minutes;

/// <summary>The minutes as a document of whole sentences, in the order in which somebody reads them aloud: the page and the file say the same.</summary>
public static class MinutesDocument
{
    /// <param name="attendees">Names of who came by organisation, for the entity's own people; empty for others.</param>
    public static OfficeDocument Of(T t, Assembly assembly, MinutesContent minutes, IReadOnlyList<MinutesAmendment> amendments, string? approvedBy, ILookup<string, string> attendees, string foot) =>
        new(t["entities.minutes.title"], t.Language == Texts.Spanish ? "es-PE" : "en", Blocks(t, minutes, amendments, approvedBy, attendees))
        {
            Head = minutes.EntityName,
            Foot = foot,
            Stamp = assembly.SignedAt is null ? t["entities.minutes.unsigned"] : null,
        };

    public static IReadOnlyList<OfficeBlock> Blocks(T t, MinutesContent minutes, IReadOnlyList<MinutesAmendment> amendments, string? approvedBy, ILookup<string, string> attendees) =>
    [
        new OfficeParagraph([new(t["entities.assembly.name", minutes.Number, minutes.Title], Bold: true)]),
        .. Opening(t, minutes),
        .. Attendance(t, minutes, attendees),
        .. Proxies(t, minutes),
        .. Breaks(t, minutes),
        new OfficeHeading(2, t["entities.session.agenda"]),
        .. minutes.Motions.Count == 0 && minutes.Elections is null ? [new OfficeParagraph(t["entities.minutes.no-motions"])] : (IReadOnlyList<OfficeBlock>)[],
        // An amendment is told before the motion that it would change, as it was voted.
        .. minutes.Motions.OrderBy(m => m.Amends ?? m.Order).ThenBy(m => m.Amends is null).ThenBy(m => m.Order).SelectMany(m => MotionText.Of(t, m, minutes.WrittenUntil is not null)),
        .. (minutes.Elections ?? []).SelectMany(e => Election(t, e)),
        .. Observations(t, amendments),
        new OfficeParagraph(t[minutes.WrittenUntil is null ? "entities.minutes.closing" : "minutes.closing-written", When(t, minutes.ClosedAt)]),
        .. approvedBy is null ? [] : (IReadOnlyList<OfficeBlock>)[new OfficeParagraph(t["minutes.approved-by", approvedBy])],
        new OfficeSignatures([t["entities.minutes.chair"], t["entities.minutes.secretary"]]),
    ];

    public static string Observation(T t, MinutesAmendment a) => t[a.About.Length == 0 ? "minutes.observation" : "minutes.observation-about", a.Number, a.By, a.About, a.Text];

    /// <summary>What the ballots of a secret voting came to, in one sentence.</summary>
    public static string Secret(T t, Core.Entities.Ballots.BallotCount count) => t["minutes.secret", count.Ballots, count.OnPaper, count.Blank, count.Null];

    /// <summary>Day and hour as they are said; whose clock it is was said once, at the beginning.</summary>
    static string When(T t, DateTime at) => t["minutes.when", DateOnly.FromDateTime(Format.Zone.ToWall(at)), Format.Time(at)];

    /// <summary>A reason with its verdict, as a sentence after it.</summary>
    public static string Judged(T t, Minka.Core.Kernel.Reason reason) => reason.Met is { } met ? $"{t.Of(reason)} {t[met ? "minutes.met" : "minutes.not-met"]}" : t.Of(reason);

    /// <summary>Reasons as they are read aloud: several rules of composition that are all kept are one sentence, and each that fails is one of its own.</summary>
    public static IEnumerable<string> Heard(T t, IEnumerable<Minka.Core.Kernel.Reason> reasons)
    {
        var all = reasons.ToList();
        bool IsKept(Minka.Core.Kernel.Reason r) => r.Met == true && r.Code.StartsWith("composition.", StringComparison.Ordinal);
        var kept = all.Count(IsKept);
        var whole = kept > 1 && !all.Exists(r => r.Met == false && r.Code.StartsWith("composition.", StringComparison.Ordinal));
        var told = all.Where(r => !whole || !IsKept(r)).Select(r => Judged(t, r));
        return whole ? told.Append(t["minutes.composition-met", kept]) : told;
    }

    static IEnumerable<OfficeBlock> Opening(T t, MinutesContent minutes)
    {
        var quorum = minutes.QuorumAtOpening;
        if (minutes.WrittenUntil is { } until)
        {
            yield return new OfficeParagraph(t["minutes.written-opening", minutes.EntityName, When(t, minutes.ConvenedAt), When(t, minutes.FirstCallAt), until]);
            yield return new OfficeParagraph(t["minutes.answered", quorum.Present, quorum.Roll]);
            yield break;
        }
        yield return new OfficeParagraph(t["entities.minutes.opening", minutes.Place, minutes.OpenedAt, minutes.EntityName, minutes.Call, When(t, minutes.ConvenedAt), When(t, minutes.FirstCallAt)]);
        yield return new OfficeParagraph($"{t.Of(quorum.Reason)} {t[quorum.IsMet ? "entities.minutes.quorate" : "entities.minutes.not-quorate"]}");
    }

    // Whoever came and stayed alike is named in one sentence: a list of hundreds is heard in a minute.
    static IEnumerable<OfficeBlock> Attendance(T t, MinutesContent minutes, ILookup<string, string> attendees)
    {
        if (minutes.WrittenUntil is null)
        {
            yield return new OfficeHeading(2, t["entities.session.attendance"]);
            var came = minutes.Attendances.GroupBy(a => a.Organisation).ToList();
            yield return new OfficeParagraph(t["minutes.came", came.Count, minutes.QuorumAtOpening.Roll]);
            var stays = came.Select(g => (Organisation: g.Key, How: string.Join(' ', Joined(t, [.. g.OrderBy(a => a.ArrivedAt)], minutes.ClosedAt)))).GroupBy(s => s.How, StringComparer.Ordinal);
            if (came.Count > 0) yield return new OfficeList([.. stays.Select(g => $"{g.Key} {Format.List([.. g.Select(s => Named(s.Organisation, attendees))])}.")]);
        }
        if (minutes.Absent.Count > 0) yield return new OfficeParagraph(t[minutes.WrittenUntil is null ? "entities.minutes.absent" : "minutes.not-answered", [minutes.Absent]]);
    }

    static string Named(string organisation, ILookup<string, string> attendees) => attendees[organisation].Distinct().ToList() is { Count: > 0 } names ? $"{organisation} ({string.Join(", ", names)})" : organisation;

    static IEnumerable<string> Joined(T t, IReadOnlyList<MinutesAttendance> stays, DateTime closedAt)
    {
        yield return t[stays[0].ByAlternate == true ? "minutes.with-alternate" : stays[0].IsProxy ? "minutes.with-delegate" : "minutes.with-representative"];
        var times = stays.Select(s => s.LeftAt is { } at && at < closedAt ? t["minutes.from-to", Format.Time(s.ArrivedAt), Format.Time(at)] : t["minutes.from", Format.Time(s.ArrivedAt)]).ToList();
        yield return Format.List(times) + ":";
    }

    static IEnumerable<OfficeBlock> Proxies(T t, MinutesContent minutes)
    {
        if (minutes.Proxies is not { } proxies) yield break;
        yield return new OfficeHeading(2, t["entities.session.proxies"]);
        yield return new OfficeList([.. proxies.Select(p => t["entities.minutes.proxy", p.Giver, p.Holder] + (p.RevokedAt is { } revoked ? " " + t["entities.minutes.proxy-revoked", Format.Time(revoked)] : ""))]);
    }

    static IEnumerable<OfficeBlock> Breaks(T t, MinutesContent minutes)
    {
        if (minutes.Breaks is not { } breaks) yield break;
        yield return new OfficeHeading(2, t["minutes.breaks"]);
        foreach (var pause in breaks)
            yield return new OfficeParagraph($"{t["entities.minutes.break", When(t, pause.SuspendedAt), pause.Why.TrimEnd('.')]} {(pause.ResumedAt is { } resumed ? t["entities.minutes.resumed", When(t, resumed)] : t["entities.minutes.not-resumed"])}");
    }

    static IEnumerable<OfficeBlock> Election(T t, MinutesElection election)
    {
        yield return new OfficeHeading(3, $"{t["elections.title"]}: {election.Organ}");
        yield return new OfficeParagraph(t[election.Seats == 1 ? "minutes.election-one" : "minutes.election", election.Organ, election.Seats]);
        if (election.Count is { } count) yield return new OfficeParagraph(Secret(t, count));
        var isVoid = election.State == ElectionState.Void;
        yield return new OfficeList([.. election.Candidates.Select(c => isVoid ? t[c.Votes == 1 ? "minutes.candidate-void-one" : "minutes.candidate-void", c.Label, c.Votes] : c.Fate is { } fate ? t[c.Votes == 1 ? "minutes.candidate-one" : "minutes.candidate", c.Label, c.Votes, t.Of(fate).ToLower(System.Globalization.CultureInfo.CurrentUICulture)] : t["minutes.candidate-unvoted", c.Label])]);
        // How many were counted was said already; what it came to is said last.
        var reasons = election.Reasons.Where(r => r.Code is not ("election.counted" or "election.void")).ToList();
        if (reasons.Count > 0) yield return new OfficeList([.. Heard(t, reasons)]);
        List<string> elected = [.. election.Candidates.Where(c => c.Fate is CandidateFate.ByVotes or CandidateFate.ByQuota).Select(c => c.Label)];
        if (isVoid) yield return new OfficeParagraph([new(t["reason.election.void"], Bold: true)]);
        else if (elected.Count > 0) yield return new OfficeParagraph([new(t[elected.Count == 1 ? "minutes.elected-one" : "minutes.elected", [elected]], Bold: true)]);
    }

    static IEnumerable<OfficeBlock> Observations(T t, IReadOnlyList<MinutesAmendment> amendments)
    {
        if (amendments.Count == 0) yield break;
        yield return new OfficeHeading(2, t["minutes.observations"]);
        foreach (var amendment in amendments) yield return new OfficeParagraph(Observation(t, amendment));
    }
}

/// <summary>One point of the agenda in the minutes.</summary>
static class MotionText
{
    public static IEnumerable<OfficeBlock> Of(T t, MinutesMotion motion, bool inWriting)
    {
        yield return new OfficeHeading(3, motion.Amends is { } amended ? t["minutes.amends", motion.Order, amended, motion.Title] : $"{motion.Order}. {motion.Title}");
        yield return new OfficeParagraph($"{t["entities.minutes.proposed"]} «{motion.Text}»");
        if (motion.SubjectLabel is { } label) yield return new OfficeParagraph($"{t["entities.minutes.subject", label]} {motion.SubjectDigest?.Hex}");
        if (motion.Outcome is not { } outcome)
        {
            yield return new OfficeParagraph(t["entities.minutes.not-voted"]);
            yield break;
        }
        yield return new OfficeParagraph($"{How(t, motion, inWriting)} {t["entities.minutes.tally", outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Unused]}");
        if (motion.Hands is { } hands)
            yield return new OfficeList([.. hands.Select(h => t["minutes.hands-of", EntityWords.Group(t, h.InterestGroup), h.Yes, h.No, h.Abstain])]);
        if (motion.StayedOut is > 0 and var stayed) yield return new OfficeParagraph(t.Count(stayed, "minutes.withdrew-one", "minutes.withdrew-many"));
        // Beside the list of who was there, a list of who voted leaves over exactly whoever withdrew.
        if (motion.StayedOut > 0 && motion.Votes.Count > 0) yield return new OfficeParagraph(t["minutes.unnamed"]);
        foreach (var choice in motion.StayedOut > 0 ? [] : new[] { Choice.Yes, Choice.No, Choice.Abstain })
        {
            if (motion.Votes.Where(v => v.Choice == choice).Select(v => v.Organisation).ToList() is { Count: > 0 } who) yield return new OfficeParagraph(t["minutes.voted-" + choice.ToString().ToLowerInvariant(), [who]]);
        }
        foreach (var objection in motion.Objections ?? []) yield return new OfficeParagraph($"{t["entities.minutes.objection", objection.Organisation]} «{objection.Text}»");
        yield return new OfficeList([.. MinutesDocument.Heard(t, outcome.Reasons.Where(r => !IsOfConflict(r)))]);
        yield return new OfficeParagraph([new(outcome.IsAdopted ? motion.Amends is { } point ? t["entities.minutes.amended", point] : t["entities.minutes.adopted", motion.Resolution] : t[outcome.IsInvalid == true ? "entities.minutes.invalid" : "entities.minutes.rejected"], Bold: true)]);
    }

    static string How(T t, MinutesMotion motion, bool inWriting) =>
        motion.Secret is { } secret ? MinutesDocument.Secret(t, secret)
        : motion.Hands is not null ? t["entities.minutes.hands"]
        : t[inWriting ? "minutes.in-writing" : "minutes.roll-call"];

    // Told in a sentence of its own; and reasons of old minutes named who it was.
    static bool IsOfConflict(Minka.Core.Kernel.Reason reason) => reason.Code is "decision.withdrew" or "ballot.conflicted" or "proxy.holder-conflicted" or "conflicted.unknown";
}
