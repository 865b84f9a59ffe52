using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

/// <summary>Interests that people declared for themselves, as blocks before files: who is tied to the applicant or to one of its members reads nothing of it.</summary>
public static class DeclaredTies
{
    /// <summary>The reason that is kept of a seat left for a declared tie: that there was one, and no more.</summary>
    const string Withdrew = "conflicto declarado; se retiró";

    internal static InterestVault VaultOf(Work work) => work.Services.GetRequiredService<InterestVault>();

    public static async Task<bool> IsTiedAsync(AppDb db, InterestVault vault, Guid person, ApplicationId application, DateOnly day, CancellationToken cancel = default)
    {
        var entity = await db.Set<Application>().Where(a => a.Id == application).Select(a => (EntityId?)a.EntityId).SingleOrDefaultAsync(cancel);
        return entity is { } of && (await Interests.TiedToEntitiesAsync(db, vault, [person], [of], day, cancel)).Count > 0;
    }

    /// <summary>Takes a person off the files under evaluation that the new declaration touches; somebody without conflict takes each seat.</summary>
    internal sealed class LeaveSeats : IEventHandler<InterestDeclared>
    {
        public async Task HandleAsync(InterestDeclared happened, Work work)
        {
            var person = await work.Db.Interests.Where(i => i.Id == happened.InterestId).Select(i => i.PersonId).SingleAsync();
            var seats = await (from s in work.Db.Assignments
                               where s.EvaluatorId == person && (s.State == AssignmentState.Assigned || s.State == AssignmentState.Accepted)
                               join c in work.Db.Calls on s.CallId equals c.Id
                               where c.State == CallState.Evaluating
                               join a in work.Db.Set<Application>() on s.ApplicationId equals a.Id
                               select new { Seat = s, Call = c, a.EntityId }).ToListAsync();
            if (seats.Count == 0) return;
            var tied = await Interests.TiedToEntitiesAsync(work.Db, VaultOf(work), [person], [.. seats.Select(s => s.EntityId).Distinct()], work.Today);
            foreach (var seat in seats.Where(s => tied.Contains((person, s.EntityId)))) await Seats.RecuseAsync(work, seat.Call, seat.Seat, Withdrew, CancellationToken.None);
        }
    }
}
