using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Something that a resolution asks of somebody by a day.</summary>
public sealed class ResolutionTask : IVersioned
{
    public required ResolutionTaskId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required ResolutionId ResolutionId { get; init; }

    public required string What { get; init; }

    /// <summary>The member that answers for it; public.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>Its name as it was then.</summary>
    public required string Organisation { get; init; }

    /// <summary>Who does it; personal, for the entity's own people only.</summary>
    public string? Person { get; init; }

    public DateOnly DueOn { get; private set; }

    public DateTime? DoneAt { get; private set; }

    public string? DoneHow { get; private set; }

    public int Version { get; private set; }

    public bool IsOverdueOn(DateOnly day) => DoneAt is null && DueOn < day;

    internal void Plan(DateOnly due) => DueOn = due;

    internal void Finish(string how, DateTime now)
    {
        if (DoneAt is not null) throw new RuleBroken(EntitiesRules.TaskDone);
        if (string.IsNullOrWhiteSpace(how)) throw new RuleBroken(EntitiesRules.WhyMissing);
        (DoneAt, DoneHow) = (now, how.Trim());
    }
}

/// <summary>One entry of what came of a resolution; for the entity's own people, since it may name persons.</summary>
public sealed class ResolutionFollowUp : IAppendOnly
{
    public required ResolutionFollowUpId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public required ResolutionId ResolutionId { get; init; }

    public required string Text { get; init; }

    public required DateTime At { get; init; }
}

public sealed record TaskInput(string What, MemberId Member, string? Person, DateOnly DueOn);

/// <summary>Follows a resolution in force: gives tasks with a day, notes what came of them, marks them done.</summary>
[UseCase]
public sealed class FollowResolution(Writer writer)
{
    public const int LongestText = 1_000;

    public Task<ResolutionTaskId> AssignAsync(ResolutionId id, TaskInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("resolution.assign", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(input.What)) throw new RuleBroken(EntitiesRules.TaskWhatMissing);
            if (input.What.Length > LongestText || input.Person?.Length > MemberChecks.LongestText) throw new RuleBroken(EntitiesRules.TextTooLong, LongestText);
            var resolution = await InForceAsync(work, id, cancel);
            if (input.DueOn < work.Today) throw new RuleBroken(EntitiesRules.TaskInThePast, work.Today);
            var member = await work.Db.Members.SingleOrDefaultAsync(m => m.Id == input.Member && m.EntityId == resolution.EntityId, cancel) ?? throw new NotFound("member", input.Member.Value);
            var task = new ResolutionTask
            {
                Id = work.NewId<ResolutionTaskId>(),
                EntityId = resolution.EntityId,
                ResolutionId = id,
                What = input.What.Trim(),
                MemberId = member.Id,
                Organisation = member.Organisation,
                Person = MemberChecks.Blank(input.Person),
            };
            task.Plan(input.DueOn);
            work.Db.ResolutionTasks.Add(task);
            work.Happened(new TaskAssigned(id, task.Id, member.Id, input.DueOn));
            return task.Id;
        }, new ActNote("resolution", id.Value), cancel);

    public Task FinishAsync(ResolutionTaskId id, string how, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("resolution.task-done", actor, async work =>
        {
            var task = await TaskAsync(work, id, cancel);
            task.Finish(how, work.Now);
            work.Happened(new TaskFinished(task.ResolutionId, id));
        }, new ActNote("resolution-task", id.Value), cancel);

    /// <summary>Gives a task another day; the why is in the act.</summary>
    public Task PostponeAsync(ResolutionTaskId id, DateOnly due, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("resolution.postpone", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
            if (due < work.Today) throw new RuleBroken(EntitiesRules.TaskInThePast, work.Today);
            var task = await TaskAsync(work, id, cancel);
            if (task.DoneAt is not null) throw new RuleBroken(EntitiesRules.TaskDone);
            task.Plan(due);
            work.Happened(new TaskAssigned(task.ResolutionId, id, task.MemberId, due));
        }, new ActNote("resolution-task", id.Value, why), cancel);

    public Task NoteAsync(ResolutionId id, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("resolution.follow-up", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(text)) throw new RuleBroken(EntitiesRules.FollowUpMissing);
            if (text.Length > LongestText) throw new RuleBroken(EntitiesRules.TextTooLong, LongestText);
            var resolution = await work.Db.Resolutions.SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("resolution", id.Value);
            work.Db.ResolutionFollowUps.Add(new ResolutionFollowUp { Id = work.NewId<ResolutionFollowUpId>(), EntityId = resolution.EntityId, ResolutionId = id, Text = text.Trim(), At = work.Now });
            work.Happened(new FollowUpNoted(id));
        }, new ActNote("resolution", id.Value), cancel);

    static async Task<Resolution> InForceAsync(Work work, ResolutionId id, CancellationToken cancel)
    {
        var resolution = await work.Db.Resolutions.SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("resolution", id.Value);
        return resolution.State == ResolutionState.InForce ? resolution : throw new RuleBroken(EntitiesRules.ResolutionEnded, resolution.Code);
    }

    static async Task<ResolutionTask> TaskAsync(Work work, ResolutionTaskId id, CancellationToken cancel) =>
        await work.Db.ResolutionTasks.SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw new NotFound("resolution-task", id.Value);
}
