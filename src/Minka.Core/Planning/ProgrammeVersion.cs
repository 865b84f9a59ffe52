using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>A frozen programme: what an assembly adopts and an application binds to. Only its adoption is added later.</summary>
public sealed class ProgrammeVersion
{
    ProgrammeVersion()
    {
    }

    public ProgrammeVersionId Id { get; private set; }
    public ProgrammeId ProgrammeId { get; private set; }
    public EntityId EntityId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    /// <summary>Canonical JSON of <see cref="ProgrammeContent"/>.</summary>
    public string Content { get; private set; } = "";

    /// <summary>SHA-256 of the content's bytes.</summary>
    public Digest Digest { get; private set; }
    public DateTime FrozenAt { get; private set; }

    // Figures of the content that lists show without reading it.
    public string Title { get; private set; } = "";
    public int ProjectCount { get; private set; }
    public Money Total { get; private set; }

    /// <summary>What it asks of the fund.</summary>
    public Money FundAmount { get; private set; }

    public ResolutionId? AdoptedByResolutionId { get; private set; }
    public DateTime? AdoptedAt { get; private set; }

    public bool IsAdopted => AdoptedByResolutionId is not null;

    public static ProgrammeVersion Freeze(ProgrammeVersionId id, int number, ProgrammeContent content, DateTime at)
    {
        var table = FundingTable.Of(content);
        return new()
        {
            Id = id,
            ProgrammeId = content.Id,
            EntityId = content.EntityId,
            Number = number,
            Content = content.ToCanonicalText(),
            Digest = content.Digest(),
            FrozenAt = at,
            Title = content.Title,
            ProjectCount = content.Projects.Count,
            Total = table.Total,
            FundAmount = table.OfSource(Rules.FundingSource.Fund),
        };
    }

    public ProgrammeContent ReadContent() => ProgrammeContent.Read(Content);

    public void Adopt(ResolutionId resolution, DateTime at)
    {
        if (IsAdopted) return;
        (AdoptedByResolutionId, AdoptedAt) = (resolution, at);
    }
}
