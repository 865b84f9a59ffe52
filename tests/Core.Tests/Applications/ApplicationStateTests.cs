using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Applications;

public sealed class ApplicationStateTests
{
    static readonly DateTime Now = new(2026, 10, 5, 15, 0, 0, DateTimeKind.Utc);

    static readonly Dictionary<string, Action<Application>> Verbs = new()
    {
        ["submit"] = a => a.Submit(new(Guid.Empty), null, Now),
        ["open"] = a => a.Open("P-001"),
        ["observe"] = a => a.Observe(),
        ["cure"] = a => a.Cure(),
        ["admit"] = a => a.Admit(),
        ["reject"] = a => a.RejectInadmissible(Now),
        ["score"] = a => a.MarkScored(),
        ["withdraw"] = a => a.Withdraw(Now),
        ["disqualify"] = a => a.Disqualify(Now),
        ["roll-back-to-draft"] = a => a.RollBackToDraft(),
        ["roll-back-to-opened"] = a => a.RollBackToOpened(),
        ["roll-back-to-admitted"] = a => a.RollBackToAdmitted(),
    };

    static readonly Dictionary<ApplicationState, string[]> Ways = new()
    {
        [ApplicationState.Draft] = [],
        [ApplicationState.Submitted] = ["submit"],
        [ApplicationState.Opened] = ["submit", "open"],
        [ApplicationState.Observed] = ["submit", "open", "observe"],
        [ApplicationState.Cured] = ["submit", "open", "observe", "cure"],
        [ApplicationState.Admitted] = ["submit", "open", "admit"],
        [ApplicationState.Inadmissible] = ["submit", "open", "reject"],
        [ApplicationState.Scored] = ["submit", "open", "admit", "score"],
        [ApplicationState.Withdrawn] = ["withdraw"],
        [ApplicationState.Disqualified] = ["submit", "open", "disqualify"],
    };

    [Fact]
    public void EveryPairOfStateAndVerb_FollowsTheTableAndNothingElse()
    {
        foreach (var (state, way) in Ways)
        {
            foreach (var (verb, act) in Verbs)
            {
                var application = In(way);
                application.State.ShouldBe(state);
                if (Application.Table.May(state, verb))
                {
                    act(application);
                    application.State.ShouldBe(Application.Table.Next(state, verb));
                }
                else
                {
                    Should.Throw<RuleBroken>(() => act(application)).Code.ShouldBe("state.forbidden");
                    application.State.ShouldBe(state, $"{state} {verb}");
                }
            }
        }
    }

    [Fact]
    public void Table_NamesNoVerbThatNobodyCanSay() => Application.Table.Rows.Select(r => r.Verb).Distinct().Order().ShouldBe(Verbs.Keys.Order());

    static Application In(string[] way)
    {
        var application = Application.Start(new(Guid.Empty), new CallId(Guid.Empty), new FundId(Guid.Empty), new EntityId(Guid.Empty), new ProgrammeVersionId(Guid.Empty), [], Now);
        foreach (var verb in way) Verbs[verb](application);
        return application;
    }
}
