using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Fund.Calls;

/// <summary>The board annuls a call, whole or back to a named stage. What it was stays, whole and hashed.</summary>
[UseCase]
public sealed class AnnulCall(Writer writer)
{
    /// <param name="to"><see cref="CallState.Annulled"/> or one of <see cref="Call.RollbackStages"/>.</param>
    /// <param name="calendar">For a new publication only.</param>
    public Task ExecuteAsync(CallId id, CallState to, string why, CallCalendar? calendar, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync(to == CallState.Annulled ? "call.annul" : "call.roll-back", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(FundRules.WhyMissing);
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var call = file.Call;
            var from = call.State;
            var snapshot = System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(Snapshot(file, await work.Db.Questions.Where(q => q.CallId == id).OrderBy(q => q.Number).ToListAsync(cancel))));
            if (to == CallState.Annulled)
            {
                call.Annul(work.Now);
                await CallFile.ReturnMoneyAsync(work, call);
            }
            else
            {
                if (calendar is not null) CallReadiness.Require(calendar.Check(file.Pack.Calendar, BusinessCalendar.Peru));
                call.AnnulTo(to, calendar, work.Now);
                if (to == CallState.Published)
                {
                    var freeze = file.FreezeNow(work, 1);
                    work.Happened(new CallPublished(id, call.FundId, call.Round, call.Budget, freeze.Digest, call.CalendarDigest));
                }
            }
            var annulment = new Annulment
            {
                Id = work.NewId<AnnulmentId>(),
                CallId = id,
                Number = await work.Db.Annulments.CountAsync(a => a.CallId == id, cancel) + 1,
                From = from,
                To = to,
                Why = why.Trim(),
                At = work.Now,
                Snapshot = snapshot,
                SnapshotDigest = Digest.Of(snapshot),
            };
            work.Db.Annulments.Add(annulment);
            work.Happened(to == CallState.Annulled
                ? new CallAnnulled(id, annulment.Id, from, annulment.SnapshotDigest)
                : new CallRolledBack(id, annulment.Id, from, to, annulment.SnapshotDigest));
        }, new ActNote("call", id.Value, why), cancel);

    static JsonObject Snapshot(CallFile file, IReadOnlyList<Question> questions)
    {
        var call = file.Call;
        return new()
        {
            ["call"] = Node(new
            {
                call.Id,
                call.Slug,
                call.Title,
                call.Purpose,
                call.PackId,
                call.PackVersion,
                call.Budget,
                call.ProvinceCodes,
                call.Adjustments,
                call.State,
                call.Round,
                call.PublishedAt,
                call.OpenedAt,
                call.ClosedAt,
            }),
            ["calendar"] = Node(call.Calendar),
            ["calendarDigest"] = call.CalendarDigest.Hex,
            ["freezes"] = Node(file.Freezes.Select(f => new { f.Round, f.Number, f.Digest, f.At })),
            ["rules"] = file.Freezes.LastOrDefault(f => f.Round == call.Round) is { } last ? JsonNode.Parse(last.Rules) : null,
            ["questions"] = Node(questions.Select(q => new { q.Round, q.Number, q.Text, q.Answer, q.Changes, q.AskedAt, q.AnsweredAt })),
        };
    }

    static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, CanonicalJson.Options);
}
