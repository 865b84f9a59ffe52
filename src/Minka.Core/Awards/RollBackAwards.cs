using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Awards;

/// <summary>When a call goes back to a stage, its draws are copied and no longer order anybody. Its runs stay: each tells what was proposed.</summary>
public sealed class RollBackAwards : IEventHandler<CallRolledBack>
{
    public async Task HandleAsync(CallRolledBack happened, Work work)
    {
        var id = happened.CallId;
        var draws = await work.Db.TieDraws.Where(d => d.CallId == id).OrderBy(d => d.Number).ToListAsync();
        if (draws.Count == 0) return;
        var content = draws.ConvertAll(d => new { d.Number, d.Candidates, d.SaltHex, d.Commitment, d.CommittedAt, d.Beacon, d.DrawnAt });
        work.Db.AnnulmentCopies.Add(new AnnulmentCopy { AnnulmentId = happened.AnnulmentId, SubjectKind = "tie-draws", SubjectId = id.Value, Content = Encoding.UTF8.GetString(CanonicalJson.Bytes(content)) });
        work.Db.TieDraws.RemoveRange(draws);
    }
}
