using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>A question about the rules, public without the name of who asked, and its answer.</summary>
public sealed class Question : IVersioned
{
    public const int LongestText = 4_000;

    public required QuestionId Id { get; init; }

    public required CallId CallId { get; init; }

    public required int Round { get; init; }

    /// <summary>From 1 in each call.</summary>
    public required int Number { get; init; }

    public required string Text { get; init; }

    public required DateTime AskedAt { get; init; }

    /// <summary>Known to the office only.</summary>
    public required Guid AskedBy { get; init; }

    public string? Answer { get; private set; }

    /// <summary>What the answer changes in the rules, in words; null where it changes nothing.</summary>
    public string? Changes { get; private set; }

    public DateTime? AnsweredAt { get; private set; }

    public int Version { get; private set; }

    public void Reply(string answer, string? changes, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(answer) || answer.Length > LongestText || changes?.Length > LongestText) throw new RuleBroken(FundRules.AnswerEmpty);
        (Answer, Changes, AnsweredAt) = (answer.Trim(), string.IsNullOrWhiteSpace(changes) ? null : changes.Trim(), now);
    }
}
