using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.Pledges;

/// <summary>Corrects a promise that no paper shows yet.</summary>
[UseCase]
public sealed class ChangePledge(Writer writer)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId programme, PledgeId id, PledgeInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("pledge.change", actor, async work =>
        {
            var pledge = await work.Db.PledgeAsync(programme, id, cancel);
            pledge.MustBe(seen, "pledge");
            pledge.Change(input);
        }, new ActNote("programme", programme.Value), cancel);
}
