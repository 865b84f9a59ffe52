namespace Minka.Core.Fund;

public enum CallState
{
    Draft,

    /// <summary>Freeze 1: anybody may ask.</summary>
    Published,

    /// <summary>Freeze 2: the rules that applications bind to.</summary>
    Integrated,

    /// <summary>Takes applications until the deadline.</summary>
    Open,

    /// <summary>Takes no more applications; nobody has read any.</summary>
    Closed,

    /// <summary>The sealed applications were opened in an act.</summary>
    Opened,
    Screening,
    Evaluating,
    Ranked,
    Approved,
    Awarded,
    Deserted,
    Annulled,
}
