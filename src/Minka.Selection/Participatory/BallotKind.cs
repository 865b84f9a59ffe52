namespace Minka.Selection.Participatory;

/// <summary>What a ballot of an election says about projects. The names are those of the Pabulib field <c>vote_type</c>.</summary>
public enum BallotKind
{
    /// <summary>A set of approved projects.</summary>
    Approval,

    /// <summary>At most one approved project (<c>choose-1</c>). Every rule treats it as an approval ballot.</summary>
    ChooseOne,

    /// <summary>Points shared out among projects, from a purse of <c>max_sum_points</c>.</summary>
    Cumulative,

    /// <summary>Projects ranked, the best first.</summary>
    Ordinal,

    /// <summary>A score of its own for each project named; projects not named score 0.</summary>
    Scoring,
}
