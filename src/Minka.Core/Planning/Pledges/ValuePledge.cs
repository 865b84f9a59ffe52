using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.Pledges;

/// <summary>Writes down what a documented pledge is worth in soles, who valued it and how.</summary>
[UseCase]
public sealed class ValuePledge(Writer writer)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId programme, PledgeId id, PledgeValue value, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("pledge.value", actor, async work =>
        {
            var pledge = await work.Db.PledgeAsync(programme, id, cancel);
            pledge.MustBe(seen, "pledge");
            pledge.Appraise(value);
            work.Happened(new PledgeValued(id, programme, value.Amount));
        }, new ActNote("programme", programme.Value), cancel);
}
