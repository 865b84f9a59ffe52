using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>
/// After the close, an official of the fund asks for the opening. Another one opens: nobody unseals applications alone where the
/// rules of the call say so.
/// </summary>
[UseCase]
public sealed class AskOpening(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.ask-opening", actor, async work =>
        {
            var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
            if (call.State == CallState.Open)
            {
                call.CloseSubmissions(work.Now);
                work.Happened(new SubmissionsClosed(id, call.Dates.Close.ClosesAt));
            }
            Call.Table.Next(call.State, "open-envelopes");
            var person = actor.PersonId ?? throw new RuleBroken(FundRules.OpeningPerson);
            var rules = CallRules.Of(await work.Db.Freezes.AsNoTracking().SingleAsync(f => f.CallId == id && f.Round == call.Round && f.Number == 2, cancel));
            var given = await Openings.ConsentsAsync(work.Db, call, cancel);
            var officials = Openings.Officials(rules);
            if (given.Any(c => c.PersonId == person)) throw new RuleBroken(FundRules.OpeningSamePerson);
            if (given.Count >= officials - 1) throw new RuleBroken(FundRules.OpeningEnough, officials);
            work.Db.OpeningConsents.Add(new OpeningConsent { CallId = id, Round = call.Round, PersonId = person, Role = actor.Role, At = work.Now });
            work.Happened(new OpeningAsked(id, call.Round, given.Count + 1, officials));
            var scope = Scope.OfFund(call.FundId.Value);
            var others = (await Outbox.HoldersAsync(work, Role.Operator, scope, cancel)).Concat(await Outbox.HoldersAsync(work, Role.Board, scope, cancel)).Distinct().Where(p => p != person).ToList();
            await Outbox.NotifyAsync(work, others, "opening-asked", [call.Title], $"/convocatorias/{call.Slug}/apertura", cancel);
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>How many officials an opening takes, and who has given their word.</summary>
public static class Openings
{
    public static int Officials(CallRules rules) => rules.Pack.Opening?.Officials is { IsKnown: true } officials ? Math.Max(1, officials.Value) : 1;

    /// <summary>Of the present round, in the order in which they were given.</summary>
    public static Task<List<OpeningConsent>> ConsentsAsync(AppDb db, Call call, CancellationToken cancel = default) =>
        db.OpeningConsents.AsNoTracking().Where(c => c.CallId == call.Id && c.Round == call.Round).OrderBy(c => c.At).ThenBy(c => c.PersonId).ToListAsync(cancel);

    /// <exception cref="RuleBroken">Others must give their word first, or this person has given it already.</exception>
    public static void Require(IReadOnlyList<OpeningConsent> given, int officials, Actor actor)
    {
        if (officials <= 1) return;
        if (actor.PersonId is not { } person) throw new RuleBroken(FundRules.OpeningPerson);
        if (given.Count(c => c.PersonId != person) >= officials - 1) return;
        throw given.Any(c => c.PersonId == person) ? new RuleBroken(FundRules.OpeningSamePerson) : new RuleBroken(FundRules.OpeningAskFirst, officials);
    }
}
