using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;
using ApplicationId = Minka.Core.Applications.ApplicationId;

namespace Minka.Core.Tests.Applications;

/// <summary>One project is asked for once in a call.</summary>
public sealed class OneProjectOnceTests
{
    static readonly Actor Manager = new(null, "manager");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Project_InTwoProgrammesOfOneCall_IsRefusedAtTheSecondApplication(bool byCopy)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var first = await given.DraftProgrammeAsync();
        var second = await given.DraftProgrammeAsync(first.Entity);
        async Task CodeAsync(ProjectId project) => await given.WithAsync<ChangeSheet>(c => c.ExecuteAsync(first.Entity.Id, project, new() { InvestmentCode = "2480997" }, null, Manager));
        if (byCopy)
        {
            await given.WithAsync<TakeIntoProgramme, ProjectId>(t => t.ExecuteAsync(first.Projects[0], second.Id, null, Manager));
        }
        else
        {
            await CodeAsync(first.Projects[0]);
            await CodeAsync(second.Projects[1]);
        }
        var versions = new[]
        {
            await given.WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(first.Id, Manager)),
            await given.WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(second.Id, Manager)),
        };
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).Accrediting(first.Entity.Id).Open());
        Task<ApplicationId> StartAsync(ProgrammeVersionId version) => given.WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(call.Id, first.Entity.Id, version, Manager));
        await StartAsync(versions[0]);
        var broken = await Should.ThrowAsync<RuleBroken>(() => StartAsync(versions[1]));
        broken.Code.ShouldBe(ApplicationsRules.ProjectTwice);
        broken.Args[3].ShouldBe("P1");
        (await given.ReadAsync(db => db.Applications.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Programmes_WithoutACommonProject_BothApply()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var first = await given.DraftProgrammeAsync();
        var second = await given.DraftProgrammeAsync(first.Entity);
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).Accrediting(first.Entity.Id).Open());
        foreach (var programme in new[] { first.Id, second.Id })
        {
            var version = await given.WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(programme, Manager));
            await given.WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(call.Id, first.Entity.Id, version, Manager));
        }
        (await given.ReadAsync(db => db.Applications.CountAsync())).ShouldBe(2);
    }
}
