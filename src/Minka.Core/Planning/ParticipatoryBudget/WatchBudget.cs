using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Writes down the election of the vigilance committee, ends of seats, its reports, and complaints with their replies.</summary>
[UseCase]
public sealed class WatchBudget(Writer writer, AppDb db)
{
    /// <summary>The votes as they were counted in the workshop; who is elected is computed.</summary>
    public Task<CommitteeElection> ElectAsync(BudgetProcessId id, CommitteeInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.committee", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Prioritising, BudgetState.Prioritised, BudgetState.Agreed);
            if (process.Committee is not null) throw new RuleBroken(BudgetRules.CommitteeStands);
            var workshop = await work.WorkshopAsync(id, input.WorkshopId, cancel);
            var agents = await work.Db.BudgetAgents.Where(a => a.ProcessId == id).ToListAsync(cancel);
            var came = (await work.Db.BudgetAttendances.Where(a => a.WorkshopId == workshop.Id).Select(a => a.AgentId).ToListAsync(cancel)).ToHashSet();
            var election = CommitteeCount.Decide(input, agents, process.Pack, agents.Count(a => came.Contains(a.Id) && a.Votes(process.Pack)), LegalTime.DayIn(workshop.StartsAt));
            process.Elect(election);
            work.Happened(new CommitteeElected(id, [.. election.Sitting.Select(c => c.AgentId)], election.To));
            return election;
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Ends one seat; the most voted who has none follows.</summary>
    public Task EndSeatAsync(BudgetProcessId id, BudgetAgentId agent, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.seat-end", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            var committee = process.Committee ?? throw new RuleBroken(BudgetRules.CommitteeMissing);
            if (committee.Sitting.All(c => c.AgentId != agent)) throw new NotFound("seat", agent.Value);
            var end = new SeatEnd(agent, BudgetProcess.Why(why), work.Today, committee.Next?.AgentId);
            process.Elect(committee with { Ends = [.. committee.Ends, end] });
            work.Happened(new CommitteeSeatEnded(id, agent, end.Successor));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>A report of the committee, by the code of one of its agents, or typed by the team from paper; public.</summary>
    /// <param name="code">Of an agent that sits in the committee; null: typed by the team for the one named.</param>
    public async Task<VigilanceNoteId> ReportAsync(BudgetProcessId id, string? code, BudgetAgentId? typedFor, BudgetProposalId? proposal, string text, Actor actor, CancellationToken cancel = default)
    {
        if (code is not null) await db.AgentByCodeAsync(id, code, cancel);
        return await writer.ActAsync("budget.note", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            var agent = code is not null ? await work.Db.AgentByCodeAsync(id, code, cancel) : await work.AgentAsync(id, typedFor ?? throw new RuleBroken(BudgetRules.CommitteeMissing), cancel);
            if (process.Committee?.Sitting.Any(c => c.AgentId == agent.Id) != true) throw new RuleBroken(BudgetRules.CommitteeMissing);
            return (await NoteAsync(work, process, NoteKind.Report, proposal, text, agent.Organisation, null, cancel)).Id;
        }, new ActNote("budget", id.Value), cancel);
    }

    /// <summary>A complaint of anybody, without a name: followed by its code, told once.</summary>
    public Task<string> ComplainAsync(BudgetProcessId id, BudgetProposalId? proposal, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.complain", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsPublic) throw new NotFound("budget", id.Value);
            var code = AgentCodes.New(work.Entropy);
            await NoteAsync(work, process, NoteKind.Complaint, proposal, text, null, AgentCodes.DigestOf(id, code), cancel);
            return code;
        }, new ActNote("budget", id.Value), cancel);

    public Task ReplyAsync(BudgetProcessId id, VigilanceNoteId noteId, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.reply", actor, async work =>
        {
            var note = await work.Db.VigilanceNotes.SingleOrDefaultAsync(n => n.Id == noteId && n.ProcessId == id, cancel) ?? throw new NotFound("note", noteId.Value);
            note.Answer(text, work.Now);
            work.Happened(new VigilanceReplied(noteId, Digest.Of(text.Trim())));
        }, new ActNote("budget", id.Value), cancel);

    static async Task<VigilanceNote> NoteAsync(Work work, BudgetProcess process, NoteKind kind, BudgetProposalId? proposal, string text, string? organisation, Digest? code, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new RuleBroken(BudgetRules.NoteMissing);
        if (proposal is { } about) await work.ProposalAsync(process.Id, about, cancel);
        var note = new VigilanceNote
        {
            Id = work.NewId<VigilanceNoteId>(),
            ProcessId = process.Id,
            Kind = kind,
            ProposalId = proposal,
            Organisation = organisation,
            Text = PlanningRules.Required(text, "text", PlanningRules.LongestText),
            At = work.Now,
            ReplyBy = BusinessCalendar.Peru.AddBusinessDays(work.Today, process.Pack.ReplyBusinessDays.Value),
            CodeDigest = code,
        };
        work.Db.VigilanceNotes.Add(note);
        work.Happened(new VigilanceNoted(process.Id, note.Id, kind, Digest.Of(note.Text)));
        return note;
    }
}
