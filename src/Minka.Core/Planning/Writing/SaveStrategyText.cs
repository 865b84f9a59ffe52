using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Writing;

/// <summary>What somebody wrote in one chapter: the questions and the answers.</summary>
public sealed record ChapterText(IReadOnlyDictionary<string, string> Answers);

/// <summary>
/// Saves the answers of a chapter that changed, each question by itself. Where another editor changed the same question meanwhile, nothing
/// is overwritten: <see cref="ChangedMeanwhile"/>; the caller sets its own words aside and shows both.
/// </summary>
[UseCase]
public sealed class SaveStrategyText(AppDb db, Writer writer)
{
    /// <param name="answers">Only those that the form had; an empty text takes the answer away.</param>
    /// <param name="seen">Versions of the questions as the editor saw them.</param>
    /// <returns>The versions after the save.</returns>
    public Task<IReadOnlyDictionary<string, int>> ExecuteAsync(EntityId entity, StrategyId id, IReadOnlyDictionary<string, string> answers, IReadOnlyDictionary<string, int> seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.save-text", actor, async work =>
        {
            (await work.Db.StrategyAsync(entity, id, cancel)).MustBeEditable();
            var saved = new Dictionary<string, StrategyPart>(StringComparer.Ordinal);
            foreach (var (question, text) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                if (!StrategyGuides.Questions.ContainsKey(question)) throw new RuleBroken(WritingRules.QuestionUnknown);
                var key = WritingLoads.TextPrefix + question;
                var words = PlanningRules.Optional(text.ReplaceLineEndings("\n"), question, WritingRules.LongestAnswer) ?? "";
                var part = await work.Db.StrategyParts.SingleOrDefaultAsync(p => p.StrategyId == id && p.Key == key, cancel);
                if (words == (WritingLoads.Read<string>(part?.Content) ?? ""))
                {
                    if (part is not null) saved[question] = part;
                    continue;
                }
                if (seen.GetValueOrDefault(question) != StrategyParts.Edition(part)) throw new ChangedMeanwhile("text");
                if (part is null)
                {
                    part = new StrategyPart { StrategyId = id, Key = key };
                    work.Db.StrategyParts.Add(part);
                }
                part.Save(WritingLoads.Canonical(words), work.Now);
                saved[question] = part;
            }
            await work.FlushAsync(cancel);
            return (IReadOnlyDictionary<string, int>)answers.Keys.ToDictionary(q => q, q => StrategyParts.Edition(saved.GetValueOrDefault(q)), StringComparer.Ordinal);
        }, new ActNote("strategy", id.Value), cancel);

    /// <summary>Keeps what an editor wrote on an older version of a chapter, until the person chooses.</summary>
    public Task SetAsideAsync(EntityId entity, StrategyId id, string chapter, ChapterText text, Actor actor, CancellationToken cancel = default)
    {
        var person = actor.PersonId ?? throw new InvalidOperationException("nobody is signed in");
        return writer.ActAsync("strategy.set-aside", actor, async work =>
        {
            await work.Db.StrategyAsync(entity, id, cancel);
            var aside = await work.Db.StrategyAsides.SingleOrDefaultAsync(a => a.StrategyId == id && a.Key == chapter && a.PersonId == person, cancel);
            if (aside is null)
            {
                aside = new StrategyAside { StrategyId = id, Key = chapter, PersonId = person };
                work.Db.StrategyAsides.Add(aside);
            }
            aside.Save(WritingLoads.Canonical(text), work.Now);
        }, new ActNote("strategy", id.Value), cancel);
    }

    /// <summary>What the person had set aside, or null.</summary>
    public async Task<ChapterText?> ReadAsideAsync(StrategyId id, string chapter, Guid person, CancellationToken cancel = default) =>
        WritingLoads.Read<ChapterText>((await db.StrategyAsides.AsNoTracking().SingleOrDefaultAsync(a => a.StrategyId == id && a.Key == chapter && a.PersonId == person, cancel))?.Content);

    /// <summary>The person has chosen.</summary>
    public Task DropAsideAsync(StrategyId id, string chapter, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.drop-aside", actor, async work =>
        {
            var aside = await work.Db.StrategyAsides.SingleOrDefaultAsync(a => a.StrategyId == id && a.Key == chapter && a.PersonId == actor.PersonId, cancel);
            if (aside is not null) work.Db.StrategyAsides.Remove(aside);
        }, new ActNote("strategy", id.Value), cancel);
}
