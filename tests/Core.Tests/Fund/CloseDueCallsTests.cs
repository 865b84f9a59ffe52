using Microsoft.EntityFrameworkCore;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class CloseDueCallsTests
{
    [Theory, BothDatabases]
    public async Task CloseDueCalls_AtTheDeadline_ClosesInTheSystemsNameAndSignsAHead(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var given = database.Given();
        var call = await given.CallAsync(c => c.Open());
        var closesAt = (await database.ReadAsync(db => db.Calls.SingleAsync(c => c.Id == call.Id))).Dates.Close.ClosesAt;

        database.Clock.MoveTo(closesAt.AddMilliseconds(-1));
        (await database.WithAsync<CloseDueCalls, int>(c => c.ExecuteAsync())).ShouldBe(0);
        (await database.ReadAsync(db => db.Checkpoints.CountAsync())).ShouldBe(0);

        database.Clock.MoveTo(closesAt);
        (await database.WithAsync<CloseDueCalls, int>(c => c.ExecuteAsync())).ShouldBe(1);
        (await database.ReadAsync(db => db.Calls.SingleAsync(c => c.Id == call.Id))).State.ShouldBe(CallState.Closed);
        var act = await database.ReadAsync(db => db.Acts.SingleAsync(a => a.Kind == "call.close"));
        act.Role.ShouldBe("system");
        var head = await database.ReadAsync(db => db.Checkpoints.SingleAsync());
        head.Size.ShouldBeGreaterThan(act.Index);
        (await database.WithAsync<CloseDueCalls, int>(c => c.ExecuteAsync())).ShouldBe(0);
        (await database.ReadAsync(db => db.Checkpoints.CountAsync())).ShouldBe(1);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }
}
