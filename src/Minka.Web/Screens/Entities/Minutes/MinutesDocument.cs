using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel.Office;
using Minka.Web.Layout;
using Choice = Minka.Core.Entities.Choice;

namespace Minka.Web.Screens.Entities.Minutes;

/// <summary>The minutes as a document of whole sentences, in the order in which somebody reads them aloud.</summary>
public static class MinutesDocument
{
    /// <param name="attendees">Name of each attendee by organisation, for the entity's own people; empty for others.</param>
    public static OfficeDocument Of(T t, Assembly assembly, MinutesContent minutes, IReadOnlyList<MinutesAmendment> amendments, string? approvedBy, IReadOnlyDictionary<string, string> attendees, string foot)
    {
        var blocks = new List<OfficeBlock>
        {
            new OfficeParagraph([new(t["entities.assembly.name", minutes.Number, minutes.Title], Bold: true)]),
            new OfficeParagraph(t["entities.minutes.opening", minutes.Place, minutes.OpenedAt, minutes.EntityName, minutes.Call, minutes.ConvenedAt, minutes.FirstCallAt]),
            new OfficeParagraph($"{t.Of(minutes.QuorumAtOpening.Reason)} {t[minutes.QuorumAtOpening.IsMet ? "entities.minutes.quorate" : "entities.minutes.not-quorate"]}"),
            new OfficeHeading(2, t["entities.session.attendance"]),
        };
        var came = minutes.Attendances.GroupBy(a => a.Organisation).ToList();
        blocks.Add(new OfficeParagraph(t["minutes.came", came.Count, minutes.QuorumAtOpening.Roll]));
        blocks.Add(new OfficeList([.. came.Select(a => Sentence(t, a.Key, [.. a], attendees.GetValueOrDefault(a.Key), minutes.ClosedAt))]));
        if (minutes.Absent.Count > 0) blocks.Add(new OfficeParagraph(t["entities.minutes.absent", minutes.Absent]));
        blocks.Add(new OfficeHeading(2, t["entities.session.agenda"]));
        if (minutes.Motions.Count == 0 && minutes.Elections is null) blocks.Add(new OfficeParagraph(t["entities.minutes.no-motions"]));
        foreach (var motion in minutes.Motions) blocks.AddRange(Motion(t, motion));
        foreach (var election in minutes.Elections ?? []) blocks.AddRange(Election(t, election));
        if (amendments.Count > 0)
        {
            blocks.Add(new OfficeHeading(2, t["minutes.observations"]));
            blocks.AddRange(amendments.Select(a => new OfficeParagraph(Observation(t, a))));
        }
        blocks.Add(new OfficeParagraph(t["entities.minutes.closing", minutes.ClosedAt]));
        if (approvedBy is not null) blocks.Add(new OfficeParagraph(t["minutes.approved-by", approvedBy]));
        blocks.Add(new OfficeSignatures([t["entities.minutes.chair"], t["entities.minutes.secretary"]]));
        return new OfficeDocument(t["entities.minutes.title"], t.Language == Texts.Spanish ? "es-PE" : "en", blocks)
        {
            Head = minutes.EntityName,
            Foot = foot,
            Stamp = assembly.SignedAt is null ? t["entities.minutes.unsigned"] : null,
        };
    }

    public static string Observation(T t, MinutesAmendment a) => t[a.About.Length == 0 ? "minutes.observation" : "minutes.observation-about", a.Number, a.By, a.About, a.Text];

    /// <summary>What the ballots of a secret voting came to, in one sentence.</summary>
    public static string Secret(T t, Core.Entities.Ballots.BallotCount count) => t["minutes.secret", count.Ballots, count.OnPaper, count.Blank, count.Null];

    public static IEnumerable<string> ElectionSentences(T t, MinutesElection election)
    {
        yield return t["minutes.election", election.Organ, election.Seats];
        if (election.Count is { } count) yield return Secret(t, count);
        foreach (var candidate in election.Candidates)
            yield return candidate.Fate is { } fate ? t["minutes.candidate", candidate.Label, candidate.Votes, fate] : t["minutes.candidate-unvoted", candidate.Label];
        foreach (var reason in election.Reasons) yield return t.Of(reason);
    }

    static string Sentence(T t, string organisation, IReadOnlyList<MinutesAttendance> stays, string? attendee, DateTime closedAt)
    {
        var first = stays[0];
        var who = attendee is null ? t[first.IsProxy ? "minutes.by-proxy" : "minutes.by-representative", organisation] : t[first.IsProxy ? "minutes.by-proxy-named" : "minutes.by-representative-named", organisation, attendee];
        var left = stays[^1].LeftAt is { } at && at < closedAt ? t["minutes.from-to", Format.Time(first.ArrivedAt), Format.Time(at)] : t["minutes.from", Format.Time(first.ArrivedAt)];
        return $"{who} {left}";
    }

    static IEnumerable<OfficeBlock> Motion(T t, MinutesMotion motion)
    {
        yield return new OfficeHeading(3, $"{motion.Order}. {motion.Title}");
        yield return new OfficeParagraph($"{t["entities.minutes.proposed"]} «{motion.Text}»");
        if (motion.SubjectLabel is { } label) yield return new OfficeParagraph($"{t["entities.minutes.subject", label]} {motion.SubjectDigest?.Hex}");
        if (motion.Outcome is not { } outcome)
        {
            yield return new OfficeParagraph(t["entities.minutes.not-voted"]);
            yield break;
        }
        if (motion.Secret is { } secret) yield return new OfficeParagraph(Secret(t, secret));
        yield return new OfficeParagraph(t["entities.minutes.tally", outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Unused]);
        var conflicted = Who(motion, Choice.Conflict);
        if (conflicted.Count > 0) yield return new OfficeParagraph(t["entities.minutes.conflict", conflicted]);
        yield return new OfficeList([.. outcome.Reasons.Select(r => $"{t[r.Met == true ? "entities.met" : "entities.not-met"]}: {t.Of(r)}")]);
        yield return new OfficeParagraph([new(outcome.IsAdopted ? t["entities.minutes.adopted", motion.Resolution] : t["entities.minutes.rejected"], Bold: true)]);
        foreach (var choice in new[] { Choice.Yes, Choice.No, Choice.Abstain })
        {
            if (Who(motion, choice) is { Count: > 0 } who) yield return new OfficeParagraph($"{t.Of(choice)}: {Format.List(who)}.");
        }
    }

    static IEnumerable<OfficeBlock> Election(T t, MinutesElection election)
    {
        yield return new OfficeHeading(3, $"{t["elections.title"]}: {election.Organ}");
        foreach (var sentence in ElectionSentences(t, election)) yield return new OfficeParagraph(sentence);
    }

    static IReadOnlyList<string> Who(MinutesMotion motion, Choice choice) => [.. motion.Votes.Where(v => v.Choice == choice).Select(v => v.Organisation)];
}
