using Minka.Selection.Participatory;

namespace Minka.Web.Screens.Selection.Elections;

/// <summary>Which remedy a faulty file needs: several faults share one.</summary>
static class FaultRemedy
{
    public static string Of(ElectionFault fault) => fault switch
    {
        ElectionFault.NotGzip or ElectionFault.NotUtf8 or ElectionFault.LineTooLong or ElectionFault.FileTooLong => "save",
        ElectionFault.NoSection or ElectionFault.SectionOrder or ElectionFault.MissingSection => "sections",
        ElectionFault.MissingColumn or ElectionFault.TooManyCells or ElectionFault.MissingCell or ElectionFault.UnclosedQuote => "cells",
        ElectionFault.MissingMeta or ElectionFault.UnknownVoteType or ElectionFault.NoBudget => "meta",
        ElectionFault.ProjectCount or ElectionFault.VoteCount => "counts",
        ElectionFault.UnknownProject or ElectionFault.PointsCount or ElectionFault.PointsOverLimit => "ballot",
        _ => "project",
    };
}
