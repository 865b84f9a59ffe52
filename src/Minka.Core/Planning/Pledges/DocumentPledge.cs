using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.Pledges;

/// <summary>What is typed about the paper that shows a pledge.</summary>
public sealed record PledgePaperInput(PledgePaper Kind, string Reference, DateOnly On);

/// <summary>Keeps the letter or the budget paper that shows a pledge, by its digest.</summary>
[UseCase]
public sealed class DocumentPledge(Writer writer)
{
    /// <param name="file">Put in the file store before.</param>
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId programme, PledgeId id, PledgePaperInput input, IncomingFile file, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("pledge.document", actor, async work =>
        {
            var pledge = await work.Db.PledgeAsync(programme, id, cancel);
            pledge.MustBe(seen, "pledge");
            var stored = file.AddTo(work);
            pledge.Prove(new(input.Kind, input.Reference, input.On, stored.Id, stored.Sha256, stored.Name));
            work.Happened(new PledgeDocumented(id, programme, input.Kind, stored.Sha256));
        }, new ActNote("programme", programme.Value), cancel);
}
