using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Puts an amendment on the agenda: the text that a motion would have. It is voted before the motion, by the same majority.</summary>
[UseCase]
public sealed class AmendMotion(Writer writer)
{
    public Task<MotionId> ExecuteAsync(MotionId id, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.amend", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(text)) throw new RuleBroken(EntitiesRules.MotionTextMissing);
            if (text.Length > 4_000) throw new RuleBroken(EntitiesRules.TextTooLong, 4_000);
            var motion = await work.MotionAsync(id, cancel);
            var assembly = await work.AssemblyAsync(motion.AssemblyId, cancel);
            assembly.MustBeUnderWay();
            motion.MustBeAmendable();
            if (motion.SubjectKind is not null) throw new RuleBroken(EntitiesRules.AmendBound, motion.SubjectLabel);
            if (await work.Db.Amendments.AnyAsync(a => a.MotionId == id, cancel)) throw new RuleBroken(EntitiesRules.AmendOfAmendment);
            var amendment = new Motion
            {
                Id = work.NewId<MotionId>(),
                AssemblyId = motion.AssemblyId,
                Order = await work.Db.Motions.CountAsync(m => m.AssemblyId == motion.AssemblyId, cancel) + 1,
                Title = motion.Title,
                Text = text.Trim(),
                Majority = motion.Majority,
            };
            work.Db.Motions.Add(amendment);
            // What touches the motion touches what would change it.
            work.Db.MotionParties.AddRange((await work.Db.PartiesAsync(id, cancel)).Select(p => new MotionParty { MotionId = amendment.Id, Order = p.Order, Name = p.Name, Number = p.Number }));
            work.Db.Amendments.Add(new Amendment { MotionId = amendment.Id, AmendsId = id });
            work.Happened(new AmendmentProposed(amendment.Id, id, motion.AssemblyId, amendment.Majority));
            return amendment.Id;
        }, new ActNote("motion", id.Value), cancel);
}
