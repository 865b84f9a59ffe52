using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <param name="Text">What is resolved if the motion is adopted.</param>
/// <param name="Majority">Null: the one that the template asks for the subject. A lighter one is refused.</param>
public sealed record MotionInput(string Title, string Text, MotionSubject? Subject = null, MajorityKind? Majority = null)
{
    /// <summary>Organisations that it touches: whoever is tied to one of them does not decide.</summary>
    public IReadOnlyList<Party> Parties { get; init; } = [];
}

/// <summary>Puts a motion on an assembly's agenda.</summary>
[UseCase]
public sealed class ProposeMotion(Writer writer)
{
    public const int MostParties = 200;

    public Task<MotionId> ExecuteAsync(AssemblyId id, MotionInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.propose", actor, work => ProposeAsync(work, id, input, cancel), new ActNote("assembly", id.Value), cancel);

    /// <summary>The same inside another act.</summary>
    public static async Task<MotionId> ProposeAsync(Work work, AssemblyId id, MotionInput input, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(input.Title)) throw new RuleBroken(EntitiesRules.MotionTitleMissing);
        if (string.IsNullOrWhiteSpace(input.Text)) throw new RuleBroken(EntitiesRules.MotionTextMissing);
        if (input.Title.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
        if (input.Text.Length > 4_000) throw new RuleBroken(EntitiesRules.TextTooLong, 4_000);
        if (input.Parties.Count > MostParties) throw new RuleBroken(EntitiesRules.TooManyParties, MostParties);
        if (input.Parties.Any(p => string.IsNullOrWhiteSpace(p.Name))) throw new RuleBroken(EntitiesRules.PartyNameMissing);
        if (input.Parties.Any(p => p.Name.Length > MemberChecks.LongestText || p.Number?.Length > 40)) throw new RuleBroken(EntitiesRules.TextTooLong, MemberChecks.LongestText);
        var assembly = await work.AssemblyAsync(id, cancel);
        assembly.MustBeUnderWay();
        var entity = await work.EntityAsync(assembly.EntityId, cancel);
        var template = entity.Template;
        var asked = template.MajorityFor(input.Subject?.Kind);
        var majority = input.Majority ?? asked;
        if (majority != asked && input.Subject is not null) throw new RuleBroken(EntitiesRules.MajorityFixed);
        if (template.Majorities.All(m => m.Kind != majority)) throw new RuleBroken(EntitiesRules.MajorityUnknown);
        if (input.Subject is { } subject)
        {
            if (!template.IsBinding) throw new RuleBroken(EntitiesRules.NotBinding, template.Binding!.Source);
            if (subject.Digest.Hex is not { Length: 64 }) throw new RuleBroken(EntitiesRules.SubjectIncomplete);
            if (await Resolutions.FindInForceAsync(work.Db, entity.Id, subject.Kind, subject.Id, subject.Digest, cancel) is { } done)
                throw new RuleBroken(EntitiesRules.SubjectAlreadyAdopted, done.Code);
            if (subject.Kind == Resolution.RevokeSubject)
            {
                var target = ResolutionId.From(subject.Id);
                if (!await work.Db.Resolutions.AnyAsync(r => r.Id == target && r.EntityId == entity.Id && r.State == ResolutionState.InForce, cancel))
                    throw new RuleBroken(EntitiesRules.RevokedUnknown);
            }
        }
        var order = await work.Db.Motions.CountAsync(m => m.AssemblyId == id, cancel) + 1;
        var motion = new Motion
        {
            Id = work.NewId<MotionId>(),
            AssemblyId = id,
            Order = order,
            Title = input.Title.Trim(),
            Text = input.Text.Trim(),
            Majority = majority,
            SubjectKind = input.Subject?.Kind,
            SubjectId = input.Subject?.Id,
            SubjectDigest = input.Subject?.Digest,
            SubjectLabel = input.Subject?.Label,
        };
        work.Db.Motions.Add(motion);
        work.Db.MotionParties.AddRange(input.Parties.DistinctBy(p => (MemberChecks.Plain(p.Name), MemberChecks.Blank(p.Number))).Select((p, i) => new MotionParty { MotionId = motion.Id, Order = i + 1, Name = p.Name.Trim(), Number = MemberChecks.Blank(p.Number) is { } number ? RegistryNumbers.Plain(number) : null }));
        work.Happened(new MotionProposed(motion.Id, id, majority, motion.SubjectKind, motion.SubjectId, motion.SubjectDigest));
        return motion.Id;
    }
}
