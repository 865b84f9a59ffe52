using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>When a call goes back to a stage, its applications go back with it; what they were is copied.</summary>
public sealed class RollBackApplications : IEventHandler<CallRolledBack>
{
    public async Task HandleAsync(CallRolledBack happened, Work work)
    {
        var applications = await work.Db.Applications.Where(a => a.CallId == happened.CallId).ToListAsync();
        foreach (var application in applications)
        {
            var verb = happened.To switch
            {
                CallState.Published => "roll-back-to-draft",
                CallState.Opened or CallState.Screening => "roll-back-to-opened",
                CallState.Evaluating => "roll-back-to-admitted",
                _ => "",
            };
            if (!Application.Table.May(application.State, verb)) continue;
            Copy(work, happened, "application", application.Id, new { application.Id, application.State, application.Code, application.LastSubmissionId, application.SubmittedAt, application.EndedAt });
            switch (happened.To)
            {
                case CallState.Published: application.RollBackToDraft(); break;
                case CallState.Evaluating: application.RollBackToAdmitted(); break;
                default: application.RollBackToOpened(); break;
            }
        }
        if (happened.To != CallState.Published) return;
        // A new round opens its own envelopes under its own rules.
        foreach (var opened in await work.Db.OpenedApplications.Where(o => o.CallId == happened.CallId).ToListAsync())
        {
            Copy(work, happened, "opened-application", opened.ApplicationId, new { opened.ApplicationId, opened.SubmissionId, opened.Code, opened.ContentDigest, opened.PublicDigest, opened.WithheldDigest, Public = opened.ReadPublic() });
            work.Db.OpenedApplications.Remove(opened);
        }
        var ids = applications.Select(a => a.Id).ToList();
        work.Db.ApplicationFiles.RemoveRange(await work.Db.ApplicationFiles.Where(f => ids.Contains(f.ApplicationId)).ToListAsync());
    }

    static void Copy<T>(Work work, CallRolledBack happened, string kind, ApplicationId id, T content) =>
        work.Db.AnnulmentCopies.Add(new AnnulmentCopy { AnnulmentId = happened.AnnulmentId, SubjectKind = kind, SubjectId = id.Value, Content = Encoding.UTF8.GetString(CanonicalJson.Bytes(content)) });
}
